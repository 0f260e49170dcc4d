using System.Collections.Immutable;
using FogInfra.Embedded.Kubernetes.Objects;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;

namespace FogInfra.Embedded.Kubernetes.Diffs;

/// <summary>
/// Compares two objects of one kind. Items of lists are told apart by their keys where the schema has some, so that an item put first
/// is one addition and not a change of all; values that mean the same, such as <c>1000m</c> and <c>1</c>, do not differ. Pure.
/// </summary>
internal static class ObjectDiff
{
    /// <summary>Compares.</summary>
    /// <returns>What differs, by path.</returns>
    public static ImmutableDictionary<PropertyPath, PropertyDiffKind> Compare(PropertyMap from, PropertyMap to, SchemaNode schema)
    {
        var changes = ImmutableDictionary.CreateBuilder<PropertyPath, PropertyDiffKind>();
        CompareMaps(from, to, schema, PropertyPath.Root, changes);
        return changes.ToImmutable();
    }

    private static void Compare(
        PropertyValue? from, PropertyValue? to, SchemaNode schema, PropertyPath path, ImmutableDictionary<PropertyPath, PropertyDiffKind>.Builder changes)
    {
        switch (from?.Unwrap(), to?.Unwrap())
        {
            case (null, null):
                break;
            case (null, _):
                Note(changes, path, PropertyDiffKind.Add);
                break;
            case (_, null):
                Note(changes, path, PropertyDiffKind.Delete);
                break;
            case (PropertyValue.Map old, PropertyValue.Map now):
                CompareMaps(old.Properties, now.Properties, schema, path, changes);
                break;
            case (PropertyValue.List old, PropertyValue.List now):
                CompareLists(old, now, schema, path, changes);
                break;
            case var (old, now) when !MeansTheSame(old, now, schema):
                Note(changes, path, PropertyDiffKind.Update);
                break;
        }
    }

    private static void CompareMaps(
        PropertyMap from, PropertyMap to, SchemaNode schema, PropertyPath path, ImmutableDictionary<PropertyPath, PropertyDiffKind>.Builder changes)
    {
        foreach (var name in to.Names.Union(from.Names, StringComparer.Ordinal))
        {
            Compare(from[name], to[name], schema.Member(name), path.Member(name), changes);
        }
    }

    private static void CompareLists(
        PropertyValue.List from, PropertyValue.List to, SchemaNode schema, PropertyPath path, ImmutableDictionary<PropertyPath, PropertyDiffKind>.Builder changes)
    {
        if (ListKeys.Of(from, schema) is { } oldKeys && ListKeys.Of(to, schema) is { } newKeys)
        {
            CompareByKeys((from, oldKeys), (to, newKeys), schema, path, changes);
            return;
        }

        for (var index = 0; index < Math.Max(from.Items.Length, to.Items.Length); index++)
        {
            Compare(from.Items.ElementAtOrDefault(index), to.Items.ElementAtOrDefault(index), schema.Item(), path.Item(index), changes);
        }
    }

    private static void CompareByKeys(
        (PropertyValue.List List, ImmutableArray<string> Keys) from,
        (PropertyValue.List List, ImmutableArray<string> Keys) to,
        SchemaNode schema,
        PropertyPath path,
        ImmutableDictionary<PropertyPath, PropertyDiffKind>.Builder changes)
    {
        for (var index = 0; index < to.Keys.Length; index++)
        {
            var old = from.Keys.IndexOf(to.Keys[index]);
            Compare(old < 0 ? null : from.List.Items[old], to.List.Items[index], schema.Item(), path.Item(index), changes);
        }

        for (var index = 0; index < from.Keys.Length; index++)
        {
            if (!to.Keys.Contains(from.Keys[index]))
            {
                Note(changes, path.Item(index), PropertyDiffKind.Delete);
            }
        }

        // The order can matter, as among environment variables that use each other; it is one change of the list.
        if (!from.Keys.Where(to.Keys.Contains).SequenceEqual(to.Keys.Where(from.Keys.Contains)))
        {
            Note(changes, path, PropertyDiffKind.Update);
        }
    }

    private static bool MeansTheSame(PropertyValue? from, PropertyValue? to, SchemaNode schema) => (from, to) switch
    {
        (PropertyValue.UnknownValue, _) or (_, PropertyValue.UnknownValue) => false,
        (PropertyValue.Text or PropertyValue.Number, PropertyValue.Text or PropertyValue.Number) when schema.Property?.Format == "quantity" =>
            Quantity.AreEqual(TextOf(from), TextOf(to)),
        _ => Equals(from, to),
    };

    private static string TextOf(PropertyValue value) => value switch
    {
        PropertyValue.Text text => text.Value,
        PropertyValue.Number number => number.Value.ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        _ => "",
    };

    // A deleted item and an added one can stand at the same place; together they are a change.
    private static void Note(ImmutableDictionary<PropertyPath, PropertyDiffKind>.Builder changes, PropertyPath path, PropertyDiffKind kind) =>
        changes[path] = changes.TryGetValue(path, out var other) && other != kind ? PropertyDiffKind.Update : kind;
}
