using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.Values;

/// <summary>What is known. A state holds nothing else, so whatever an update leaves unknown stays out of it.</summary>
internal static class KnownValues
{
    /// <summary>The properties that are known throughout.</summary>
    public static PropertyMap OnlyKnown(this PropertyMap properties) => properties.ContainsUnknowns
        ? new PropertyMap(properties.Where(property => !property.Value.ContainsUnknowns))
        : properties;
}
