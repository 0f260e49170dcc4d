using System.Text.RegularExpressions;

namespace FogInfra.Embedded.Engine.Display;

/// <summary>Escape sequences of terminals (ECMA-48), such as programs put into their messages to colour them.</summary>
internal static partial class EscapeSequences
{
    /// <summary>The text without them.</summary>
    public static string Remove(string text) => text.Contains('\e', StringComparison.Ordinal) ? Any().Replace(text, "") : text;

    // Control sequences (CSI), operating system commands up to their end (OSC), and the two-character ones.
    [GeneratedRegex(@"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-_])", RegexOptions.CultureInvariant)]
    private static partial Regex Any();
}
