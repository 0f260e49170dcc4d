using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Selectors;

/// <summary>What a requirement demands of a label.</summary>
internal enum LabelOperator
{
    In,
    NotIn,
    Exists,
    DoesNotExist,
    GreaterThan,
    LessThan,
}

/// <summary>A demand on one label.</summary>
internal sealed record LabelRequirement(string Key, LabelOperator Operator, IReadOnlyList<string> Values)
{
    /// <summary>Whether labels meet it.</summary>
    public bool Matches(JsonMap labels)
    {
        var value = labels.Text(Key);
        return Operator switch
        {
            LabelOperator.In => value is not null && Values.Contains(value),
            LabelOperator.NotIn => value is null || !Values.Contains(value),
            LabelOperator.Exists => value is not null,
            LabelOperator.DoesNotExist => value is null,
            LabelOperator.GreaterThan => Compare(value) > 0,
            LabelOperator.LessThan => Compare(value) < 0,
            _ => false,
        };
    }

    private int? Compare(string? value) => long.TryParse(value, out var number) && long.TryParse(Values.FirstOrDefault(), out var bound) ? number.CompareTo(bound) : null;
}

/// <summary>A selection of objects by their labels: all requirements must be met.</summary>
internal sealed class LabelSelector(IReadOnlyList<LabelRequirement> requirements)
{
    /// <summary>Selects all.</summary>
    public static LabelSelector Everything { get; } = new([]);

    /// <summary>What is demanded.</summary>
    public IReadOnlyList<LabelRequirement> Requirements { get; } = requirements;

    /// <summary>Whether it selects everything.</summary>
    public bool IsEmpty => Requirements.Count == 0;

    /// <summary>A selector that demands the very labels.</summary>
    public static LabelSelector Of(JsonMap labels) => new([.. labels.Texts().Select(label => new LabelRequirement(label.Key, LabelOperator.In, [label.Value]))]);

    /// <summary>The selector that a spec holds as <c>matchLabels</c> and <c>matchExpressions</c>.</summary>
    public static LabelSelector Read(JsonData? selector)
    {
        if (selector is null) return Everything;
        return new LabelSelector([
            .. Of(selector.Map("matchLabels")).Requirements,
            .. selector.Maps("matchExpressions").Select(ReadExpression),
        ]);
    }

    /// <summary>Reads a requirement in the form of <c>matchExpressions</c>, which node affinity uses too.</summary>
    public static LabelRequirement ReadExpression(JsonMap expression) => new(
        expression.Text("key") ?? "",
        expression.Text("operator") switch
        {
            "In" => LabelOperator.In,
            "NotIn" => LabelOperator.NotIn,
            "Exists" => LabelOperator.Exists,
            "Gt" => LabelOperator.GreaterThan,
            "Lt" => LabelOperator.LessThan,
            _ => LabelOperator.DoesNotExist,
        },
        [.. expression.List("values").Texts()]);

    /// <summary>Whether labels meet all requirements.</summary>
    public bool Matches(JsonMap labels) => Requirements.All(requirement => requirement.Matches(labels));

    /// <summary>The selector as a query writes it, for example <c>app=web,tier in (a,b)</c>.</summary>
    public override string ToString() => string.Join(',', Requirements.Select(requirement => requirement.Operator switch
    {
        LabelOperator.In when requirement.Values.Count == 1 => $"{requirement.Key}={requirement.Values[0]}",
        LabelOperator.In => $"{requirement.Key} in ({string.Join(',', requirement.Values.Order(StringComparer.Ordinal))})",
        LabelOperator.NotIn when requirement.Values.Count == 1 => $"{requirement.Key}!={requirement.Values[0]}",
        LabelOperator.NotIn => $"{requirement.Key} notin ({string.Join(',', requirement.Values.Order(StringComparer.Ordinal))})",
        LabelOperator.Exists => requirement.Key,
        LabelOperator.GreaterThan => $"{requirement.Key}>{requirement.Values[0]}",
        LabelOperator.LessThan => $"{requirement.Key}<{requirement.Values[0]}",
        _ => "!" + requirement.Key,
    }));
}
