using System.Text.RegularExpressions;

namespace FogInfra.Rollout.Stacks;

/// <summary>The texts of Pulumi's diagnostics, which carry colours as tags such as <c>&lt;{%fg 9%}&gt;</c>.</summary>
internal static partial class DiagnosticText
{
    /// <summary>The text without tags and terminal escapes.</summary>
    public static string WithoutColours(string text) => Tags().Replace(text, "");

    /// <summary>The text without colours, in one line.</summary>
    public static string OneLine(string text) => string.Join(
        "; ", WithoutColours(text).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    [GeneratedRegex(@"<\{%[^%]*%\}>|\x1B\[[0-9;]*m", RegexOptions.CultureInvariant)]
    private static partial Regex Tags();
}
