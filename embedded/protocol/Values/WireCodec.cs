using System.Collections.Immutable;
using Google.Protobuf.WellKnownTypes;

namespace FogInfra.Embedded.Protocol.Values;

/// <summary>Property values as <c>google.protobuf.Struct</c>, the form in which programs, engine and providers exchange them.</summary>
public static class WireCodec
{
    /// <summary>Writes a map.</summary>
    public static Struct ToStruct(PropertyMap map, WireOptions options)
    {
        var result = new Struct();
        foreach (var (name, value) in map)
        {
            if (ToValue(value, options) is { } wire)
            {
                result.Fields[name] = wire;
            }
        }

        return result;
    }

    /// <summary>Writes a value; null when it is unknown and the receiver cannot have unknowns.</summary>
    public static Value? ToValue(PropertyValue value, WireOptions options) => value switch
    {
        PropertyValue.NullValue => Value.ForNull(),
        PropertyValue.Bool item => Value.ForBool(item.Value),
        PropertyValue.Number item => Value.ForNumber(item.Value),
        PropertyValue.Text item => Value.ForString(item.Value),
        PropertyValue.List item => ToList(item.Items, options),
        PropertyValue.Map item => Value.ForStruct(ToStruct(item.Properties, options)),
        PropertyValue.UnknownValue => options.KeepUnknowns ? Value.ForString(Signatures.Unknown) : null,
        PropertyValue.Secret item => ToSecret(item.Element, options),
        PropertyValue.Output item => ToOutput(item, options),
        PropertyValue.Asset item => ToAsset(item),
        PropertyValue.Archive item => ToArchive(item, options),
        PropertyValue.Reference item => ToReference(item, options),
        _ => throw new InvalidOperationException($"The value kind {value.GetType().Name} has no wire form."),
    };

    /// <summary>Reads a struct; a missing one is an empty map.</summary>
    /// <param name="wire">The struct.</param>
    /// <param name="names">Keeps names that are met again once; null where that is of no use.</param>
    /// <exception cref="FormatException">A marked value is not of the form that its mark asks for.</exception>
    public static PropertyMap FromStruct(Struct? wire, PropertyNames? names = null)
    {
        if (wire is null || wire.Fields.Count == 0)
        {
            return PropertyMap.Empty;
        }

        var map = new PropertyMap.Builder(wire.Fields.Count);
        foreach (var (name, value) in wire.Fields)
        {
            map.Set(names?.Share(name) ?? name, FromValue(value, names));
        }

        return map.ToMap();
    }

    /// <summary>Reads a value.</summary>
    /// <param name="wire">The value.</param>
    /// <param name="names">Keeps names that are met again once; null where that is of no use.</param>
    /// <exception cref="FormatException">A marked value is not of the form that its mark asks for.</exception>
    public static PropertyValue FromValue(Value wire, PropertyNames? names = null) => wire.KindCase switch
    {
        Value.KindOneofCase.None or Value.KindOneofCase.NullValue => PropertyValue.Null,
        Value.KindOneofCase.BoolValue => wire.BoolValue,
        Value.KindOneofCase.NumberValue => wire.NumberValue,
        Value.KindOneofCase.StringValue => Signatures.AllUnknowns.Contains(wire.StringValue) ? PropertyValue.Unknown : wire.StringValue,
        Value.KindOneofCase.ListValue => new PropertyValue.List([.. wire.ListValue.Values.Select(item => FromValue(item, names))]),
        Value.KindOneofCase.StructValue => FromSignedStruct(wire.StructValue, names),
        _ => throw new FormatException($"The value kind {wire.KindCase} is not known."),
    };

    private static Value ToList(ImmutableArray<PropertyValue> items, WireOptions options)
    {
        var list = new ListValue();
        // An item that cannot travel keeps its place, so that the others keep theirs.
        list.Values.AddRange(items.Select(item => ToValue(item, options) ?? Value.ForNull()));
        return new Value { ListValue = list };
    }

    private static Value? ToSecret(PropertyValue element, WireOptions options)
    {
        var value = ToValue(element, options);
        return value is null || !options.KeepSecrets ? value : Signed(Signatures.Secret, ("value", value));
    }

    private static Value? ToOutput(PropertyValue.Output output, WireOptions options)
    {
        if (!options.KeepOutputs)
        {
            return ToValue(output switch
            {
                { Value: null } => PropertyValue.Unknown,
                { IsSecret: true, Value: var value } => value.AsSecret(),
                { Value: var value } => value,
            }, options);
        }

        var fields = new List<(string, Value)>();
        if (output.Value is { } known && ToValue(known, options) is { } wire)
        {
            fields.Add(("value", wire));
        }

        if (output.IsSecret)
        {
            fields.Add(("secret", Value.ForBool(true)));
        }

        if (!output.Dependencies.IsDefaultOrEmpty)
        {
            fields.Add(("dependencies", Value.ForList([.. output.Dependencies.Select(Value.ForString)])));
        }

        return Signed(Signatures.Output, [.. fields]);
    }

    private static Value ToAsset(PropertyValue.Asset asset) =>
        Signed(Signatures.Asset, [.. Content(asset.Kind, asset.Content), .. Hash(asset.Hash)]);

    private static Value ToArchive(PropertyValue.Archive archive, WireOptions options) =>
        Signed(Signatures.Archive,
        [
            .. archive.Assets is { } assets ? [("assets", Value.ForStruct(ToStruct(assets, options)))] : Content(archive.Kind, archive.Content),
            .. Hash(archive.Hash),
        ]);

    private static Value? ToReference(PropertyValue.Reference reference, WireOptions options)
    {
        if (!options.KeepReferences)
        {
            return reference.Id switch
            {
                null => Value.ForString(reference.Urn),
                "" => ToValue(PropertyValue.Unknown, options),
                var id => Value.ForString(id),
            };
        }

        var fields = new List<(string, Value)> { ("urn", Value.ForString(reference.Urn)) };
        if (reference.Id is { } known)
        {
            fields.Add(("id", Value.ForString(known)));
        }

        if (reference.PackageVersion.Length > 0)
        {
            fields.Add(("packageVersion", Value.ForString(reference.PackageVersion)));
        }

        return Signed(Signatures.Reference, [.. fields]);
    }

    private static (string, Value)[] Content(PropertyValue.ContentKind kind, string? content) =>
        content is null ? [] : [(KindName(kind), Value.ForString(content))];

    private static (string, Value)[] Hash(string? hash) => hash is null ? [] : [("hash", Value.ForString(hash))];

    private static string KindName(PropertyValue.ContentKind kind) => kind switch
    {
        PropertyValue.ContentKind.Text => "text",
        PropertyValue.ContentKind.Path => "path",
        _ => "uri",
    };

    private static Value Signed(string signature, params (string Name, Value Value)[] fields)
    {
        var wire = new Struct { Fields = { [Signatures.Key] = Value.ForString(signature) } };
        foreach (var (name, value) in fields)
        {
            wire.Fields[name] = value;
        }

        return Value.ForStruct(wire);
    }

    private static PropertyValue FromSignedStruct(Struct wire, PropertyNames? names)
    {
        if (!wire.Fields.TryGetValue(Signatures.Key, out var signature) || signature.KindCase != Value.KindOneofCase.StringValue)
        {
            return FromStruct(wire, names);
        }

        return signature.StringValue switch
        {
            Signatures.Secret => new PropertyValue.Secret(FromValue(Field(wire, "value") ?? throw Malformed("secret", "value"), names)),
            Signatures.Output => FromOutput(wire, names),
            Signatures.Asset => FromAsset(wire),
            Signatures.Archive => FromArchive(wire, names),
            Signatures.Reference => new PropertyValue.Reference(
                Text(wire, "urn") ?? throw Malformed("resource reference", "urn"), ReferenceId(wire), Text(wire, "packageVersion") ?? ""),
            var unknown => throw new FormatException($"The signature '{unknown}' of a value is not known."),
        };
    }

    // A preview may send the id of a resource that is not there yet as an unknown value; that is an empty id.
    private static string? ReferenceId(Struct wire) =>
        Text(wire, "id") is { } id ? Signatures.AllUnknowns.Contains(id) ? "" : id : null;

    private static PropertyValue.Output FromOutput(Struct wire, PropertyNames? names) => new(
        Field(wire, "value") is { } value ? FromValue(value, names) : null,
        Field(wire, "secret") is { BoolValue: true },
        Field(wire, "dependencies") is { } urns ? [.. urns.ListValue.Values.Select(urn => urn.StringValue)] : []);

    private static PropertyValue.Asset FromAsset(Struct wire)
    {
        var (kind, content) = FromContent(wire);
        return new PropertyValue.Asset(kind, content, Text(wire, "hash"));
    }

    private static PropertyValue.Archive FromArchive(Struct wire, PropertyNames? names)
    {
        var (kind, content) = FromContent(wire);
        var assets = Field(wire, "assets") is { KindCase: Value.KindOneofCase.StructValue } field ? FromStruct(field.StructValue, names) : null;
        return new PropertyValue.Archive(kind, content, assets, Text(wire, "hash"));
    }

    private static (PropertyValue.ContentKind Kind, string? Content) FromContent(Struct wire) =>
        Text(wire, "path") is { Length: > 0 } path ? (PropertyValue.ContentKind.Path, path)
        : Text(wire, "uri") is { Length: > 0 } uri ? (PropertyValue.ContentKind.Uri, uri)
        : (PropertyValue.ContentKind.Text, Text(wire, "text"));

    private static Value? Field(Struct wire, string name) => wire.Fields.TryGetValue(name, out var value) ? value : null;

    private static string? Text(Struct wire, string name) =>
        Field(wire, name) is { KindCase: Value.KindOneofCase.StringValue } value ? value.StringValue : null;

    private static FormatException Malformed(string kind, string field) => new($"A {kind} lacks its field '{field}'.");
}
