using FogInfra.Embedded.Kubernetes.Schema;

namespace FogInfra.Embedded.Kubernetes.Objects;

/// <summary>What the schema says about one place of an object. Walked alongside the values.</summary>
internal readonly record struct SchemaNode
{
    private SchemaNode(KubernetesProperty? property, KubernetesType? type)
    {
        Property = property;
        Type = type;
    }

    /// <summary>A place of which the schema says nothing.</summary>
    public static SchemaNode Unknown => default;

    /// <summary>What is declared here; null at the root and where nothing is known.</summary>
    public KubernetesProperty? Property { get; }

    /// <summary>The type with named members, if the value has one.</summary>
    public KubernetesType? Type { get; }

    /// <summary>The schema says something about this place.</summary>
    public bool IsKnown => Property is not null || Type is not null;

    /// <summary>The schema of a kind; unknown for kinds that it does not have.</summary>
    public static SchemaNode Of(KubernetesKind? kind) => kind is null ? Unknown : new SchemaNode(null, KubernetesSchema.BuiltIn.TypeOf(kind));

    /// <summary>The member of that name.</summary>
    public SchemaNode Member(string name)
    {
        if (Type is not null)
        {
            return Type.Properties.TryGetValue(name, out var member) ? Of(member) : Unknown;
        }

        return Property?.AdditionalProperties is { } values ? Of(values) : Unknown;
    }

    /// <summary>The items of this list.</summary>
    public SchemaNode Item() => Property?.Items is { } items ? Of(items) : Unknown;

    private static SchemaNode Of(KubernetesProperty property) =>
        new(property, property.Ref is { } name ? KubernetesSchema.BuiltIn.Types.GetValueOrDefault(name) : null);
}
