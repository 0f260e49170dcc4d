namespace FogInfra.Embedded.Engine.Deploying;

/// <summary>
/// Whether a run goes on. It stops for good when something fails, or when the user asks for it: then no new step begins and
/// running ones are awaited. A second wish of the user abandons these, too.
/// </summary>
internal sealed class RunControl : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenRegistration _cancellation;
    private int _failed;
    private int _corrupt;

    /// <summary>Starts.</summary>
    /// <param name="canceled">The user's first wish to stop.</param>
    /// <param name="abandoned">The user's second.</param>
    public RunControl(CancellationToken canceled, CancellationToken abandoned)
    {
        Canceled = canceled;
        Abandoned = abandoned;
        _cancellation = canceled.Register(_stopping.Cancel);
    }

    /// <summary>Cancelled when no new step may begin.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Cancelled by the user's first wish to stop.</summary>
    public CancellationToken Canceled { get; }

    /// <summary>Cancelled when running steps are not to be awaited either.</summary>
    public CancellationToken Abandoned { get; }

    /// <summary>Something has failed.</summary>
    public bool HasFailed => Volatile.Read(ref _failed) != 0;

    /// <summary>A step ended without its effect being known.</summary>
    public bool MaybeCorrupt => Volatile.Read(ref _corrupt) != 0;

    /// <summary>Notes a failure; the run ends badly.</summary>
    /// <param name="goOn">Steps that do not depend on it may still begin.</param>
    public void Fail(bool goOn)
    {
        Volatile.Write(ref _failed, 1);
        if (!goOn)
        {
            _stopping.Cancel();
        }
    }

    /// <summary>Notes that the effect of a step is not known.</summary>
    public void NoteCorruption() => Volatile.Write(ref _corrupt, 1);

    /// <inheritdoc/>
    public void Dispose()
    {
        _cancellation.Dispose();
        _stopping.Dispose();
    }
}
