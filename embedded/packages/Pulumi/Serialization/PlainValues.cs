using System.Collections.Immutable;
using System.Text.Json;
using FogInfra.Embedded.Protocol.Values;

namespace Pulumi;

/// <summary>
/// Property values as plain objects: string, double, bool, null, immutable arrays and dictionaries of these, assets, archives and
/// resources. That is the form that values of type object have in a program.
/// </summary>
internal static class PlainValues
{
    private const string InternalPrefix = "__"; // Properties of the engine's own; they are no part of the value.

    /// <summary>Reads a value. Where something in it is unknown or secret, the whole is.</summary>
    public static OutputState<object?> Read(PropertyValue value)
    {
        var all = new StateMerge();
        return all.Of(Read(value, all));
    }

    /// <summary>Reads named values, each for itself.</summary>
    public static ImmutableDictionary<string, OutputState<object?>> ReadEach(PropertyMap map) =>
        map.ToImmutableDictionary(pair => pair.Key, pair => Read(pair.Value));

    /// <summary>A plain object as JSON; null when it holds something that JSON has no form for.</summary>
    public static JsonElement? ToJson(object value) =>
        HasJsonForm(value) ? JsonSerializer.SerializeToElement(value) : null;

    private static bool HasJsonForm(object? value) => value switch
    {
        null or string or double or bool => true,
        ImmutableArray<object?> list => list.All(HasJsonForm),
        ImmutableDictionary<string, object?> map => map.Values.All(HasJsonForm),
        _ => false,
    };

    private static object? Read(PropertyValue value, StateMerge all) => value switch
    {
        PropertyValue.Bool item => item.Value,
        PropertyValue.Number item => item.Value,
        PropertyValue.Text item => item.Value,
        PropertyValue.List item => ImmutableArray.CreateRange(item.Items, child => Read(child, all)),
        PropertyValue.Map item => item.Properties
            .Where(pair => !pair.Key.StartsWith(InternalPrefix, StringComparison.Ordinal))
            .ToImmutableDictionary(pair => pair.Key, pair => Read(pair.Value, all)),
        PropertyValue.Secret item => all.Add(OutputState.Known(Read(item.Element, all), isSecret: true)),
        PropertyValue.UnknownValue => all.Add(OutputState.Unknown<object?>(null)),
        PropertyValue.Output item => ReadOutput(item),
        PropertyValue.Asset item => ReadAsset(item),
        PropertyValue.Archive item => ReadArchive(item),
        PropertyValue.Reference item => ReadReference(item),
        _ => null,
    };

    private static Output<object?> ReadOutput(PropertyValue.Output output)
    {
        // An output knows itself what is known about it, so nothing of it reaches the value that it is part of.
        var sources = output.Dependencies.Select(urn => (Resource)new DependencyResource(urn));
        var value = output.Value is { } known ? Read(known).Value : null;
        return new(Task.FromResult(new OutputState<object?>(value, output.Value is not null, output.IsSecret, [.. sources])));
    }

    private static Asset ReadAsset(PropertyValue.Asset asset) => asset switch
    {
        { Kind: PropertyValue.ContentKind.Path, Content: { } path } => new FileAsset(path),
        { Kind: PropertyValue.ContentKind.Uri, Content: { } uri } => new RemoteAsset(uri),
        { Content: { } text } => new StringAsset(text),
        _ => throw new InvalidOperationException("The engine gave an asset that has neither a text nor a path nor a URI."),
    };

    private static Archive ReadArchive(PropertyValue.Archive archive) => archive switch
    {
        { Assets: { } assets } => new AssetArchive(assets.ToDictionary(pair => pair.Key, pair => ReadAssetOrArchive(pair.Value))),
        { Kind: PropertyValue.ContentKind.Path, Content: { } path } => new FileArchive(path),
        { Kind: PropertyValue.ContentKind.Uri, Content: { } uri } => new RemoteArchive(uri),
        _ => throw new InvalidOperationException("The engine gave an archive that has neither assets nor a path nor a URI."),
    };

    private static AssetOrArchive ReadAssetOrArchive(PropertyValue value) => value switch
    {
        PropertyValue.Asset asset => ReadAsset(asset),
        PropertyValue.Archive archive => ReadArchive(archive),
        _ => throw new InvalidOperationException("The engine gave an archive with a content that is neither an asset nor an archive."),
    };

    private static Resource ReadReference(PropertyValue.Reference reference) =>
        ProgramRun.TryGetCurrent()?.ResourceTypes.TryConstruct(reference.Urn, reference.PackageVersion)
        ?? new DependencyResource(reference.Urn, reference.Id);
}
