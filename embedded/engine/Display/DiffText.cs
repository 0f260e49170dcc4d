using FogInfra.Embedded.Engine.Commands;
using FogInfra.Embedded.Engine.Steps;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.Display;

/// <summary>A step with the properties that it sets or changes, as <c>--diff</c> shows it. Secrets are masked unless asked for.</summary>
internal static class DiffText
{
    private const string Indent = "    ";

    /// <summary>The lines of a step that begins.</summary>
    /// <param name="step">The step.</param>
    /// <param name="op">What it does, or for a refresh what it came to.</param>
    /// <param name="showSecrets">Secrets are shown.</param>
    public static IEnumerable<string> Lines(Step step, StepOp op, bool showSecrets)
    {
        yield return $" {StepText.Sign(op)} {step.Resource.Type}: ({op.Name()})";
        if ((step.Old?.Id ?? step.New?.Id) is { Length: > 0 } id && id != Signatures.Unknown)
        {
            yield return $"{Indent}  [id={id}]";
        }

        yield return $"{Indent}  [urn={step.Urn}]";
        foreach (var line in PropertyLines(step, showSecrets))
        {
            yield return Indent + line;
        }
    }

    /// <summary>The properties that a refresh found to be other than the state said.</summary>
    public static IEnumerable<string> OutputLines(Step step, bool showSecrets) =>
        step is { Old: { } old, New: { } now } ? Changes(old.Outputs, now.Outputs, "", showSecrets).Select(line => Indent + line) : [];

    private static IEnumerable<string> PropertyLines(Step step, bool showSecrets) => step.Op switch
    {
        StepOp.Create or StepOp.Import or StepOp.Read when step.New is { } made => made.Inputs.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => $"  {pair.Key}: {Describe(pair.Value, showSecrets)}"),
        StepOp.Update or StepOp.Replace or StepOp.CreateReplacement when step is { Old: { } old, New: { } now } => Changes(old.Inputs, now.Inputs, "", showSecrets),
        _ => [],
    };

    private static IEnumerable<string> Changes(PropertyMap before, PropertyMap after, string path, bool showSecrets) =>
        before.Names.Union(after.Names).Order(StringComparer.Ordinal).SelectMany(name =>
            Changes(before[name], after[name], path.Length == 0 ? name : $"{path}.{name}", showSecrets));

    private static IEnumerable<string> Changes(PropertyValue? before, PropertyValue? after, string path, bool showSecrets) => (before, after) switch
    {
        _ when Equals(before, after) => [],
        (PropertyValue.Map old, PropertyValue.Map now) => Changes(old.Properties, now.Properties, path, showSecrets),
        (PropertyValue.List old, PropertyValue.List now) => Enumerable.Range(0, Math.Max(old.Items.Length, now.Items.Length)).SelectMany(index => Changes(
            index < old.Items.Length ? old.Items[index] : null, index < now.Items.Length ? now.Items[index] : null, $"{path}[{index}]", showSecrets)),
        (null, { } added) => [$"+ {path}: {Describe(added, showSecrets)}"],
        ({ } removed, null) => [$"- {path}: {Describe(removed, showSecrets)}"],
        _ => [$"~ {path}: {Describe(before!, showSecrets)} => {Describe(after!, showSecrets)}"],
    };

    private static string Describe(PropertyValue value, bool showSecrets) =>
        value is PropertyValue.Text text ? $"\"{text.Value}\"" : OutputText.ToText(value, showSecrets);
}
