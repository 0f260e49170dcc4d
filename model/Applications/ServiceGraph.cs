using System.Collections.Immutable;

namespace FogInfra.Model;

/// <summary>The order of services under their dependencies.</summary>
public static class ServiceGraph
{
    /// <summary>
    /// Sorts names so that each stands after those it depends on; names without a dependency between them keep their order.
    /// Dependencies that are not among the names are ignored.
    /// </summary>
    /// <param name="names">The names, each once.</param>
    /// <param name="dependenciesOf">The names that a name depends on.</param>
    /// <returns>The order, or the cycle that makes one impossible.</returns>
    public static ServiceOrder Sort(IReadOnlyList<string> names, Func<string, IEnumerable<string>> dependenciesOf)
    {
        var known = names.ToHashSet(StringComparer.Ordinal);
        var sorted = ImmutableArray.CreateBuilder<string>(names.Count);
        var done = new HashSet<string>(StringComparer.Ordinal);
        var path = new List<string>();

        ImmutableArray<string>? Visit(string name)
        {
            if (done.Contains(name))
            {
                return null;
            }

            if (path.IndexOf(name) is >= 0 and var start)
            {
                return [.. path[start..], name];
            }

            path.Add(name);
            foreach (var dependency in dependenciesOf(name).Where(known.Contains))
            {
                if (Visit(dependency) is { } cycle)
                {
                    return cycle;
                }
            }

            path.RemoveAt(path.Count - 1);
            done.Add(name);
            sorted.Add(name);
            return null;
        }

        foreach (var name in names)
        {
            if (Visit(name) is { } cycle)
            {
                return new ServiceOrder([], cycle);
            }
        }

        return new ServiceOrder(sorted.ToImmutable(), []);
    }
}

/// <summary>An order of services, or why there is none.</summary>
/// <param name="Names">The names in order; empty when there is a cycle.</param>
/// <param name="Cycle">Names of which each depends on the next, the last being the first again; empty without a cycle.</param>
public sealed record ServiceOrder(ImmutableArray<string> Names, ImmutableArray<string> Cycle);
