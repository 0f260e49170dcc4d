namespace Pulumi;

/// <summary>
/// Marks a property of a resource that the engine fills, or of a stack that is one of its outputs. It must be an <see cref="Output{T}"/>.
/// </summary>
/// <param name="name">The output's name; null for the property's own.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OutputAttribute(string? name = null) : Attribute
{
    /// <summary>The output's name; null for the property's own.</summary>
    public string? Name { get; } = name;
}

/// <summary>Marks a property or field of arguments that is sent to the engine.</summary>
/// <param name="name">The input's name.</param>
/// <param name="required">Whether null is an error.</param>
/// <param name="json">Whether the value is sent as a JSON text.</param>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class InputAttribute(string name, bool required = false, bool json = false) : Attribute
{
    internal string Name { get; } = name;

    internal bool IsRequired { get; } = required;

    internal bool IsJson { get; } = json;
}

/// <summary>
/// Marks a class that outputs may hold. It is made by its constructor, whose parameters are named like the properties of the value.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OutputTypeAttribute : Attribute;

/// <summary>
/// Marks the constructor by which an <see cref="OutputTypeAttribute"/> class is made; not needed where there is only one.
/// </summary>
[AttributeUsage(AttributeTargets.Constructor)]
public sealed class OutputConstructorAttribute : Attribute;

/// <summary>Names the property that a constructor's parameter stands for, where it is not the parameter's own name.</summary>
/// <param name="name">The property's name.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class OutputConstructorParameterAttribute(string name) : Attribute
{
    /// <summary>The property's name.</summary>
    public string Name { get; } = name;
}

/// <summary>
/// Marks a struct that is a set of named texts or numbers: it has a constructor from one and an explicit conversion back.
/// </summary>
[AttributeUsage(AttributeTargets.Struct)]
public sealed class EnumTypeAttribute : Attribute;

/// <summary>Marks the class of a type of resources, so that references to such resources can be made into objects of it.</summary>
[AttributeUsage(AttributeTargets.Class)]
public class ResourceTypeAttribute : Attribute
{
    /// <summary>Names the type of resources.</summary>
    /// <param name="type">The type, <c>package:module:Name</c>.</param>
    /// <param name="version">The package's version, or null.</param>
    public ResourceTypeAttribute(string type, string? version)
    {
        Type = type;
        Version = version;
    }

    /// <summary>The type, <c>package:module:Name</c>.</summary>
    public string Type { get; }

    /// <summary>The package's version, or null.</summary>
    public string? Version { get; }
}

/// <summary>Marks an interface whose implementations are told apart by the text of one property.</summary>
/// <param name="propertyName">The property.</param>
[AttributeUsage(AttributeTargets.Interface)]
public sealed class DiscriminatedUnionDiscriminatorAttribute(string propertyName) : Attribute
{
    /// <summary>The property.</summary>
    public string PropertyName { get; } = propertyName;
}

/// <summary>Names one implementation of such an interface.</summary>
/// <param name="tag">The text of the property.</param>
/// <param name="type">The implementation: an <see cref="OutputTypeAttribute"/> class.</param>
[AttributeUsage(AttributeTargets.Interface, AllowMultiple = true)]
public sealed class DiscriminatedUnionCaseAttribute(string tag, Type type) : Attribute
{
    /// <summary>The text of the property.</summary>
    public string Tag { get; } = tag;

    /// <summary>The implementation.</summary>
    public Type Type { get; } = type;
}
