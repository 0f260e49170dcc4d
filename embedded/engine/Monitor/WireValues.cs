using FogInfra.Embedded.Engine.Values;
using FogInfra.Embedded.Protocol.Rpc;
using FogInfra.Embedded.Protocol.Values;
using Google.Protobuf.WellKnownTypes;

namespace FogInfra.Embedded.Engine.Monitor;

/// <summary>Values as programs send and receive them.</summary>
internal static class WireValues
{
    /// <summary>Reads what a program sent; what it says of the origin of values is left out.</summary>
    /// <param name="wire">What it sent.</param>
    /// <param name="names">Keeps names that are met again once; null where that is of no use.</param>
    /// <exception cref="RpcException">A value is malformed.</exception>
    public static PropertyMap FromRequest(Struct? wire, PropertyNames? names = null)
    {
        try
        {
            return WireCodec.FromStruct(wire, names).Select(WithoutOutputs);
        }
        catch (FormatException exception)
        {
            throw new RpcException(RpcStatusCode.InvalidArgument, exception.Message);
        }
    }

    /// <summary>Writes what a program receives.</summary>
    /// <param name="map">The values.</param>
    /// <param name="acceptSecrets">It takes secrets as such.</param>
    /// <param name="acceptReferences">It takes references to resources as such.</param>
    /// <param name="acceptPartialValues">It takes values of which a part is unknown; otherwise they are left out.</param>
    public static Struct ToResponse(PropertyMap map, bool acceptSecrets, bool acceptReferences, bool acceptPartialValues = true)
    {
        var values = acceptPartialValues ? map : map.OnlyKnown();
        return WireCodec.ToStruct(values, new WireOptions
        {
            KeepUnknowns = true, KeepSecrets = acceptSecrets, KeepReferences = acceptReferences,
        });
    }

    /// <summary>A value with its outputs reduced to what they hold: unknown, secret or plain.</summary>
    public static PropertyValue WithoutOutputs(PropertyValue value) => value switch
    {
        PropertyValue.Output { Value: null, IsSecret: true } => PropertyValue.Unknown.AsSecret(),
        PropertyValue.Output { Value: null } => PropertyValue.Unknown,
        PropertyValue.Output { Value: { } known } output => output.IsSecret ? WithoutOutputs(known).AsSecret() : WithoutOutputs(known),
        _ => value.SelectItems(WithoutOutputs),
    };
}
