using FogInfra.Embedded.Engine.State;
using FogInfra.Embedded.Engine.Steps;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.Deploying;

/// <summary>A resource that the program has registered or read in this run.</summary>
/// <param name="urn">Its URN.</param>
/// <param name="goal">What the program wants of it; null when it was read.</param>
internal sealed class Registration(Urn urn, Goal? goal)
{
    private ResourceState? _state;
    private int _outputsSet;

    /// <summary>Its URN.</summary>
    public Urn Urn { get; } = urn;

    /// <summary>What the program wants of it; null when it was read.</summary>
    public Goal? Goal { get; } = goal;

    /// <summary>The URN by which it was found in the state, where that was another.</summary>
    public Urn? FormerUrn { get; set; }

    /// <summary>The last step of it; null before it is done.</summary>
    public Step? Step { get; set; }

    /// <summary>Its entry in the state; null before it is done, or when it has none.</summary>
    public ResourceEntry? Entry { get; set; }

    /// <summary>It is being replaced.</summary>
    public bool IsReplaced { get; set; }

    /// <summary>It is new but no target, so it was left out.</summary>
    public bool IsSkippedCreate { get; set; }

    /// <summary>It failed, or was skipped because something that it depends on did.</summary>
    public bool IsMissing { get; set; }

    /// <summary>The resource as it is now; null before its step is done.</summary>
    public ResourceState? State
    {
        get => Volatile.Read(ref _state);
        set => Volatile.Write(ref _state, value);
    }

    /// <summary>Notes that its outputs are set; false when they were before.</summary>
    public bool TrySetOutputs() => Interlocked.Exchange(ref _outputsSet, 1) == 0;
}
