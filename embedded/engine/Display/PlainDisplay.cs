using System.Globalization;
using FogInfra.Embedded.Engine.Commands;
using FogInfra.Embedded.Engine.Events;
using FogInfra.Embedded.Engine.Steps;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.Display;

/// <summary>Shows a run as plain lines, as they come: for pipes, logs and terminals that cannot do more.</summary>
internal sealed class PlainDisplay(TextWriter writer, DisplayOptions options) : IEventListener
{
    private readonly DiagnosticGroups _diagnostics = new();
    private EngineEvent.Summary? _summary;

    /// <inheritdoc/>
    public void Receive(EngineEvent engineEvent, Lazy<string> json)
    {
        switch (engineEvent)
        {
            case EngineEvent.Prelude:
                writer.WriteLine($"{Headline} ({options.Stack}):\n");
                break;
            case EngineEvent.StepStarted started when options.ShowDiff && IsShown(started.Step, started.Step.Op):
                WriteLines(DiffText.Lines(started.Step, started.Step.Op, options.ShowSecrets));
                break;
            case EngineEvent.StepDone done when options.ShowDiff && done.Step.Op == StepOp.Refresh && IsShown(done.Step, done.Op):
                WriteLines(DiffText.OutputLines(done.Step, options.ShowSecrets));
                break;
            case EngineEvent.StepDone when options.ShowDiff:
                break;
            case EngineEvent.StepStarted started when IsShown(started.Step, started.Step.Op):
                WriteLine(started.Step, started.Step.Op, options.IsPreview ? StepText.Planned(started.Step.Op) : StepText.Running(started.Step.Op));
                break;
            case EngineEvent.StepDone done when !options.IsPreview && IsShown(done.Step, done.Op):
                WriteLine(done.Step, done.Op, StepText.Done(done.Op));
                break;
            case EngineEvent.StepFailed failed:
                WriteLine(failed.Step, failed.Step.Op, $"**{StepText.Running(failed.Step.Op)} failed**");
                break;
            case EngineEvent.Diagnostic diagnostic:
                _diagnostics.Add(diagnostic);
                break;
            case EngineEvent.Summary summary:
                _summary = summary;
                break;
        }
    }

    /// <summary>Shows what belongs at the end: messages, the stack's outputs, counts and time.</summary>
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

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private string Headline => (options.Kind, options.IsPreview) switch
    {
        (Deploying.DeploymentKind.Update, true) => "Previewing update",
        (Deploying.DeploymentKind.Update, false) => "Updating",
        (Deploying.DeploymentKind.Refresh, true) => "Previewing refresh",
        (Deploying.DeploymentKind.Refresh, false) => "Refreshing",
        (Deploying.DeploymentKind.Import, true) => "Previewing import",
        (Deploying.DeploymentKind.Import, false) => "Importing",
        (_, true) => "Previewing destroy",
        _ => "Destroying",
    };

    private bool IsShown(Step step, StepOp op) =>
        !step.IsInternal && op != StepOp.RemovePendingReplace && (options.ShowSames || op != StepOp.Same || step.Resource.IsStack);

    private void WriteLine(Step step, StepOp op, string status) =>
        writer.WriteLine($" {StepText.Sign(op)} {step.Resource.Type} {step.Urn.Name} {status}".TrimEnd());

    private void WriteLines(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            writer.WriteLine(line.TrimEnd());
        }
    }

    private void WriteOutputs(StackOutputs outputs)
    {
        if (options.SuppressOutputs || options.Kind == Deploying.DeploymentKind.Destroy)
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
