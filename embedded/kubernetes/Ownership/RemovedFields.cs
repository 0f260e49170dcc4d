using FogInfra.Embedded.Kubernetes.Objects;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Kubernetes.Ownership;

/// <summary>
/// Tells whether a program takes anything out of an object, as server-side apply sees it: an item of a list whose key changes is one item
/// less and another one more, wherever it stands. Pure.
/// </summary>
internal static class RemovedFields
{
    /// <summary>Whether the new inputs lack anything that the old ones had.</summary>
    public static bool Any(PropertyValue old, PropertyValue now, SchemaNode schema) => (old.Unwrap(), now.Unwrap()) switch
    {
        (PropertyValue.Map before, PropertyValue.Map after) => before.Properties.Any(member =>
            after.Properties[member.Key] is not { } value || Any(member.Value, value, schema.Member(member.Key))),
        (PropertyValue.List before, PropertyValue.List after) => AnyItem(before, after, schema),
        (PropertyValue.Map or PropertyValue.List, _) => true,
        _ => false,
    };

    private static bool AnyItem(PropertyValue.List before, PropertyValue.List after, SchemaNode schema)
    {
        if (schema.Property?.ListType == "set")
        {
            return before.Items.Any(item => !after.Items.Contains(item));
        }

        if (ListKeys.Of(before, schema) is { } oldKeys && ListKeys.Of(after, schema) is { } newKeys)
        {
            return oldKeys.Where((key, index) => newKeys.IndexOf(key) is not (>= 0 and var found)
                || Any(before.Items[index], after.Items[found], schema.Item())).Any();
        }

        return false; // A list without keys is written as a whole.
    }
}
