using System.Collections.Immutable;
using System.Text.Json;
using FogInfra.Clusters.Tools;

namespace FogInfra.Clusters.Docker;

/// <summary>The images that this machine's docker has.</summary>
internal sealed class LocalImages(IToolRunner tools)
{
    /// <summary>The digests of those images that are here.</summary>
    /// <exception cref="ToolException">There is no docker.</exception>
    public async Task<ImmutableSortedDictionary<string, string>> FindAsync(ImmutableArray<string> images, CancellationToken cancellationToken)
    {
        var digests = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (images.IsEmpty)
        {
            return digests.ToImmutable();
        }

        // It fails when one of them is not here, and tells of the others.
        var result = await tools.RunAsync(DockerCommands.InspectImages(images), null, cancellationToken).ConfigureAwait(false);
        foreach (var line in result.Lines.Select(line => line.Split('\t')).Where(parts => parts.Length == 3))
        {
            var names = Names(line[1]).Concat(Names(line[2])).ToHashSet(StringComparer.Ordinal);
            foreach (var image in images.Where(image => names.Contains(Familiar(image))))
            {
                digests[image] = line[0];
            }
        }

        return digests.ToImmutable();
    }

    private static IEnumerable<string> Names(string json) => JsonSerializer.Deserialize<string[]?>(json) ?? [];

    // docker shows names of its own registry without what everybody leaves out, and others in full.
    private static string Familiar(string image)
    {
        var shortened = image.StartsWith("docker.io/library/", StringComparison.Ordinal) ? image["docker.io/library/".Length..]
            : image.StartsWith("docker.io/", StringComparison.Ordinal) ? image["docker.io/".Length..] : image;
        return shortened.Contains('@') || shortened[(shortened.LastIndexOf('/') + 1)..].Contains(':') ? shortened : $"{shortened}:latest";
    }
}
