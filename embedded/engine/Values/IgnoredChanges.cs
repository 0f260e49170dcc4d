using System.Collections.Immutable;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.Values;

/// <summary>Sets properties whose changes a program wants ignored back to what they were.</summary>
internal static class IgnoredChanges
{
    /// <summary>The new inputs with the values at the paths taken from the old ones.</summary>
    /// <param name="before">The old inputs.</param>
    /// <param name="after">The new inputs.</param>
    /// <param name="paths">The paths; text that is no path is passed over.</param>
    /// <param name="failed">The paths that lead into something that exists on one side only, whose changes cannot be ignored.</param>
    public static PropertyMap Apply(PropertyMap before, PropertyMap after, ImmutableArray<string> paths, out ImmutableArray<string> failed)
    {
        var failures = ImmutableArray.CreateBuilder<string>();
        PropertyValue result = after;
        foreach (var text in paths)
        {
            if (PropertyPath.TryParse(text) is { } path)
            {
                result = TryReset(before, result, path.Elements.AsSpan(), out var changed) ? changed! : Fail(text, result);
            }
        }

        failed = failures.ToImmutable();
        return ((PropertyValue.Map)result).Properties;

        PropertyValue Fail(string text, PropertyValue unchanged)
        {
            failures.Add(text);
            return unchanged;
        }
    }

    // Null stands for a value that is not there.
    private static bool TryReset(PropertyValue? before, PropertyValue? after, ReadOnlySpan<PropertyPath.Element> path, out PropertyValue? result)
    {
        result = before;
        if (path.IsEmpty)
        {
            return true;
        }

        result = after;
        switch (before?.Unwrap(), after?.Unwrap())
        {
            case (null, null):
                return true;
            case (PropertyValue.Map old, PropertyValue.Map now):
                return TryResetMap(old.Properties, now.Properties, path, out result) && Rewrap(after!, ref result);
            case (PropertyValue.List old, PropertyValue.List now):
                return TryResetList(old.Items, now.Items, path, out result) && Rewrap(after!, ref result);
            default:
                return false;
        }
    }

    private static bool TryResetMap(PropertyMap before, PropertyMap after, ReadOnlySpan<PropertyPath.Element> path, out PropertyValue? result)
    {
        var names = path[0].IsAny ? [.. before.Names.Union(after.Names)] : new[] { path[0].Name };
        var changed = after;
        foreach (var name in names)
        {
            if (!TryReset(before[name], after[name], path[1..], out var value))
            {
                result = after;
                return false;
            }

            changed = value is null ? changed.Without(name) : changed.With(name, value);
        }

        result = changed;
        return true;
    }

    private static bool TryResetList(
        ImmutableArray<PropertyValue> before, ImmutableArray<PropertyValue> after, ReadOnlySpan<PropertyPath.Element> path, out PropertyValue? result)
    {
        result = new PropertyValue.List(after);
        if (!path[0].IsAny && path[0].Index is null)
        {
            return false;
        }

        // With another number of items it cannot be told which of them are the same.
        if (path[0].IsAny && before.Length != after.Length)
        {
            return false;
        }

        var changed = after.ToBuilder();
        foreach (var index in path[0].IsAny ? Enumerable.Range(0, after.Length) : [path[0].Index!.Value])
        {
            var old = index < before.Length ? before[index] : null;
            var now = index < after.Length ? after[index] : null;
            if (old is null && now is null)
            {
                continue;
            }

            if (old is null || now is null || !TryReset(old, now, path[1..], out var value) || value is null)
            {
                return false;
            }

            changed[index] = value;
        }

        result = new PropertyValue.List(changed.ToImmutable());
        return true;
    }

    private static bool Rewrap(PropertyValue original, ref PropertyValue? changed)
    {
        if (original is PropertyValue.Secret)
        {
            changed = changed?.AsSecret();
        }

        return true;
    }
}
