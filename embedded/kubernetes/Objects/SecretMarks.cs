using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Kubernetes.Objects;

/// <summary>Marks the values of an object that are secret, since the API server gives them back as plain ones.</summary>
internal static class SecretMarks
{
    /// <summary>Marks what is secret by its kind, and what is secret in the inputs.</summary>
    public static PropertyMap Apply(ResourceType type, PropertyMap item, PropertyMap inputs)
    {
        var marked = CopyMarks(item, inputs);
        return type.IsSecret ? MarkMember(MarkMember(marked, "data"), "stringData") : marked;
    }

    private static PropertyMap CopyMarks(PropertyMap item, PropertyMap inputs) =>
        new(item.Select(member => KeyValuePair.Create(
            member.Key, inputs[member.Key] is { } input ? CopyMarks(member.Value, input) : member.Value)));

    private static PropertyValue CopyMarks(PropertyValue value, PropertyValue input) => (value, input) switch
    {
        (_, PropertyValue.Secret or PropertyValue.Output { IsSecret: true }) => value.AsSecret(),
        (PropertyValue.Map map, PropertyValue.Map given) => CopyMarks(map.Properties, given.Properties),
        // Which item came from which is not certain, so one secret item makes the whole list secret.
        (PropertyValue.List, PropertyValue.List given) when given.ContainsSecrets => value.AsSecret(),
        _ => value,
    };

    private static PropertyMap MarkMember(PropertyMap map, string name) => map[name] is { } value ? map.With(name, value.AsSecret()) : map;
}
