using System.Collections.Immutable;
using FogInfra.Embedded.Kubernetes.Objects;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Kubernetes.Diffs;

/// <summary>
/// What the inputs would have to be for the object to be as it is now: the last inputs, with what has changed since the last time the
/// object was seen. Fields that the inputs never had are not added: they are the server's or somebody else's. Pure.
/// </summary>
internal static class DriftedInputs
{
    /// <summary>Brings inputs up to date.</summary>
    /// <param name="inputs">The inputs of the last update.</param>
    /// <param name="before">The object as it was seen last.</param>
    /// <param name="now">The object as it is.</param>
    /// <param name="schema">The schema of its kind.</param>
    public static PropertyMap Of(PropertyMap inputs, PropertyMap before, PropertyMap now, SchemaNode schema) =>
        new(inputs.Select(member => (member.Key, Value: Of(member.Value, before[member.Key], now[member.Key], schema.Member(member.Key))))
            .Where(member => member.Value is not null)
            .Select(member => KeyValuePair.Create(member.Key, member.Value!)));

    private static PropertyValue? Of(PropertyValue input, PropertyValue? before, PropertyValue? now, SchemaNode schema)
    {
        if (Equals(before?.Reveal(), now?.Reveal()))
        {
            return input; // As it was after the last update, in whatever spelling the server keeps it.
        }

        return (input.Unwrap(), now?.Unwrap()) switch
        {
            (_, null) => null,
            (PropertyValue.Map map, PropertyValue.Map live) =>
                input.Rewrap(Of(map.Properties, (before?.Unwrap() as PropertyValue.Map)?.Properties ?? PropertyMap.Empty, live.Properties, schema)),
            (PropertyValue.List list, PropertyValue.List live) => input.Rewrap(OfList(list, before?.Unwrap() as PropertyValue.List, live, schema)),
            (_, var live) => input.Rewrap(live),
        };
    }

    private static PropertyValue.List OfList(PropertyValue.List inputs, PropertyValue.List? before, PropertyValue.List now, SchemaNode schema)
    {
        var item = schema.Item();
        if (ListKeys.Of(inputs, schema) is { } keys && ListKeys.Of(now, schema) is { } nowKeys)
        {
            var beforeKeys = before is null ? null : ListKeys.Of(before, schema);
            var renamed = Renamed(keys, beforeKeys, nowKeys);
            return new PropertyValue.List([.. keys
                .Select((key, index) => Of(inputs.Items[index], Find(before, beforeKeys, key), Find(now, nowKeys, renamed.GetValueOrDefault(key, key)), item))
                .OfType<PropertyValue>()]);
        }

        // A list without keys belongs to one owner as a whole, so what was added to it counts too.
        return new PropertyValue.List([.. now.Items.Select((live, index) =>
            index < inputs.Items.Length ? Of(inputs.Items[index], before?.Items.ElementAtOrDefault(index), live, item) ?? live : live)]);
    }

    // As many items gone as others come: a person has changed what they are told apart by, as the number of a port.
    private static Dictionary<string, string> Renamed(ImmutableArray<string> keys, ImmutableArray<string>? before, ImmutableArray<string> now)
    {
        var gone = keys.Where(key => !now.Contains(key)).ToList();
        var come = now.Where(key => !keys.Contains(key) && before?.Contains(key) != true).ToList();
        return gone.Count == come.Count ? gone.Zip(come).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal) : [];
    }

    private static PropertyValue? Find(PropertyValue.List? list, ImmutableArray<string>? keys, string key) =>
        list is not null && keys?.IndexOf(key) is >= 0 and var index ? list.Items[index] : null;
}
