using System.Globalization;
using System.Text;

namespace Pulumi.Automation.Commands;

/// <summary>How a command of the engine ended.</summary>
public sealed class CommandResult
{
    /// <summary>Makes a result.</summary>
    public CommandResult(int code, string standardOutput, string standardError)
    {
        Code = code;
        StandardOutput = standardOutput;
        StandardError = standardError;
    }

    /// <summary>The exit code.</summary>
    public int Code { get; }

    /// <summary>All that it wrote.</summary>
    public string StandardOutput { get; }

    /// <summary>All that it wrote as errors.</summary>
    public string StandardError { get; }

    /// <summary>The three as text, one after the other.</summary>
    public override string ToString() => new StringBuilder()
        .AppendLine(CultureInfo.InvariantCulture, $"code: {Code}")
        .AppendLine(CultureInfo.InvariantCulture, $"stdout: {StandardOutput}")
        .AppendLine(CultureInfo.InvariantCulture, $"stderr: {StandardError}")
        .ToString();
}
