namespace FogInfra.Embedded.Engine.State;

/// <summary>Where a run keeps its state: whole checkpoints, and between them a journal of changes, so that saving costs no more than what changed.</summary>
internal interface IStateStore
{
    /// <summary>Writes the whole state and begins an empty journal.</summary>
    /// <param name="takeSnapshot">Gives the state; told whether the checkpoint already holds all that was written, in which case it
    /// may give null.</param>
    Task WriteCheckpointAsync(Func<bool, Snapshot?> takeSnapshot);

    /// <summary>Adds changes to the journal. When this is done, the end of the process does not take them away again.</summary>
    /// <param name="image">The state that the changes were made to.</param>
    /// <param name="changes">The changes, in order; those of one array are kept all or none.</param>
    Task AppendAsync(StateImage image, IReadOnlyList<StateChange[]> changes);

    /// <summary>
    /// Brings all that was added to the journal to the disk itself, so that the end of the machine does not take it away either. May be
    /// called while changes are added; those may be on the disk then or not.
    /// </summary>
    Task SyncAsync();

    /// <summary>The journal has grown so that a whole checkpoint is due.</summary>
    bool IsCheckpointDue { get; }

    /// <summary>What a checkpoint says of who wrote it.</summary>
    Manifest CreateManifest();

    /// <summary>How the store encrypts secrets.</summary>
    SecretsProviderState Secrets { get; }
}
