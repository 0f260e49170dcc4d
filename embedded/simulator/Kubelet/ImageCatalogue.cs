using System.IO.Enumeration;
using FogInfra.Embedded.Simulator.Rules;

namespace FogInfra.Embedded.Simulator.Kubelet;

/// <summary>The images that exist as far as a cluster's nodes are concerned.</summary>
/// <param name="patterns">Patterns of names, see <see cref="Clusters.ClusterSpec.Images"/>.</param>
internal sealed class ImageCatalogue(IReadOnlyList<string> patterns)
{
    /// <summary>Whether there is such an image.</summary>
    public bool Contains(ImageName image) => patterns.Any(pattern => Matches(pattern, image));

    private static bool Matches(string pattern, ImageName image)
    {
        if (FileSystemName.MatchesSimpleExpression(pattern, image.Tagged, ignoreCase: false) || FileSystemName.MatchesSimpleExpression(pattern, image.Full, ignoreCase: false)) return true;
        return ImageName.IsValid(pattern) && ImageName.Parse(pattern).Full == image.Full;
    }
}
