using System.Collections.Immutable;

namespace Pulumi.Automation;

/// <summary>How an operation on a stack ended.</summary>
public class UpdateResult
{
    internal UpdateResult(string standardOutput, string standardError, UpdateSummary summary)
    {
        StandardOutput = standardOutput;
        StandardError = standardError;
        Summary = summary;
    }

    /// <summary>All that the command wrote.</summary>
    public string StandardOutput { get; }

    /// <summary>All that the command wrote as errors.</summary>
    public string StandardError { get; }

    /// <summary>Its entry in the stack's history.</summary>
    public UpdateSummary Summary { get; }
}

/// <summary>How an update of a stack ended.</summary>
public sealed class UpResult : UpdateResult
{
    internal UpResult(
        string standardOutput, string standardError, UpdateSummary summary, IImmutableDictionary<string, OutputValue> outputs)
        : base(standardOutput, standardError, summary) => Outputs = outputs;

    /// <summary>The stack's outputs afterwards.</summary>
    public IImmutableDictionary<string, OutputValue> Outputs { get; }
}

/// <summary>What an update of a stack would do.</summary>
public class PreviewResult
{
    internal PreviewResult(string standardOutput, string standardError, IImmutableDictionary<OperationType, int> changeSummary)
    {
        StandardOutput = standardOutput;
        StandardError = standardError;
        ChangeSummary = changeSummary;
    }

    /// <summary>All that the command wrote.</summary>
    public string StandardOutput { get; }

    /// <summary>All that the command wrote as errors.</summary>
    public string StandardError { get; }

    /// <summary>How many resources would be changed in which way.</summary>
    public IImmutableDictionary<OperationType, int> ChangeSummary { get; }
}

/// <summary>An output of a stack.</summary>
public sealed class OutputValue
{
    internal OutputValue(object value, bool isSecret)
    {
        Value = value;
        IsSecret = isSecret;
    }

    /// <summary>
    /// Its plain value: a string, a <see cref="long"/> or <see cref="double"/>, a boolean, a dictionary, an array; a
    /// <see cref="DateTime"/> where a string looks like a date.
    /// </summary>
    public object Value { get; }

    /// <summary>Whether it must not be shown.</summary>
    public bool IsSecret { get; }
}
