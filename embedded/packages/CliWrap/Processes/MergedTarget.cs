using System.IO.Pipelines;

namespace CliWrap.Processes;

/// <summary>Gives all output to each target. The slowest sets the pace; one that fails stops all; one that stops reading is left out.</summary>
internal sealed class MergedTarget(IReadOnlyList<PipeTarget> targets) : PipeTarget
{
    public IReadOnlyList<PipeTarget> Targets { get; } = targets;

    public override async Task CopyFromAsync(Stream origin, CancellationToken cancellationToken = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var branches = Targets.Select(_ => new Pipe()).ToArray();
        var reading = Task.WhenAll(Targets.Zip(branches, (target, branch) => ReadAsync(target, branch.Reader, stop)));
        try
        {
            await DistributeAsync(origin, branches, stop.Token).ConfigureAwait(false);
        }
        finally
        {
            foreach (var branch in branches)
            {
                await branch.Writer.CompleteAsync().ConfigureAwait(false);
            }

            // A target's own failure is what the caller shall see, not the cancellation that it led to.
            await reading.ConfigureAwait(false);
        }
    }

    private static async Task DistributeAsync(Stream origin, Pipe[] branches, CancellationToken stop)
    {
        var buffer = new byte[StreamCopy.BufferSize];
        while (await origin.ReadAsync(buffer, stop).ConfigureAwait(false) is > 0 and var count)
        {
            foreach (var branch in branches)
            {
                await branch.Writer.WriteAsync(buffer.AsMemory(0, count), stop).ConfigureAwait(false);
            }
        }
    }

    private static async Task ReadAsync(PipeTarget target, PipeReader reader, CancellationTokenSource stop)
    {
        try
        {
            await target.CopyFromAsync(reader.AsStream(leaveOpen: true), stop.Token).ConfigureAwait(false);
        }
        catch
        {
            await stop.CancelAsync().ConfigureAwait(false);
            throw;
        }
        finally
        {
            await reader.CompleteAsync().ConfigureAwait(false);
        }
    }
}
