using System.Text.Json.Serialization;

namespace FogInfra.Embedded.Kubernetes.Schema;

/// <summary>The form of kubernetes-types.json.</summary>
internal sealed record SchemaFile(SchemaMeta Meta, IReadOnlyList<KubernetesKind> Kinds, IReadOnlyDictionary<string, KubernetesType> Types);

internal sealed record SchemaMeta(string KubernetesRelease);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(SchemaFile))]
internal sealed partial class SchemaJson : JsonSerializerContext;
