using System.Text.Json;
using System.Text.Json.Serialization;

namespace FogInfra.Model;

/// <summary>Workloads as JSON text: the form in which they travel to a stack as configuration, and come back as an output.</summary>
public static class WorkloadJson
{
    /// <summary>Writes a workload. Equal workloads give equal texts.</summary>
    public static string Write(ClusterWorkload workload) => JsonSerializer.Serialize(workload, WorkloadJsonContext.Default.ClusterWorkload);

    /// <summary>Reads a workload.</summary>
    /// <exception cref="FormatException">The text is no workload.</exception>
    public static ClusterWorkload Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, WorkloadJsonContext.Default.ClusterWorkload)
                ?? throw new FormatException("The workload is null.");
        }
        catch (JsonException exception)
        {
            throw new FormatException($"This is no workload: {exception.Message}", exception);
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ClusterWorkload))]
internal sealed partial class WorkloadJsonContext : JsonSerializerContext;
