using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Patches;

/// <summary>JSON merge patch, RFC 7396.</summary>
internal static class MergePatch
{
    /// <summary>The value with the patch merged into it.</summary>
    public static JsonData Apply(JsonData? value, JsonData patch)
    {
        if (patch is not JsonMap changes) return patch;
        var map = value as JsonMap ?? JsonMap.Empty;
        return changes.Aggregate(map, (result, change) =>
            ReferenceEquals(change.Value, JsonData.Null) ? result.Without(change.Key) : result.With(change.Key, Apply(result[change.Key], change.Value)));
    }
}
