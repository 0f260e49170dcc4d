using System.Collections.Immutable;
using System.Text.Json;
using FogInfra.Embedded.Kubernetes.Client;
using FogInfra.Embedded.Kubernetes.Objects;

namespace FogInfra.Embedded.Kubernetes.Readiness;

/// <summary>
/// The readiness that a user describes by the annotation <c>pulumi.com/waitFor</c>: one expression, or a JSON array of which all must hold.
/// <c>condition=TYPE[=STATUS]</c> looks at the status conditions, <c>jsonpath={.PATH}[=VALUE]</c> at any field.
/// </summary>
internal sealed class ExpressionRule : IReadinessRule
{
    private readonly ImmutableArray<(string Text, Func<KubeObject, bool> Holds)> _expressions;

    private ExpressionRule(ImmutableArray<(string, Func<KubeObject, bool>)> expressions) => _expressions = expressions;

    /// <summary>Reads the annotation's value.</summary>
    /// <exception cref="FormatException">It is not understood.</exception>
    public static ExpressionRule Parse(string text) => new([.. Split(text).Select(expression => (expression, Compile(expression)))]);

    public Verdict Judge(Observation seen)
    {
        if (seen.Target.ObservedGeneration < seen.Target.Generation)
        {
            return Verdict.Waiting("waiting for its controller to take it up");
        }

        var open = _expressions.Where(expression => !expression.Holds(seen.Target)).Select(expression => expression.Text).ToList();
        return open.Count == 0 ? Verdict.Ready() : Verdict.Waiting($"waiting for {string.Join(" and ", open)}");
    }

    private static IEnumerable<string> Split(string text)
    {
        if (!text.TrimStart().StartsWith('['))
        {
            return [text.Trim()];
        }

        try
        {
            return JsonSerializer.Deserialize<string[]>(text) ?? [];
        }
        catch (JsonException)
        {
            throw NotUnderstood(text);
        }
    }

    private static Func<KubeObject, bool> Compile(string expression)
    {
        if (expression.StartsWith("condition=", StringComparison.Ordinal) && expression.Split('=') is [_, { Length: > 0 } type, .. var rest] && rest.Length < 2)
        {
            var status = rest is [var wanted] ? wanted : "True";
            return item => item.Conditions.Any(condition =>
                condition.Type.Equals(type, StringComparison.OrdinalIgnoreCase) && condition.Status.Equals(status, StringComparison.OrdinalIgnoreCase));
        }

        const string Start = "jsonpath={";
        var end = expression.IndexOf('}');
        if (!expression.StartsWith(Start, StringComparison.Ordinal) || end < 0
            || expression[Start.Length..end] is not ['.', ..] path || path.Contains('?'))
        {
            throw NotUnderstood(expression);
        }

        var steps = PropertyPath.Parse(path);
        return expression[(end + 1)..] switch
        {
            "" => item => Select(item.Json, steps).Any(),
            ['=', .. var value] => item => Select(item.Json, steps).Select(found => found.ToString()).FirstOrDefault() == value,
            _ => throw NotUnderstood(expression),
        };
    }

    private static IEnumerable<JsonElement> Select(JsonElement json, PropertyPath path)
    {
        IEnumerable<JsonElement> found = [json];
        foreach (var step in path.Steps)
        {
            found = step switch
            {
                { Index: { } index } => found.SelectMany(value => KubeObject.ItemsOf(value).Skip(index).Take(1)),
                { Name: { } name } => found.Select(value => KubeObject.Child(value, name)),
                _ => found.SelectMany(KubeObject.ItemsOf),
            };
        }

        return found.Where(value => value.ValueKind != JsonValueKind.Undefined);
    }

    private static FormatException NotUnderstood(string expression) =>
        new($"The annotation {Annotations.WaitFor} is not understood: '{expression}'. Expected condition=TYPE, condition=TYPE=STATUS, "
            + "jsonpath={.path.to.field} or jsonpath={.path.to.field}=VALUE, or a JSON array of these.");
}
