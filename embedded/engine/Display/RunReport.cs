using System.Globalization;
using FogInfra.Embedded.Engine.Commands;
using FogInfra.Embedded.Engine.Deploying;
using FogInfra.Embedded.Engine.Events;
using FogInfra.Embedded.Engine.Steps;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.Display;

/// <summary>What every display shows before and after the resources: the headline, messages, the stack's outputs, counts and time.</summary>
internal sealed class RunReport(TextWriter writer, DisplayOptions options)
{
    private readonly DiagnosticGroups _diagnostics = new(options.HasColor);
    private EngineEvent.Summary? _summary;

    /// <summary>What is done, and to which stack.</summary>
    public string Headline => $"{Operation} ({options.Stack}):";

    /// <summary>Takes an event.</summary>
    public void Receive(EngineEvent engineEvent)
    {
        switch (engineEvent)
        {
            case EngineEvent.Diagnostic diagnostic:
                _diagnostics.Add(diagnostic);
                break;
            case EngineEvent.Summary summary:
                _summary = summary;
                break;
        }
    }

    /// <summary>Shows what belongs at the end.</summary>
    public void Finish(StackOutputs outputs)
    {
        _diagnostics.WriteTo(writer, options.Root);
        if (_summary is null)
        {
            return; // The run did not come to its end.
        }

        WriteOutputs(outputs);
        writer.WriteLine("Resources:");
        foreach (var (op, count) in _summary.Changes.OrderBy(item => item.Key == StepOp.Same.Name()))
        {
            writer.WriteLine($"    {StepText.Summary(op, count, options.IsPreview)}");
        }

        if (!options.IsPreview)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\nDuration: {(int)Math.Ceiling(_summary.Duration.TotalSeconds)}s"));
        }

        writer.WriteLine();
    }

    private string Operation => (options.Kind, options.IsPreview) switch
    {
        (DeploymentKind.Update, true) => "Previewing update",
        (DeploymentKind.Update, false) => "Updating",
        (DeploymentKind.Refresh, true) => "Previewing refresh",
        (DeploymentKind.Refresh, false) => "Refreshing",
        (DeploymentKind.Import, true) => "Previewing import",
        (DeploymentKind.Import, false) => "Importing",
        (_, true) => "Previewing destroy",
        _ => "Destroying",
    };

    private void WriteOutputs(StackOutputs outputs)
    {
        if (options.SuppressOutputs || options.Kind == DeploymentKind.Destroy)
        {
            return;
        }

        var names = outputs.Before.Names.Union(outputs.After.Names).Order(StringComparer.Ordinal).ToArray();
        if (names.Length == 0)
        {
            return;
        }

        writer.WriteLine("Outputs:");
        foreach (var name in names)
        {
            writer.WriteLine($"  {OutputLine(name, outputs.Before[name], outputs.After[name])}");
        }

        writer.WriteLine();
    }

    private string OutputLine(string name, PropertyValue? before, PropertyValue? after)
    {
        var sign = before is null ? "+ " : after is null ? "- " : before.Equals(after) ? "  " : "~ ";
        var value = Describe(after ?? before!);
        return sign == "~ " ? $"{sign}{name}: {Describe(before!)} => {value}" : $"{sign}{name}: {value}";
    }

    private string Describe(PropertyValue value) =>
        value is PropertyValue.Text text ? $"\"{text.Value}\"" : OutputText.ToText(value, options.ShowSecrets);
}
