namespace FogInfra.Embedded.Simulator.Rules;

/// <summary>The name of a container image.</summary>
/// <param name="Repository">Registry and path, as written.</param>
/// <param name="Tag">The tag; <c>latest</c> when none is written.</param>
/// <param name="Digest">The digest with its algorithm, or null.</param>
internal sealed record ImageName(string Repository, string Tag, string? Digest)
{
    /// <summary>Whether the name stands for whatever is newest.</summary>
    public bool IsLatest => Digest is null && Tag == "latest";

    /// <summary>The name with its tag, without the digest.</summary>
    public string Tagged => $"{Repository}:{Tag}";

    /// <summary>The name in full, as a container runtime spells it: <c>web</c> is <c>docker.io/library/web:latest</c>.</summary>
    public string Full
    {
        get
        {
            var first = Repository.Split('/')[0];
            var hasRegistry = Repository.Contains('/') && (first.Contains('.') || first.Contains(':') || first == "localhost");
            var repository = hasRegistry ? Repository : Repository.Contains('/') ? "docker.io/" + Repository : "docker.io/library/" + Repository;
            return Digest is null ? $"{repository}:{Tag}" : $"{repository}@{Digest}";
        }
    }

    /// <summary>Reads a name.</summary>
    public static ImageName Parse(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var (name, digest) = at < 0 ? (text, null) : (text[..at], text[(at + 1)..]);
        var colon = name.LastIndexOf(':');
        return colon > name.LastIndexOf('/') ? new ImageName(name[..colon], name[(colon + 1)..], digest) : new ImageName(name, "latest", digest);
    }

    /// <summary>Whether it has the form of an image name; a runtime refuses others before it asks any registry.</summary>
    public static bool IsValid(string text)
    {
        var image = Parse(text);
        return image.Tag.Length is > 0 and <= 128 && image.Tag.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-')
            && image.Repository.Length > 0 && image.Repository.All(c => char.IsAsciiDigit(c) || char.IsAsciiLetterLower(c) || c is '.' or '-' or '_' or '/' or ':')
            && !image.Repository.StartsWith('/') && !image.Repository.EndsWith('/');
    }
}
