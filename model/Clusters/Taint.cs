using System.Diagnostics.CodeAnalysis;

namespace FogInfra.Model;

/// <summary>A taint of a node (Kubernetes, "Taints and Tolerations").</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">The value; may be empty.</param>
/// <param name="Effect">One of <see cref="Effects"/>.</param>
public sealed record Taint(string Key, string Value, string Effect)
{
    /// <summary>The form of a taint's text.</summary>
    public const string Form = "KEY=VALUE:EFFECT or KEY:EFFECT, the effect NoSchedule, PreferNoSchedule or NoExecute";

    /// <summary>What a taint can do.</summary>
    public static IReadOnlyList<string> Effects { get; } = ["NoSchedule", "PreferNoSchedule", "NoExecute"];

    /// <summary>Reads the text that <c>kubectl taint</c> takes; false when it is none.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Taint? taint)
    {
        taint = null;
        var colon = text.LastIndexOf(':');
        if (colon < 0 || !Effects.Contains(text[(colon + 1)..]))
        {
            return false;
        }

        var (key, value) = text[..colon].Split('=', 2) is [var name, var given] ? (name, given) : (text[..colon], "");
        if (!KubernetesNames.IsQualifiedName(key) || !KubernetesNames.IsLabelValue(value))
        {
            return false;
        }

        taint = new Taint(key, value, text[(colon + 1)..]);
        return true;
    }

    /// <summary>The text that <c>kubectl taint</c> takes.</summary>
    public override string ToString() => Value.Length == 0 ? $"{Key}:{Effect}" : $"{Key}={Value}:{Effect}";
}
