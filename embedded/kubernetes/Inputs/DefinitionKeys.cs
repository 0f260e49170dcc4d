using FogInfra.Embedded.Kubernetes.Objects;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Kubernetes.Inputs;

/// <summary>
/// The extensions of OpenAPI in CustomResourceDefinitions, such as <c>x-kubernetes-list-type</c>: programs and state write them with
/// underscores, as names of properties cannot have dashes in every language.
/// </summary>
internal static class DefinitionKeys
{
    private const string ApiPrefix = "x-kubernetes-";
    private const string StatePrefix = "x_kubernetes_";

    /// <summary>The object as programs see it.</summary>
    public static PropertyMap ToState(PropertyMap definition) =>
        Rename(definition, name => name.StartsWith(ApiPrefix, StringComparison.Ordinal) ? name.Replace('-', '_') : name);

    /// <summary>The object as the API has it.</summary>
    public static PropertyMap ToApi(PropertyMap definition) =>
        Rename(definition, name => name.StartsWith(StatePrefix, StringComparison.Ordinal) ? name.Replace('_', '-') : name);

    private static PropertyMap Rename(PropertyMap map, Func<string, string> rename) =>
        new(map.Select(member => KeyValuePair.Create(rename(member.Key), Rename(member.Value, rename))));

    private static PropertyValue Rename(PropertyValue value, Func<string, string> rename) => value.Unwrap() switch
    {
        PropertyValue.Map map => value.Rewrap(Rename(map.Properties, rename)),
        PropertyValue.List list => value.Rewrap(new PropertyValue.List([.. list.Items.Select(item => Rename(item, rename))])),
        _ => value,
    };
}
