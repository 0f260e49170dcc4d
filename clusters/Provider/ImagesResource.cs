using System.Collections.Immutable;
using FogInfra.Clusters.Arguments;
using FogInfra.Clusters.Docker;
using FogInfra.Clusters.Tools;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;

namespace FogInfra.Clusters.Provider;

/// <summary>
/// Images in the nodes of a cluster. A check notes the digest of each image that this machine has as an input of its own, so that an
/// image that was built anew under the same tag is a change, and one that was not is none.
/// </summary>
internal sealed class ImagesResource(ClusterEngines engines, LocalImages local)
{
    private const string Digests = "digests";
    private const string Images = "images";

    /// <summary>Checks inputs.</summary>
    public async Task<CheckResult> CheckAsync(PropertyMap inputs, CancellationToken cancellationToken)
    {
        var faults = new List<CheckFailure>();
        var reader = new InputReader(inputs, "", faults);
        reader.RequiredText("cluster");
        var engine = reader.RequiredText("engine");
        if (engine is not ("kind" or "k3d" or ""))
        {
            reader.Fault("engine", $"Images can be loaded into clusters of kind and k3d; '{engine}' is neither.");
        }

        _ = reader.Text("instance");
        var images = reader.Texts(Images);
        _ = reader.TextMap(Digests);
        reader.Close();
        if (faults.Count > 0)
        {
            return new CheckResult(inputs, [.. faults]);
        }

        try
        {
            var digests = await local.FindAsync(images, cancellationToken).ConfigureAwait(false);
            return CheckResult.Passed(inputs.With(Digests, PropertyMap.Of(digests.Select(pair => (pair.Key, (PropertyValue)pair.Value)))));
        }
        catch (ToolException exception)
        {
            return new CheckResult(inputs, [new CheckFailure(Images, exception.Message)]);
        }
    }

    /// <summary>Compares: another cluster has none of the images; other digests are loaded in place.</summary>
    public static DiffResult Compare(PropertyMap old, PropertyMap wanted)
    {
        var replaces = new[] { "cluster", "engine", "instance" }.Where(name => !Equals(old[name]?.Reveal(), wanted[name]?.Reveal())).ToImmutableArray();
        var missing = Missing(old, wanted);
        return replaces.IsEmpty && missing.IsEmpty && Equals(old[Images], wanted[Images])
            ? DiffResult.NoChanges
            : new DiffResult { Changes = DiffChanges.Some, Replaces = replaces, Diffs = [.. replaces, .. missing.IsEmpty ? Array.Empty<string>() : [Images]], DeleteBeforeReplace = true };
    }

    /// <summary>Loads what was not loaded before.</summary>
    /// <returns>The outputs.</returns>
    public async Task<PropertyMap> LoadAsync(PropertyMap old, PropertyMap wanted, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var missing = Missing(old, wanted);
        if (!missing.IsEmpty)
        {
            await engines.Of(wanted.GetText("engine")!).LoadImagesAsync(wanted.GetText("cluster")!, missing, progress, cancellationToken).ConfigureAwait(false);
        }

        return PropertyMap.Of(("loaded", wanted[Digests] ?? PropertyMap.Empty));
    }

    private static ImmutableArray<string> Missing(PropertyMap old, PropertyMap wanted)
    {
        var (before, after) = (old.GetMap(Digests) ?? PropertyMap.Empty, wanted.GetMap(Digests) ?? PropertyMap.Empty);
        return [.. after.Where(image => !Equals(before[image.Key], image.Value)).Select(image => image.Key).Order(StringComparer.Ordinal)];
    }
}
