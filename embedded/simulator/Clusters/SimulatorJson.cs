using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace FogInfra.Embedded.Simulator.Clusters;

/// <summary>The JSON of files and of the admin API.</summary>
internal static class SimulatorJson
{
    /// <summary>Members begin in lower case; what is left out keeps its default, what must be there is missed, and unknown members are refused.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };
}
