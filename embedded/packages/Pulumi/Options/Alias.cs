namespace Pulumi;

/// <summary>An earlier identity of a resource: its URN, or what was different. What is not set was as it is now.</summary>
public sealed class Alias
{
    /// <summary>The URN. When it is set, nothing else may be.</summary>
    public string? Urn { get; set; }

    /// <summary>The name.</summary>
    public Input<string>? Name { get; set; }

    /// <summary>The type.</summary>
    public Input<string>? Type { get; set; }

    /// <summary>The stack.</summary>
    public Input<string>? Stack { get; set; }

    /// <summary>The project.</summary>
    public Input<string>? Project { get; set; }

    /// <summary>The parent.</summary>
    public Resource? Parent { get; set; }

    /// <summary>The URN of the parent.</summary>
    public Input<string>? ParentUrn { get; set; }

    /// <summary>Whether the resource was a child of the stack.</summary>
    public bool NoParent { get; set; }
}
