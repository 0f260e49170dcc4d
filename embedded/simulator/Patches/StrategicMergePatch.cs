using FogInfra.Embedded.Simulator.Schema;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Patches;

/// <summary>
/// Kubernetes' strategic merge patch: a merge patch that merges lists by the keys of the schema, with directives of its own. See
/// https://github.com/kubernetes/community/blob/master/contributors/devel/sig-api-machinery/strategic-merge-patch.md.
/// </summary>
internal static class StrategicMergePatch
{
    private const string Directive = "$patch";
    private const string RetainKeys = "$retainKeys";
    private const string SetElementOrder = "$setElementOrder/";
    private const string DeleteFromPrimitiveList = "$deleteFromPrimitiveList/";

    /// <summary>The value with the patch merged into it.</summary>
    /// <exception cref="PatchException">A directive is unknown, or a list item lacks its key.</exception>
    public static JsonMap Apply(JsonMap value, JsonMap patch, FieldSchema schema)
    {
        switch (patch.Text(Directive))
        {
            case "replace":
                return patch.Without(Directive);
            case "delete":
                return JsonMap.Empty;
            case null or "merge":
                break;
            case var other:
                throw new PatchException($"unknown patch directive {other}");
        }
        var result = value;
        foreach (var (name, change) in patch)
        {
            if (!name.StartsWith('$')) result = result.With(name, Merge(result[name], change, patch, name, MemberOf(schema, name)));
        }
        result = ApplyListDirectives(result, patch, schema);
        if (patch[RetainKeys] is JsonList retained)
        {
            var kept = retained.Texts().ToHashSet(StringComparer.Ordinal);
            result = result.Change((name, member) => kept.Contains(name) ? member : null);
        }
        return result;
    }

    private static JsonData? Merge(JsonData? current, JsonData change, JsonMap patch, string name, FieldSchema? schema)
    {
        if (ReferenceEquals(change, JsonData.Null)) return null;
        if (change is JsonMap map)
        {
            // Patching an absent map is patching an empty one, so that directives and nulls do not end up in the object.
            var merged = Apply(current as JsonMap ?? JsonMap.Empty, map, schema ?? AnySchema.Granular);
            return map.Text(Directive) == "delete" ? null : merged;
        }
        if (change is not JsonList list || schema is not ListSchema { PatchMerges: true } merging) return change;
        if (list.Maps().Any(item => item.Text(Directive) == "replace"))
        {
            return JsonList.From(list.Where(item => item.Text(Directive) is null));
        }
        var before = current as JsonList ?? JsonList.Empty;
        return merging.PatchKey is { } key
            ? Ordered(MergeItems(before, list, merging, key), patch[SetElementOrder + name] as JsonList, key)
            : JsonList.From(before.Concat(list).Distinct());
    }

    private static JsonList MergeItems(JsonList current, JsonList changes, ListSchema schema, string key)
    {
        var items = current.ToList();
        foreach (var change in changes.Maps())
        {
            var id = change[key] ?? throw new PatchException($"map: {change} does not contain declared merge key: {key}");
            var at = items.FindIndex(item => id.Equals(item[key]));
            switch (change.Text(Directive))
            {
                case "delete":
                    items.RemoveAll(item => id.Equals(item[key]));
                    break;
                case null or "merge" when at >= 0:
                    items[at] = Apply((JsonMap)items[at], change, schema.Items);
                    break;
                default:
                    items.Add(Apply(JsonMap.Empty, change.Without(Directive), schema.Items));
                    break;
            }
        }
        return JsonList.From(items);
    }

    private static JsonMap ApplyListDirectives(JsonMap value, JsonMap patch, FieldSchema schema)
    {
        var result = value;
        foreach (var (name, directive) in patch)
        {
            if (directive is not JsonList list) continue;
            if (name.StartsWith(DeleteFromPrimitiveList, StringComparison.Ordinal))
            {
                var member = name[DeleteFromPrimitiveList.Length..];
                if (result[member] is JsonList items) result = result.With(member, JsonList.From(items.Except(list)));
            }
            else if (name.StartsWith(SetElementOrder, StringComparison.Ordinal))
            {
                var member = name[SetElementOrder.Length..];
                var key = (MemberOf(schema, member) as ListSchema)?.PatchKey;
                if (result[member] is JsonList items) result = result.With(member, Ordered(items, list, key));
            }
        }
        return result;
    }

    // Items that the patch names come in its order; the others stay where they are between them.
    private static JsonList Ordered(JsonList items, JsonList? order, string? key)
    {
        if (order is null) return items;
        var ids = order.Select(item => key is null ? item : item[key] ?? item).ToList();
        JsonData Id(JsonData item) => key is null ? item : item[key] ?? item;
        var named = new Queue<JsonData>(items.Where(item => ids.Contains(Id(item))).OrderBy(item => ids.IndexOf(Id(item))));
        return items.Change(item => ids.Contains(Id(item)) ? named.Dequeue() : item);
    }

    private static FieldSchema? MemberOf(FieldSchema schema, string name) => schema switch
    {
        StructSchema type => type[name],
        MapSchema type => type.Values,
        _ => null,
    };
}
