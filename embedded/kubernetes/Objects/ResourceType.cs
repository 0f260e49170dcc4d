using FogInfra.Embedded.Kubernetes.Schema;

namespace FogInfra.Embedded.Kubernetes.Objects;

/// <summary>What a Pulumi type token of this package means, for example <c>kubernetes:apps/v1:Deployment</c>.</summary>
internal sealed record ResourceType(string Token, string ApiVersion, string Kind)
{
    /// <summary>The package's name, which all its tokens start with.</summary>
    public const string Package = "kubernetes";

    /// <summary>What the schema has on the kind; null for custom resources and the like.</summary>
    public KubernetesKind? Known { get; } = KubernetesSchema.BuiltIn.FindKind(ApiVersion, Kind);

    /// <summary>The schema of the objects.</summary>
    public SchemaNode Schema => SchemaNode.Of(Known);

    /// <summary>The token is that of a partial object.</summary>
    public bool IsPatch => IsTwin("Patch");

    /// <summary>The token is that of a list.</summary>
    public bool IsList => IsTwin("List");

    /// <summary>The token is that of a secret.</summary>
    public bool IsSecret => this is { ApiVersion: "v1", Kind: "Secret" };

    /// <summary>The token is that of the definition of a kind.</summary>
    public bool IsDefinition => Kind == "CustomResourceDefinition" && ApiVersion.StartsWith("apiextensions.k8s.io/", StringComparison.Ordinal);

    /// <summary>Reads a token; null when it is not one of an object's.</summary>
    public static ResourceType? TryParse(string token)
    {
        return token.Split(':') is [Package, var module, { Length: > 0 } kind]
            && module.Split('/') is [{ Length: > 0 } group, { Length: > 0 } version]
            ? new ResourceType(token, group == "core" ? version : $"{group}/{version}", kind)
            : null;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{ApiVersion}/{Kind}";

    // A custom kind of that ending is a kind of its own; only with a base kind beside it is it a twin.
    private bool IsTwin(string suffix) =>
        Kind.EndsWith(suffix, StringComparison.Ordinal) && Known is null
        && KubernetesSchema.BuiltIn.FindKind(ApiVersion, Kind[..^suffix.Length]) is not null;
}
