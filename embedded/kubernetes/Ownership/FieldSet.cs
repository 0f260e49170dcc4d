using FogInfra.Embedded.Kubernetes.Objects;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Kubernetes.Ownership;

/// <summary>
/// A set of fields in the form <c>FieldsV1</c> of <c>metadata.managedFields</c>: a tree whose keys are <c>f:NAME</c> for members,
/// <c>k:{KEYS}</c> and <c>v:VALUE</c> for items of lists, and <c>.</c> for the node itself; an empty node is a field.
/// See <see href="https://kubernetes.io/docs/reference/using-api/server-side-apply/"/>.
/// </summary>
internal sealed record FieldSet(PropertyMap Tree)
{
    /// <summary>The set without fields.</summary>
    public static FieldSet Empty { get; } = new(PropertyMap.Empty);

    /// <summary>The set has no fields.</summary>
    public bool IsEmpty => Tree.Count == 0;

    /// <summary>The fields of both.</summary>
    public FieldSet Union(FieldSet other) => new(Union(Tree, other.Tree));

    /// <summary>The fields that the other does not have.</summary>
    public FieldSet Without(FieldSet other) => new(Difference(Tree, other.Tree));

    /// <summary>Those of the fields in which an object has a value.</summary>
    public FieldSet Within(PropertyMap item) => new(Within(Tree, item));

    /// <summary>Whether an object has a value in any of these fields.</summary>
    public bool Overlaps(PropertyMap item) => Overlaps(Tree, item, []);

    /// <summary>Whether the value at a path of an object lies in these fields, or has some of them in it.</summary>
    public bool Owns(PropertyMap item, PropertyPath path) => Overlaps(Tree, item, path.Steps.AsSpan());

    private static PropertyMap Union(PropertyMap first, PropertyMap second)
    {
        var result = first.ToDictionary(StringComparer.Ordinal);
        // An empty node beside one with children is the node itself beside its children.
        foreach (var (key, node) in second)
        {
            result[key] = result.TryGetValue(key, out var other) ? UnionOfNodes(Children(other), Children(node)) : node;
        }

        return new PropertyMap(result);
    }

    private static PropertyMap UnionOfNodes(PropertyMap first, PropertyMap second) => (first.Count, second.Count) switch
    {
        (0, 0) => first,
        (0, _) => second.With(".", PropertyMap.Empty),
        (_, 0) => first.With(".", PropertyMap.Empty),
        _ => Union(first, second),
    };

    private static PropertyMap Difference(PropertyMap from, PropertyMap taken)
    {
        var left = new List<KeyValuePair<string, PropertyValue>>();
        foreach (var (key, node) in from)
        {
            if (taken[key] is not { } other)
            {
                left.Add(KeyValuePair.Create(key, node));
            }
            else if (DifferenceOfNodes(Children(node), Children(other)) is { Count: > 0 } rest)
            {
                left.Add(KeyValuePair.Create(key, (PropertyValue)rest));
            }
        }

        return new PropertyMap(left);
    }

    private static PropertyMap DifferenceOfNodes(PropertyMap from, PropertyMap taken) => (from.Count, taken.Count) switch
    {
        (0, _) => PropertyMap.Empty,
        (_, 0) => from.Without("."),
        _ => Difference(from, taken),
    };

    private static PropertyMap Within(PropertyMap tree, PropertyValue value)
    {
        var kept = new List<KeyValuePair<string, PropertyValue>>();
        foreach (var (key, node) in tree)
        {
            if (key == "." || Find(key, value, PathStep.Any) is not { } child)
            {
                continue;
            }

            if (Children(node) is not { Count: > 0 } children)
            {
                kept.Add(KeyValuePair.Create(key, node));
            }
            else if (Within(children, child) is { Count: > 0 } inner)
            {
                kept.Add(KeyValuePair.Create(key, (PropertyValue)inner));
            }
        }

        // The node itself goes with what is in it, and does not count alone.
        return kept.Count > 0 && tree.Contains(".") ? new PropertyMap(kept).With(".", PropertyMap.Empty) : new PropertyMap(kept);
    }

    // The steps, when there are any, are the only way down that counts.
    private static bool Overlaps(PropertyMap tree, PropertyValue value, ReadOnlySpan<PathStep> steps)
    {
        if (tree.Count == 0)
        {
            return true;
        }

        foreach (var (key, node) in tree)
        {
            if (key == ".")
            {
                continue;
            }

            if (Find(key, value, steps.IsEmpty ? PathStep.Any : steps[0]) is { } child
                && Overlaps(Children(node), child, steps.IsEmpty ? steps : steps[1..]))
            {
                return true;
            }
        }

        return false;
    }

    private static PropertyValue? Find(string key, PropertyValue value, PathStep step) => (key, value.Unwrap()) switch
    {
        (['f', ':', .. var name], PropertyValue.Map map) when step.Matches(new PathStep(name, null)) => map.Properties[name],
        (['k', ':', .. var keys], PropertyValue.List list) => FindItem(list, step, item => HasKeys(item, keys)),
        (['v', ':', .. var text], PropertyValue.List list) => FindItem(list, step, item => Equals(item.Reveal(), ReadJson(text))),
        _ => null,
    };

    private static PropertyValue? FindItem(PropertyValue.List list, PathStep step, Func<PropertyValue, bool> isIt) =>
        list.Items.Where((item, index) => step.Matches(new PathStep(null, index)) && isIt(item)).FirstOrDefault();

    // A key with a default may be missing in what a program says; it does not speak against the item then.
    private static bool HasKeys(PropertyValue item, string keys) =>
        item.Unwrap() is PropertyValue.Map map && ReadJson(keys) is PropertyValue.Map wanted
        && wanted.Properties.All(pair => map.Properties[pair.Key] is not { } value || Equals(value.Reveal(), pair.Value));

    private static PropertyValue ReadJson(string json) => ObjectJson.Read(System.Text.Json.JsonElement.Parse(json));

    private static PropertyMap Children(PropertyValue node) => node is PropertyValue.Map map ? map.Properties : PropertyMap.Empty;
}
