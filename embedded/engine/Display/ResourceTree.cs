using FogInfra.Embedded.Engine.Events;
using FogInfra.Embedded.Engine.Steps;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.Display;

/// <summary>How far a resource is.</summary>
internal enum RowState
{
    /// <summary>Nothing has happened to it yet.</summary>
    Idle,

    /// <summary>Its step is only foretold.</summary>
    Planned,

    /// <summary>Its step is under way.</summary>
    Running,

    /// <summary>Its step is done.</summary>
    Done,

    /// <summary>Its step has failed.</summary>
    Failed,
}

/// <summary>A resource as a display shows it.</summary>
/// <param name="Urn">The resource.</param>
internal sealed record ResourceRow(Urn Urn)
{
    /// <summary>The resource that it stands under.</summary>
    public Urn? Parent { get; init; }

    /// <summary>What is done to it.</summary>
    public StepOp Op { get; init; } = StepOp.Same;

    /// <summary>How far that is.</summary>
    public RowState State { get; init; }

    /// <summary>When its step began.</summary>
    public DateTimeOffset Began { get; init; }

    /// <summary>How long its step took; null while it runs.</summary>
    public TimeSpan? Took { get; init; }

    /// <summary>The first line of its last message.</summary>
    public string Message { get; init; } = "";

    /// <summary>How much that message matters.</summary>
    public DiagnosticSeverity Severity { get; init; }
}

/// <summary>What is known of the resources of a run so far, by what its events have told.</summary>
/// <param name="root">The stack's resource, under which stands what has no other parent.</param>
internal sealed class ResourceTree(Urn root)
{
    private readonly Dictionary<Urn, int> _places = [];
    private readonly List<ResourceRow> _rows = [new ResourceRow(root)];

    /// <summary>All resources, each in the place where it was first heard of; the first is the stack's.</summary>
    public IReadOnlyList<ResourceRow> Rows => _rows;

    /// <summary>Takes an event.</summary>
    /// <returns>Whether there is something new to show.</returns>
    public bool Receive(EngineEvent engineEvent, DateTimeOffset now)
    {
        switch (engineEvent)
        {
            case EngineEvent.StepStarted { Step.IsInternal: false } started:
                Change(started.Step, row => row with
                {
                    Op = started.Step.Op, State = started.Planning ? RowState.Planned : RowState.Running, Began = now, Took = null,
                });
                return true;
            case EngineEvent.StepDone { Step.IsInternal: false } done:
                Change(done.Step, row => row with
                {
                    Op = Whole(done.Op), State = done.Planning ? RowState.Planned : RowState.Done, Took = row.Took ?? now - row.Began,
                });
                return true;
            case EngineEvent.StepFailed { Step.IsInternal: false } failed:
                Change(failed.Step, row => row with { Op = failed.Step.Op, State = RowState.Failed, Took = now - row.Began });
                return true;
            case EngineEvent.Diagnostic { Severity: not DiagnosticSeverity.Debug } diagnostic when !string.IsNullOrWhiteSpace(diagnostic.Message):
                var text = EscapeSequences.Remove(diagnostic.Message).Trim();
                Change(diagnostic.Urn ?? root, null, row => row with { Message = text.Split('\n', 2)[0].TrimEnd(), Severity = diagnostic.Severity });
                return true;
            default:
                return false;
        }
    }

    // Of a replacement people want to see the whole, not its last half.
    private static StepOp Whole(StepOp op) => op is StepOp.CreateReplacement or StepOp.DeleteReplaced ? StepOp.Replace : op;

    private void Change(Step step, Func<ResourceRow, ResourceRow> change) => Change(step.Urn, step.Resource.Parent, change);

    private void Change(Urn urn, Urn? parent, Func<ResourceRow, ResourceRow> change)
    {
        if (urn == root)
        {
            _rows[0] = change(_rows[0]);
            return;
        }

        if (!_places.TryGetValue(urn, out var place))
        {
            place = _rows.Count;
            _places.Add(urn, place);
            _rows.Add(new ResourceRow(urn));
        }

        _rows[place] = change(_rows[place] with { Parent = parent ?? _rows[place].Parent });
    }
}
