using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Kubernetes.Objects;

/// <summary>Reads and changes values deep inside maps. Marks of secrecy on the way are seen through, and kept.</summary>
internal static class NestedValues
{
    /// <summary>The value at a path, without its mark of secrecy; null when there is none, unknown when something on the way is.</summary>
    public static PropertyValue? At(this PropertyMap map, params ReadOnlySpan<string> path)
    {
        PropertyValue? value = map;
        foreach (var name in path)
        {
            value = value?.Unwrap() switch
            {
                PropertyValue.Map inner => inner.Properties[name],
                PropertyValue.UnknownValue unknown => unknown,
                _ => null,
            };
        }

        return value?.Unwrap();
    }

    /// <summary>The text at a path, or null.</summary>
    public static string? TextAt(this PropertyMap map, params ReadOnlySpan<string> path) => (map.At(path) as PropertyValue.Text)?.Value;

    /// <summary>The object at a path, or null.</summary>
    public static PropertyMap? MapAt(this PropertyMap map, params ReadOnlySpan<string> path) => (map.At(path) as PropertyValue.Map)?.Properties;

    /// <summary>The value of an annotation, or null.</summary>
    public static string? Annotation(this PropertyMap map, string name) => map.TextAt("metadata", "annotations", name);

    /// <summary>The value at a path, with marks; null when there is none.</summary>
    public static PropertyValue? At(this PropertyValue value, PropertyPath path)
    {
        PropertyValue? place = value;
        foreach (var step in path.Steps)
        {
            place = (place?.Unwrap(), step) switch
            {
                (PropertyValue.Map map, { Name: { } name }) => map.Properties[name],
                (PropertyValue.List list, { Index: { } index }) when index < list.Items.Length => list.Items[index],
                _ => null,
            };
        }

        return place;
    }

    /// <summary>The map with the value at a path set; objects on the way are made where they are missing.</summary>
    public static PropertyMap WithAt(this PropertyMap map, ReadOnlySpan<string> path, PropertyValue value) =>
        path.Length == 1 ? map.With(path[0], value) : map.With(path[0], WithAt(map[path[0]], path[1..], value));

    /// <summary>The map without the value at a path.</summary>
    public static PropertyMap WithoutAt(this PropertyMap map, params ReadOnlySpan<string> path)
    {
        if (path.Length == 1)
        {
            return map.Contains(path[0]) ? map.Without(path[0]) : map;
        }

        return map[path[0]] is { } child && child.Unwrap() is PropertyValue.Map inner
            ? map.With(path[0], child.Rewrap(inner.Properties.WithoutAt(path[1..])))
            : map;
    }

    /// <summary>The value with what lies at a path set, or taken away when there is no new value. A path that leads nowhere changes nothing.</summary>
    public static PropertyValue Replace(this PropertyValue value, PropertyPath path, PropertyValue? replacement, int depth = 0)
    {
        var last = depth == path.Steps.Length - 1;
        switch (value.Unwrap(), path.Steps[depth])
        {
            case (PropertyValue.Map map, { Name: { } name }) when map.Properties[name] is { } child:
                var changed = last ? replacement : child.Replace(path, replacement, depth + 1);
                return value.Rewrap(changed is null ? map.Properties.Without(name) : map.Properties.With(name, changed));
            case (PropertyValue.List list, { Index: { } index }) when index < list.Items.Length:
                var item = last ? replacement : list.Items[index].Replace(path, replacement, depth + 1);
                return value.Rewrap(new PropertyValue.List(item is null ? list.Items.RemoveAt(index) : list.Items.SetItem(index, item)));
            default:
                return value;
        }
    }

    /// <summary>A changed value, with the mark of secrecy of the one that it was made from.</summary>
    public static PropertyValue Rewrap(this PropertyValue original, PropertyValue changed) =>
        original is PropertyValue.Secret or PropertyValue.Output { IsSecret: true } ? changed.AsSecret() : changed;

    private static PropertyValue WithAt(PropertyValue? child, ReadOnlySpan<string> path, PropertyValue value) => child?.Unwrap() switch
    {
        PropertyValue.Map inner => child.Rewrap(inner.Properties.WithAt(path, value)),
        _ => PropertyMap.Empty.WithAt(path, value),
    };
}
