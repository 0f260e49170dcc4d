using System.Collections.Immutable;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.Providers;

/// <summary>Marks values that a provider gave as secret where those that it was given were.</summary>
internal static class SecretAnnotation
{
    /// <summary>The results with secrets marked, place by place, as in the values that they come from.</summary>
    public static PropertyMap Annotate(PropertyMap results, PropertyMap sources)
    {
        if (!sources.ContainsSecrets)
        {
            return results;
        }

        return new PropertyMap(results.Select(pair =>
            KeyValuePair.Create(pair.Key, sources[pair.Key] is { } source ? Annotate(pair.Value, source) : pair.Value)));
    }

    private static PropertyValue Annotate(PropertyValue result, PropertyValue source) => (result, source) switch
    {
        (PropertyValue.Secret, _) => result,
        (_, PropertyValue.Secret) => result.AsSecret(),
        (PropertyValue.Map to, PropertyValue.Map from) => Annotate(to.Properties, from.Properties),
        (PropertyValue.List to, PropertyValue.List from) => new PropertyValue.List(Annotate(to.Items, from.Items)),
        _ => result,
    };

    private static ImmutableArray<PropertyValue> Annotate(ImmutableArray<PropertyValue> results, ImmutableArray<PropertyValue> sources) =>
        [.. results.Select((item, index) => index < sources.Length ? Annotate(item, sources[index]) : item)];
}
