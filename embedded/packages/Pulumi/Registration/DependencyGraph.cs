using System.Collections.Immutable;

namespace Pulumi;

/// <summary>What it means to depend on resources.</summary>
internal static class DependencyGraph
{
    /// <summary>
    /// The resources that the engine can wait for: a local component, which the engine does nothing for, stands for those below it.
    /// Children of other resources do not count; they may themselves depend on what depends on their parent.
    /// </summary>
    public static ImmutableHashSet<Resource> Expand(IEnumerable<Resource> resources)
    {
        var met = new HashSet<Resource>();
        var waiting = new Queue<Resource>(resources);
        while (waiting.TryDequeue(out var resource))
        {
            if (met.Add(resource) && resource is ComponentResource)
            {
                foreach (var child in resource.Children)
                {
                    waiting.Enqueue(child);
                }
            }
        }

        return [.. met.Where(resource => resource is CustomResource or ComponentResource { IsRemote: true })];
    }

    /// <summary>The URNs of the resources that the engine can wait for.</summary>
    public static async Task<ImmutableHashSet<string>> UrnsOfAsync(IEnumerable<Resource> resources)
    {
        var pending = Expand(resources).Select(resource => resource.Urn.GetValueAsync(whenUnknown: ""));
        var urns = await Task.WhenAll(pending).ConfigureAwait(false);
        return [.. urns.Where(urn => !string.IsNullOrEmpty(urn))];
    }

    /// <summary>The resources in a list, once it is known.</summary>
    public static async Task<ImmutableArray<Resource>> ResolveAsync(InputList<Resource> resources)
    {
        var known = await resources.ToOutput().GetValueAsync(whenUnknown: []).ConfigureAwait(false);
        return known.IsDefault ? [] : known.RemoveAll(resource => resource is null);
    }
}
