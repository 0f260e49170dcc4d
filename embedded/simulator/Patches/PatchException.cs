namespace FogInfra.Embedded.Simulator.Patches;

/// <summary>A patch is malformed, or does not fit the object.</summary>
internal sealed class PatchException(string message) : Exception(message);
