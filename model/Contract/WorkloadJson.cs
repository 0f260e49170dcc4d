using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace FogInfra.Model;

/// <summary>Workloads as JSON text: the form in which they travel to a stack as configuration, and come back as an output.</summary>
public static class WorkloadJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutDefaults } },
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    // Only what somebody has said is written: workloads travel as text, and are kept for every stack and every rollout.
    private static void LeaveOutDefaults(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(property => !property.IsRequired))
        {
            if (property.PropertyType == typeof(ServiceSettings) || property.PropertyType == typeof(Isolation) || property.PropertyType == typeof(Resources))
            {
                property.ShouldSerialize = (_, value) => JsonSerializer.SerializeToUtf8Bytes(value, property.PropertyType, Options).Length > "{}".Length;
            }
            else if (property.PropertyType != typeof(string) && property.PropertyType.IsAssignableTo(typeof(IEnumerable)))
            {
                property.ShouldSerialize = (_, value) => value is IEnumerable items && items.Cast<object?>().Any();
            }
        }
    }

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
