using FogInfra.Model;

namespace FogInfra.Rollout.Commands;

/// <summary>A part of a fleet, and the fleet.</summary>
internal sealed record FleetPart<T>(Fleet Fleet, T Part)
    where T : class
{
    /// <summary>What was found, with the fleet.</summary>
    public static Found<FleetPart<T>> Of(Fleet fleet, Found<T> found) => new(found.Value is { } value ? new FleetPart<T>(fleet, value) : null, found.Problem);
}
