using System.Collections.Immutable;

namespace FogInfra.Model;

/// <summary>Lays special values over general ones. Pure.</summary>
internal static class Overlay
{
    /// <summary>All keys of both; the upper value wins.</summary>
    public static ImmutableSortedDictionary<string, TValue> ByKey<TValue>(
        ImmutableSortedDictionary<string, TValue> upper, ImmutableSortedDictionary<string, TValue> lower) =>
        upper.IsEmpty ? lower : lower.SetItems(upper);

    /// <summary>The lower items in their order, each merged with the upper one of its name, then the upper items of other names.</summary>
    public static ImmutableArray<T> ByName<T>(ImmutableArray<T> upper, ImmutableArray<T> lower, Func<T, string> name, Func<T, T, T> merge)
    {
        if (upper.IsEmpty || lower.IsEmpty)
        {
            return upper.IsEmpty ? lower : upper;
        }

        return
        [
            .. lower.Select(below => upper.Where(above => name(above) == name(below)).Select(above => merge(above, below)).FirstOrDefault(below)),
            .. upper.Where(above => lower.All(below => name(below) != name(above))),
        ];
    }

    /// <summary>The items of both, the lower ones first, each once.</summary>
    public static ImmutableArray<T> Together<T>(ImmutableArray<T> upper, ImmutableArray<T> lower) =>
        upper.IsEmpty ? lower : [.. lower.Concat(upper).Distinct()];
}
