namespace Pulumi.Testing;

/// <summary>What a program under test is told that it is.</summary>
public class TestOptions
{
    /// <summary>The project; "project" when null.</summary>
    public string? ProjectName { get; set; }

    /// <summary>The stack; "stack" when null.</summary>
    public string? StackName { get; set; }

    /// <summary>The organization; "organization" when null.</summary>
    public string? OrganizationName { get; set; }

    /// <summary>The project's folder; not known when null.</summary>
    public string? RootDirectory { get; set; }

    /// <summary>Whether it runs as a preview: outputs that the mocks do not give are unknown then. True when null.</summary>
    public bool? IsPreview { get; set; }
}
