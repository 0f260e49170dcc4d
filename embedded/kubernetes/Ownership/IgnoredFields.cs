using FogInfra.Embedded.Kubernetes.Objects;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Kubernetes.Ownership;

/// <summary>Prepares an apply so that the fields that <c>ignoreChanges</c> names stay as they are in the cluster. Pure.</summary>
internal static class IgnoredFields
{
    /// <summary>The inputs to apply.</summary>
    /// <param name="inputs">The new inputs.</param>
    /// <param name="live">The object as it is.</param>
    /// <param name="ignored">The paths to leave alone.</param>
    /// <param name="manager">Who applies.</param>
    public static PropertyMap Settle(PropertyMap inputs, PropertyMap live, IEnumerable<PropertyPath> ignored, string manager)
    {
        var entries = ManagedFields.Of(live);
        PropertyValue settled = inputs;
        foreach (var path in ignored.SelectMany(path => Concrete(inputs, path)))
        {
            var isOthers = entries.Any(entry => entry.Manager != manager && entry.Fields.Owns(live, path));
            var isOurs = entries.Any(entry => entry.Manager == manager && entry.Fields.Owns(live, path));
            if (isOthers && !isOurs)
            {
                settled = settled.Replace(path, null); // Naming it would make it ours, or a conflict.
            }
            else if (((PropertyValue)live).At(path) is { } value)
            {
                settled = settled.Replace(path, value);
            }
        }

        return ((PropertyValue.Map)settled).Properties;
    }

    // The places that a path with [*] means in the inputs; from the last to the first, so that taking one away moves no other.
    private static IEnumerable<PropertyPath> Concrete(PropertyValue inputs, PropertyPath pattern)
    {
        IEnumerable<PropertyPath> paths = [PropertyPath.Root];
        foreach (var step in pattern.Steps)
        {
            paths = step == PathStep.Any
                ? [.. paths.SelectMany(path => Children(inputs.At(path), path))]
                : [.. paths.Select(path => new PropertyPath(path.Steps.Add(step)))];
        }

        return paths.Where(path => inputs.At(path) is not null).Reverse();
    }

    private static IEnumerable<PropertyPath> Children(PropertyValue? value, PropertyPath path) => value?.Unwrap() switch
    {
        PropertyValue.Map map => map.Properties.Names.Select(path.Member),
        PropertyValue.List list => Enumerable.Range(0, list.Items.Length).Select(path.Item),
        _ => [],
    };
}
