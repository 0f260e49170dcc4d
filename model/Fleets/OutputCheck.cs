namespace FogInfra.Model;

/// <summary>How an output is compared.</summary>
public enum Comparison
{
    /// <summary>It is the value.</summary>
    Is,

    /// <summary>It is not the value.</summary>
    IsNot,

    /// <summary>It is a number and not below the value.</summary>
    AtLeast,

    /// <summary>It is a number and not above the value.</summary>
    AtMost,
}

/// <summary>A condition on an output of a cluster's stack.</summary>
/// <param name="Output">The output's path below the cluster's outputs, for example <c>services.web.readyReplicas</c>; <c>*</c> stands for every name.</param>
/// <param name="Comparison">How it is compared.</param>
/// <param name="Value">What it is compared with, as text; a number for <see cref="Comparison.AtLeast"/> and <see cref="Comparison.AtMost"/>.</param>
public sealed record OutputCheck(string Output, Comparison Comparison, string Value)
{
    /// <summary>The check in words.</summary>
    public override string ToString() => $"{Output} {Comparison.Name()} {Value}";
}

/// <summary>The names of comparisons in documents.</summary>
public static class ComparisonNames
{
    /// <summary>All comparisons.</summary>
    public static IReadOnlyList<Comparison> All { get; } = [Comparison.Is, Comparison.IsNot, Comparison.AtLeast, Comparison.AtMost];

    /// <summary>The name: <c>is</c>, <c>isNot</c>, <c>atLeast</c> or <c>atMost</c>.</summary>
    public static string Name(this Comparison comparison) => comparison switch
    {
        Comparison.Is => "is",
        Comparison.IsNot => "isNot",
        Comparison.AtLeast => "atLeast",
        Comparison.AtMost => "atMost",
        _ => throw new ArgumentOutOfRangeException(nameof(comparison), comparison, null),
    };
}
