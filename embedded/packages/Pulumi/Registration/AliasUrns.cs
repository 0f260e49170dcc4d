namespace Pulumi;

/// <summary>
/// The URNs that a resource had earlier, computed for engines that cannot do it themselves: those of its own aliases, and for each
/// earlier URN of its parent those that it had below that.
/// </summary>
internal static class AliasUrns
{
    public static async Task<IReadOnlyCollection<string>> ComputeAsync(Resource resource, ResourceOptions options, ProgramSettings settings)
    {
        var (type, name) = (resource.GetResourceType(), resource.GetResourceName());
        var own = new List<string>();
        foreach (var input in options.Aliases)
        {
            if (await input.ToOutput().GetValueAsync(whenUnknown: null!).ConfigureAwait(false) is { } alias)
            {
                AliasWriter.Check(alias);
                own.Add(await ComputeAsync(alias, type, name, options.Parent, settings).ConfigureAwait(false));
            }
        }

        var inherited = new List<string>();
        if (options.Parent is { } parent)
        {
            var parentName = parent.GetResourceName();
            foreach (var parentUrn in await ComputeAsync(parent, parent.Options, settings).ConfigureAwait(false))
            {
                inherited.Add(BelowEarlierParent(parentUrn, parentName, type, name));
                inherited.AddRange(own.Select(urn => BelowEarlierParent(parentUrn, parentName, Urn.TypeOf(urn), Urn.NameOf(urn))));
            }
        }

        return [.. own.Concat(inherited).Where(urn => urn.Length > 0).Distinct()];
    }

    /// <summary>The URN that an alias stands for; empty when a part of it is unknown.</summary>
    private static async Task<string> ComputeAsync(Alias alias, string type, string name, Resource? parent, ProgramSettings settings)
    {
        if (alias.Urn is { } urn)
        {
            return urn;
        }

        var earlierParent = alias.Parent ?? (alias.ParentUrn is null && !alias.NoParent ? parent : null);
        return await Urn.Create(
            alias.Name ?? name,
            alias.Type ?? type,
            earlierParent,
            alias.ParentUrn,
            alias.Project ?? settings.Project,
            alias.Stack ?? settings.Stack).GetValueAsync(whenUnknown: "").ConfigureAwait(false);
    }

    // A child that is named after its parent was named after the parent's earlier name.
    private static string BelowEarlierParent(string parentUrn, string parentName, string type, string name)
    {
        var earlierName = name.StartsWith(parentName, StringComparison.Ordinal) ? Urn.NameOf(parentUrn) + name[parentName.Length..] : name;
        return $"{parentUrn[..parentUrn.LastIndexOf("::", StringComparison.Ordinal)]}${type}::{earlierName}";
    }
}
