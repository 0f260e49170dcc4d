using System.Security.Cryptography;
using System.Text;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.Values;

/// <summary>
/// Works out the hashes of assets and archives, by which changes of their content are seen. The hashes are Pulumi's: SHA-256 of an
/// asset's bytes, of an archive file's bytes, or of the tar stream of any other archive.
/// </summary>
/// <param name="directory">What relative paths start from.</param>
internal sealed class AssetHashes(string directory)
{
    private static readonly string[] ArchiveEndings = [".tar", ".tgz", ".tar.gz", ".zip", ".jar"];

    /// <summary>The values with hashes filled in where they are missing and can be worked out.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public PropertyMap Fill(PropertyMap map) =>
        map.Any(item => item is PropertyValue.Asset { Hash: null } or PropertyValue.Archive { Hash: null }) ? map.Select(Fill) : map;

    private PropertyValue Fill(PropertyValue value) => value switch
    {
        PropertyValue.Asset { Hash: null } asset => asset with { Hash = HashOf(asset) },
        PropertyValue.Archive { Hash: null } archive => Filled(archive),
        _ => value.SelectItems(Fill),
    };

    private PropertyValue.Archive Filled(PropertyValue.Archive archive)
    {
        var filled = archive with { Assets = archive.Assets?.Select(Fill) };
        return filled with { Hash = HashOf(filled) };
    }

    private string? HashOf(PropertyValue.Asset asset) => Open(asset) is { } content ? HashAndClose(content) : null;

    private string? HashOf(PropertyValue.Archive archive)
    {
        if (archive.Assets is null && (archive.Kind != PropertyValue.ContentKind.Path || archive.Content is null))
        {
            return null; // Somewhere on the network: its content is not looked at.
        }

        if (archive.Assets is null && ArchiveEndings.Any(ending => archive.Content!.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
        {
            return HashAndClose(File.OpenRead(PathOf(archive.Content!)));
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, open) in Members(archive, ""))
        {
            using var content = open();
            TarStream.Append(hash, name, content);
        }

        TarStream.End(hash);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private Stream? Open(PropertyValue.Asset asset) => asset switch
    {
        { Content: null } => null,
        { Kind: PropertyValue.ContentKind.Text } => new MemoryStream(Encoding.UTF8.GetBytes(asset.Content)),
        { Kind: PropertyValue.ContentKind.Path } => File.OpenRead(PathOf(asset.Content)),
        _ => null,
    };

    private IEnumerable<(string Name, Func<Stream> Open)> Members(PropertyValue.Archive archive, string prefix)
    {
        if (archive.Assets is not { } assets)
        {
            var root = PathOf(archive.Content ?? "");
            return Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
                .Select(file => (Name: prefix + Path.GetRelativePath(root, file).Replace('\\', '/'), Open: (Func<Stream>)(() => File.OpenRead(file))))
                .OrderBy(member => member.Name, StringComparer.Ordinal);
        }

        return assets.OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => pair.Value switch
        {
            PropertyValue.Archive inner => Members(inner, $"{prefix}{pair.Key}/"),
            PropertyValue.Asset asset => [($"{prefix}{pair.Key}", () => Open(asset) ?? Stream.Null)],
            _ => Enumerable.Empty<(string, Func<Stream>)>(),
        });
    }

    private string PathOf(string path) => Path.GetFullPath(path, directory);

    private static string HashAndClose(Stream content)
    {
        using (content)
        {
            return Convert.ToHexStringLower(SHA256.HashData(content));
        }
    }
}
