namespace FogInfra.Model;

/// <summary>References to container images, as container runtimes read them: <c>[HOST[:PORT]/]PATH[:TAG][@DIGEST]</c>.</summary>
public static class ImageReference
{
    // As container tools abbreviate digests.
    private const int ShortDigest = 12;

    /// <summary>Whether a reference has a tag or a digest.</summary>
    public static bool HasTag(string image) => image.Contains('@') || TagColon(image) >= 0;

    /// <summary>The reference with a tag, where it has none.</summary>
    public static string WithTag(string image, string tag) => HasTag(image) ? image : $"{image}:{tag}";

    /// <summary>The tag of a reference, or the beginning of its digest's number; null when it has neither.</summary>
    public static string? TagOf(string image)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (image.IndexOf('@') is >= 0 and var at)
        {
            var digest = image[(image.IndexOf(':', at) + 1)..];
            return digest[..Math.Min(ShortDigest, digest.Length)];
        }

        return TagColon(image) is >= 0 and var colon ? image[(colon + 1)..] : null;
    }

    // A colon before the last slash belongs to a port.
    private static int TagColon(string image)
    {
        var colon = image.LastIndexOf(':');
        return colon > image.LastIndexOf('/') ? colon : -1;
    }
}
