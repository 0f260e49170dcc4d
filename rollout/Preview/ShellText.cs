namespace FogInfra.Rollout.Preview;

/// <summary>Arguments as a person would type them into a POSIX shell. Only ever shown, never run.</summary>
internal static class ShellText
{
    /// <summary>The argument, in quotes where the shell needs them.</summary>
    public static string Quote(string argument) =>
        argument.Length > 0 && argument.All(letter => char.IsAsciiLetterOrDigit(letter) || "-_./=:@%+,".Contains(letter, StringComparison.Ordinal))
            ? argument
            : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
