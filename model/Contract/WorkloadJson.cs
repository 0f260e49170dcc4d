using System.Text.Json;
using System.Text.Json.Serialization;

namespace FogInfra.Model;

/// <summary>Workloads as JSON text: the form in which they travel to a stack as configuration, and come back as an output.</summary>
public static class WorkloadJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>Writes a workload. Equal workloads give equal texts.</summary>
    public static string Write(ClusterWorkload workload) => JsonSerializer.Serialize(workload, Options);

    /// <summary>Reads a workload. Fields that have a default may be left out.</summary>
    /// <exception cref="FormatException">The text is no workload.</exception>
    public static ClusterWorkload Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<ClusterWorkload>(json, Options) ?? throw new FormatException("The workload is null.");
        }
        catch (JsonException exception)
        {
            throw new FormatException($"This is no workload: {exception.Message}", exception);
        }
    }
}
