using FogInfra.Embedded.Engine.State;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.Deploying;

/// <summary>Shows the value that a provider found fault with.</summary>
internal static class CheckedValue
{
    /// <summary>The value of a property as text, in braces; secrets masked.</summary>
    public static string Describe(PropertyMap inputs, string property) => inputs[property] switch
    {
        null => "{<nil>}",
        PropertyValue.Text text => $"{{{text.Value}}}",
        var value when value.ContainsSecrets => $"{{{ValueJson.Mask}}}",
        var value => $"{{{ValueJson.Masked.ToText(value)}}}",
    };
}
