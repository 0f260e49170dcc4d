namespace FogInfra.Model;

/// <summary>References to container images, as container runtimes read them: <c>[HOST[:PORT]/]PATH[:TAG][@DIGEST]</c>.</summary>
public static class ImageReference
{
    /// <summary>Whether a reference has a tag or a digest.</summary>
    public static bool HasTag(string image) => image.Contains('@') || TagColon(image) >= 0;

    /// <summary>The reference with a tag, where it has none.</summary>
    public static string WithTag(string image, string tag) => HasTag(image) ? image : $"{image}:{tag}";

    // A colon before the last slash belongs to a port.
    private static int TagColon(string image)
    {
        var colon = image.LastIndexOf(':');
        return colon > image.LastIndexOf('/') ? colon : -1;
    }
}
