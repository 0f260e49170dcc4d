namespace FogInfra.Embedded.Kubernetes.Schema;

/// <summary>A kind of object that the API server stores.</summary>
public sealed record KubernetesKind
{
    /// <summary>The full name of its type.</summary>
    public required string Type { get; init; }

    /// <summary>Group and version, for example <c>apps/v1</c>; <c>v1</c> for the core group.</summary>
    public required string ApiVersion { get; init; }

    /// <summary>The kind, for example <c>Deployment</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The name in URLs, for example <c>deployments</c>.</summary>
    public required string Plural { get; init; }

    /// <summary>Whether objects lie in namespaces.</summary>
    public required bool Namespaced { get; init; }

    /// <summary>Pulumi's type token, for example <c>kubernetes:apps/v1:Deployment</c>.</summary>
    public required string Token { get; init; }

    /// <summary>The C# namespace of the kind's resource class in Pulumi's SDK.</summary>
    public required string CsNamespace { get; init; }

    /// <summary>The subresources that the API server has for it, for example <c>status</c> and <c>scale</c>.</summary>
    public IReadOnlyList<string> Subresources { get; init; } = [];

    /// <summary>Tokens of the same kind in other versions or groups.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Paths, such as <c>.spec.selector</c>, that cannot be changed in place.</summary>
    public IReadOnlyList<string> ForceNew { get; init; } = [];

    /// <summary>Paths that cannot be changed in place unless a provider option allows it.</summary>
    public ConditionalForceNew? ForceNewConditional { get; init; }

    /// <summary>The name of the rule by which the object counts as ready; null when it is ready at once.</summary>
    public string? Await { get; init; }

    /// <summary>The API group; empty for the core group.</summary>
    public string Group => ApiVersion.Contains('/') ? ApiVersion[..ApiVersion.IndexOf('/')] : "";

    /// <summary>The version inside the group, for example <c>v1</c>.</summary>
    public string Version => ApiVersion[(ApiVersion.IndexOf('/') + 1)..];
}

/// <summary>Paths whose change replaces the object, unless a condition holds.</summary>
/// <param name="Unless">The condition, in words.</param>
/// <param name="Paths">The paths.</param>
public sealed record ConditionalForceNew(string Unless, IReadOnlyList<string> Paths);
