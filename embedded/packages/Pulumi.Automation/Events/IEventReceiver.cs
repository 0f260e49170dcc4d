using Semver;

namespace Pulumi.Automation.Events;

/// <summary>Receives the events of one command while it runs.</summary>
internal interface IEventReceiver : IAsyncDisposable
{
    /// <summary>What the command is told to write events to.</summary>
    string Location { get; }

    /// <summary>Call it when the command has ended: receives what is left, and then no more.</summary>
    Task CompleteAsync();
}

/// <summary>Chooses between the ways in which <c>pulumi</c> tells of events.</summary>
internal static class EventReceiver
{
    // Up to this version pulumi writes events to a file only; above, it also takes the address of a gRPC server.
    private static readonly SemVersion NewestWithFileOnly = new(3, 205, 0);

    /// <param name="version">The version of <c>pulumi</c>, if it is known.</param>
    /// <param name="sink">Where the events go.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<IEventReceiver> StartAsync(SemVersion? version, EventSink sink, CancellationToken cancellationToken) =>
        version?.ComparePrecedenceTo(NewestWithFileOnly) > 0
            ? await EventServer.StartAsync(sink, cancellationToken).ConfigureAwait(false)
            : new EventFile(sink, TimeProvider.System);
}
