namespace FogInfra.Embedded.Kubernetes.Schema;

/// <summary>The types of the Kubernetes API, of one release, as published in its OpenAPI definitions.</summary>
public sealed class KubernetesSchema
{
    private static readonly Lazy<KubernetesSchema> BuiltInSchema = new(LoadBuiltIn);

    private readonly Dictionary<(string ApiVersion, string Kind), KubernetesKind> _byApiVersion;
    private readonly Dictionary<string, KubernetesKind> _byToken;

    private KubernetesSchema(SchemaFile file)
    {
        Release = file.Meta.KubernetesRelease;
        Kinds = file.Kinds;
        Types = file.Types;
        _byApiVersion = file.Kinds.ToDictionary(kind => (kind.ApiVersion, kind.Kind));
        _byToken = file.Kinds.ToDictionary(kind => kind.Token, StringComparer.Ordinal);
    }

    /// <summary>The schema that comes with this assembly. Loaded once, immutable.</summary>
    public static KubernetesSchema BuiltIn => BuiltInSchema.Value;

    /// <summary>The release of Kubernetes, for example <c>1.36</c>.</summary>
    public string Release { get; }

    /// <summary>The kinds of objects, in the order of the file.</summary>
    public IReadOnlyList<KubernetesKind> Kinds { get; }

    /// <summary>All types by their full name, for example <c>io.k8s.api.core.v1.Container</c>.</summary>
    public IReadOnlyDictionary<string, KubernetesType> Types { get; }

    /// <summary>The kind of an object, or null where the schema does not have it.</summary>
    public KubernetesKind? FindKind(string apiVersion, string kind) => _byApiVersion.GetValueOrDefault((apiVersion, kind));

    /// <summary>The kind of a Pulumi type token, or null where the schema does not have it.</summary>
    public KubernetesKind? FindKind(string token) => _byToken.GetValueOrDefault(token);

    /// <summary>The type of a kind.</summary>
    public KubernetesType TypeOf(KubernetesKind kind) => Types[kind.Type];

    private static KubernetesSchema LoadBuiltIn()
    {
        using var stream = typeof(KubernetesSchema).Assembly.GetManifestResourceStream("kubernetes-types.json")
            ?? throw new InvalidOperationException("The assembly lacks kubernetes-types.json.");
        var file = SchemaFile.Read(stream)
            ?? throw new InvalidOperationException("kubernetes-types.json is empty.");
        return new KubernetesSchema(file);
    }
}
