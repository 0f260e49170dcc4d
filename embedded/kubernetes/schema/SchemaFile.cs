using System.Text.Json;

namespace FogInfra.Embedded.Kubernetes.Schema;

/// <summary>The form of kubernetes-types.json.</summary>
internal sealed record SchemaFile(SchemaMeta Meta, IReadOnlyList<KubernetesKind> Kinds, IReadOnlyDictionary<string, KubernetesType> Types)
{
    // By reflection: generated readers give null to init properties that the file leaves out, where these have an empty list.
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web) { RespectNullableAnnotations = true };

    /// <summary>Reads the file; null where it is empty.</summary>
    public static SchemaFile? Read(Stream stream) => JsonSerializer.Deserialize<SchemaFile>(stream, Form);
}

internal sealed record SchemaMeta(string KubernetesRelease);
