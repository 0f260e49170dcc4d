using System.Collections.Immutable;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.State;

/// <summary>The rules that every state keeps, so that it can be understood from its first entry to its last.</summary>
internal static class SnapshotIntegrity
{
    /// <summary>All breaches of the rules, as sentences; empty for a sound state.</summary>
    public static ImmutableArray<string> Check(Snapshot snapshot)
    {
        var problems = ImmutableArray.CreateBuilder<string>();
        if (snapshot.Manifest.Magic != Manifest.MagicOf(snapshot.Manifest.Version))
        {
            problems.Add("magic cookie mismatch; possible tampering/corruption detected");
        }

        var seen = new HashSet<Urn>();
        var alive = new HashSet<Urn>();
        var providers = new HashSet<ProviderReference>();
        foreach (var resource in snapshot.Resources)
        {
            CheckResource(resource, seen, providers, problems);
            if (!resource.Delete && !alive.Add(resource.Urn))
            {
                problems.Add($"duplicate resource {resource.Urn} (not marked for deletion)");
            }

            seen.Add(resource.Urn);
            if (resource.IsProvider)
            {
                providers.Add(new ProviderReference(resource.Urn, resource.Id));
            }
        }

        return problems.ToImmutable();
    }

    private static void CheckResource(
        ResourceState resource, HashSet<Urn> seen, HashSet<ProviderReference> providers, ImmutableArray<string>.Builder problems)
    {
        if (!resource.Custom && resource.Id.Length > 0)
        {
            problems.Add($"component {resource.Urn} has an id");
        }

        if (resource.Provider is { } provider && !resource.PendingReplacement && !providers.Contains(provider))
        {
            problems.Add($"resource {resource.Urn} refers to unknown provider {provider}");
        }

        if (resource.Parent is { } parent && !seen.Contains(parent))
        {
            problems.Add($"child resource {resource.Urn}'s parent {parent} is missing or comes after it");
        }

        if (resource.DeletedWith is { } other && !seen.Contains(other))
        {
            problems.Add($"resource {resource.Urn} is deleted with {other}, which is missing or comes after it");
        }

        var dependencies = resource.Dependencies.Concat(resource.PropertyDependencies.Values.SelectMany(urns => urns)).Concat(resource.ReplaceWith);
        problems.AddRange(dependencies.Distinct().Where(urn => !seen.Contains(urn))
            .Select(urn => $"resource {resource.Urn}'s dependency {urn} is missing or comes after it"));
    }
}
