using FogInfra.Embedded.Simulator.Rules;

namespace FogInfra.Embedded.Simulator.CustomResources;

/// <summary>Rules of custom objects: their schema says it all.</summary>
internal sealed class CustomObjectRules : KindRules
{
    public static CustomObjectRules Instance { get; } = new();
}
