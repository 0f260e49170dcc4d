using FogInfra.Embedded.Protocol.Values;
using Google.Protobuf.WellKnownTypes;

namespace FogInfra.Tests;

/// <summary>Writes and reads the values that travel between program and engine.</summary>
internal static class WireValues
{
    /// <summary>An object with these properties.</summary>
    public static Struct Of(params (string Name, PropertyValue Value)[] properties) =>
        WireCodec.ToStruct(PropertyMap.Of(properties), WireOptions.KeepAll);

    public static PropertyValue Object(params (string Name, PropertyValue Value)[] properties) => PropertyMap.Of(properties);

    public static PropertyValue List(params PropertyValue[] items) => PropertyValue.ListOf(items);

    public static PropertyValue Secret(PropertyValue value) => new PropertyValue.Secret(value);

    /// <summary>A value as a record that can be compared.</summary>
    public static PropertyValue Read(this Value value) => WireCodec.FromValue(value);

    /// <summary>The values as a record that can be compared.</summary>
    public static PropertyMap Read(this Struct values) => WireCodec.FromStruct(values);
}
