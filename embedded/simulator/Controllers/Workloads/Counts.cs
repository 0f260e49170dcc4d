using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Controllers.Workloads;

/// <summary>The counts of a status.</summary>
internal static class Counts
{
    /// <summary>The count; null when it is zero, as most counts of the API are left out then.</summary>
    public static JsonData? OrAbsent(long count) => count == 0 ? null : count;
}
