using System.Collections.Immutable;
using FogInfra.Embedded.Protocol.Values;

namespace Pulumi;

/// <summary>A file, or a folder of files, as a value of a resource.</summary>
public abstract class AssetOrArchive
{
    private protected AssetOrArchive()
    {
    }

    internal abstract PropertyValue ToPropertyValue();
}

/// <summary>A file as a value of a resource.</summary>
public abstract class Asset : AssetOrArchive
{
    private readonly PropertyValue.ContentKind _kind;
    private readonly string _content;

    private protected Asset(PropertyValue.ContentKind kind, string content)
    {
        ArgumentNullException.ThrowIfNull(content);
        _kind = kind;
        _content = content;
    }

    internal override PropertyValue ToPropertyValue() => new PropertyValue.Asset(_kind, _content, Hash: null);
}

/// <summary>A file of this machine.</summary>
/// <param name="path">Its path.</param>
public sealed class FileAsset(string path) : Asset(PropertyValue.ContentKind.Path, path);

/// <summary>A file that consists of a text.</summary>
/// <param name="text">The text.</param>
public sealed class StringAsset(string text) : Asset(PropertyValue.ContentKind.Text, text);

/// <summary>A file to be fetched.</summary>
/// <param name="uri">Where from.</param>
public sealed class RemoteAsset(string uri) : Asset(PropertyValue.ContentKind.Uri, uri);

/// <summary>A folder of files as a value of a resource.</summary>
public abstract class Archive : AssetOrArchive
{
    private protected Archive()
    {
    }
}

/// <summary>A folder or an archive file of this machine.</summary>
public sealed class FileArchive : Archive
{
    private readonly string _path;

    /// <summary>Names the folder or archive file.</summary>
    /// <param name="path">Its path.</param>
    public FileArchive(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        _path = path;
    }

    internal override PropertyValue ToPropertyValue() =>
        new PropertyValue.Archive(PropertyValue.ContentKind.Path, _path, Assets: null, Hash: null);
}

/// <summary>An archive file to be fetched.</summary>
public sealed class RemoteArchive : Archive
{
    private readonly string _uri;

    /// <summary>Names the archive file.</summary>
    /// <param name="uri">Where to fetch it from.</param>
    public RemoteArchive(string uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        _uri = uri;
    }

    internal override PropertyValue ToPropertyValue() =>
        new PropertyValue.Archive(PropertyValue.ContentKind.Uri, _uri, Assets: null, Hash: null);
}

/// <summary>A folder put together from assets and archives.</summary>
public sealed class AssetArchive : Archive
{
    private readonly ImmutableDictionary<string, AssetOrArchive> _assets;

    /// <summary>Puts a folder together.</summary>
    /// <param name="assets">What lies in it, by name.</param>
    public AssetArchive(IDictionary<string, AssetOrArchive> assets) => _assets = assets.ToImmutableDictionary();

    internal override PropertyValue ToPropertyValue() => new PropertyValue.Archive(
        PropertyValue.ContentKind.Path,
        Content: null,
        new PropertyMap(_assets.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.ToPropertyValue()))),
        Hash: null);
}

/// <summary>What stands for a value of a resource that should be an asset but is not. It can be read, but not sent again.</summary>
internal sealed class InvalidAsset() : Asset(PropertyValue.ContentKind.Text, "")
{
    internal override PropertyValue ToPropertyValue() =>
        throw new InvalidOperationException("The engine gave a value that is no asset, where one was expected.");
}

/// <summary>What stands for a value of a resource that should be an archive but is not. It can be read, but not sent again.</summary>
internal sealed class InvalidArchive : Archive
{
    internal override PropertyValue ToPropertyValue() =>
        throw new InvalidOperationException("The engine gave a value that is no archive, where one was expected.");
}
