using System.Collections.Immutable;
using System.Text;
using FogInfra.Embedded.Kubernetes.Objects;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Kubernetes.Inputs;

/// <summary>Brings what a program gives into the form that is compared, kept and sent: pure, and the same when done twice.</summary>
internal static class InputNormaliser
{
    /// <summary>Fields of the metadata that only the API server writes.</summary>
    internal static readonly ImmutableArray<string> ReadOnlyMetadata =
    [
        "creationTimestamp", "deletionGracePeriodSeconds", "deletionTimestamp", "generation", "managedFields", "resourceVersion", "selfLink", "uid",
    ];

    /// <summary>Normalises inputs.</summary>
    public static PropertyMap Normalise(ResourceType type, PropertyMap inputs)
    {
        var result = WithoutNulls(inputs).With("apiVersion", type.ApiVersion).With("kind", type.Kind);
        foreach (var field in ReadOnlyMetadata)
        {
            result = result.WithoutAt("metadata", field);
        }

        if (type.Known?.Subresources.Contains("status") == true || type.IsDefinition)
        {
            result = result.Without("status"); // The server ignores it here; only controllers write it.
        }

        return type switch
        {
            { IsSecret: true } => NormaliseSecret(result),
            { IsDefinition: true } => NormaliseDefinition(result),
            _ => result,
        };
    }

    // To the API an explicit null is the same as nothing.
    private static PropertyMap WithoutNulls(PropertyMap map) =>
        new(map.Where(member => member.Value.Unwrap() is not PropertyValue.NullValue)
            .Select(member => KeyValuePair.Create(member.Key, WithoutNulls(member.Value))));

    private static PropertyValue WithoutNulls(PropertyValue value) => value.Unwrap() switch
    {
        PropertyValue.Map map => value.Rewrap(WithoutNulls(map.Properties)),
        PropertyValue.List list => value.Rewrap(new PropertyValue.List([.. list.Items.Select(WithoutNulls)])),
        _ => value,
    };

    // The API keeps data only: stringData is put over it, as the server would do. All of it is secret.
    private static PropertyMap NormaliseSecret(PropertyMap inputs)
    {
        var data = inputs["data"]?.Unwrap() is PropertyValue.Map given ? given.Properties.Select(CleanBase64) : null;
        if (inputs["stringData"]?.Unwrap() is PropertyValue.Map texts)
        {
            data = (data ?? PropertyMap.Empty).With(texts.Properties.Select(Encode));
            inputs = inputs.Without("stringData");
        }

        return data is null ? inputs : inputs.With("data", ((PropertyValue)data).AsSecret());
    }

    private static PropertyValue Encode(PropertyValue value) =>
        value.Unwrap() is PropertyValue.Text text ? value.Rewrap(Convert.ToBase64String(Encoding.UTF8.GetBytes(text.Value))) : value;

    private static PropertyValue CleanBase64(PropertyValue value) =>
        value.Unwrap() is PropertyValue.Text text ? value.Rewrap(string.Concat(text.Value.Where(letter => !char.IsWhiteSpace(letter)))) : value;

    private static PropertyMap NormaliseDefinition(PropertyMap inputs)
    {
        inputs = DefinitionKeys.ToState(inputs);
        return inputs.At("spec", "preserveUnknownFields") is PropertyValue.Bool { Value: false } ? inputs.WithoutAt("spec", "preserveUnknownFields") : inputs;
    }
}
