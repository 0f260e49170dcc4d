using System.Collections;
using System.Collections.Immutable;

namespace FogInfra.Tests;

/// <summary>Looks into the nested dictionaries and lists that mocks receive.</summary>
internal static class Tree
{
    /// <summary>The value at a path such as <c>spec.ports.0.name</c>; null where the path ends early.</summary>
    public static object? At(object? tree, string path) =>
        path.Split('.').Aggregate(tree, (value, step) => value switch
        {
            IDictionary<string, object> map => map.TryGetValue(step, out var found) ? found : null,
            IEnumerable list and not string => list.Cast<object>().ElementAtOrDefault(int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)),
            _ => null,
        });

    /// <summary>The texts of the map at a path.</summary>
    public static ImmutableSortedDictionary<string, string> Texts(object? tree, string path) =>
        At(tree, path) is IDictionary<string, object> map
            ? map.ToImmutableSortedDictionary(pair => pair.Key, pair => (string)pair.Value)
            : ImmutableSortedDictionary<string, string>.Empty;
}
