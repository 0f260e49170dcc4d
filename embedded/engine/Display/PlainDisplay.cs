using FogInfra.Embedded.Engine.Commands;
using FogInfra.Embedded.Engine.Events;
using FogInfra.Embedded.Engine.Steps;

namespace FogInfra.Embedded.Engine.Display;

/// <summary>Shows a run as plain lines, as they come: for pipes, logs and terminals that cannot do more.</summary>
internal sealed class PlainDisplay(TextWriter writer, DisplayOptions options) : IRunDisplay
{
    private readonly RunReport _report = new(writer, options);

    /// <inheritdoc/>
    public void Receive(EngineEvent engineEvent, Lazy<string> json)
    {
        _report.Receive(engineEvent);
        switch (engineEvent)
        {
            case EngineEvent.Prelude:
                writer.WriteLine($"{_report.Headline}\n");
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
        }
    }

    /// <inheritdoc/>
    public void Finish(StackOutputs outputs) => _report.Finish(outputs);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

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
}
