using System.Collections.Immutable;
using System.Reflection;
using FogInfra.Embedded.Protocol.Rpc;

namespace Pulumi;

/// <summary>Runs a program to its end, and tells the engine when it fails.</summary>
internal static class ProgramRunner
{
    /// <summary>Runs a program.</summary>
    /// <param name="program">The program.</param>
    /// <param name="start">Makes the stack; what it makes goes on by itself.</param>
    /// <param name="cancellationToken">Ends the program without waiting for what is under way.</param>
    public static async Task<ProgramResult> RunAsync(ProgramRun program, Action start, CancellationToken cancellationToken)
    {
        var failures = await RunToEndAsync(program, start, cancellationToken).ConfigureAwait(false);
        var isReported = false;
        foreach (var failure in failures)
        {
            isReported |= await ReportAsync(program, failure, cancellationToken).ConfigureAwait(false);
        }

        await program.Log.CloseAsync().ConfigureAwait(false);
        return new ProgramResult(failures, isReported, program.Log.HasErrors);
    }

    private static async Task<ImmutableArray<Exception>> RunToEndAsync(
        ProgramRun program, Action start, CancellationToken cancellationToken)
    {
        try
        {
            start();
            var failures = await program.Work.WhenIdleOrFailedAsync(cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested(); // Then it is why something failed.
            if (failures.IsEmpty && !program.Log.HasErrors)
            {
                await program.Monitor.SignalAndWaitForShutdownAsync().ConfigureAwait(false);
            }

            return failures;
        }
#pragma warning disable CA1031 // Whatever a program throws is how it fails, and is reported.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return [exception];
        }
    }

    /// <summary>Tells the engine of a failure.</summary>
    /// <returns>Whether the engine knows of it.</returns>
    private static async Task<bool> ReportAsync(ProgramRun program, Exception failure, CancellationToken cancellationToken)
    {
        if (IsEngineGone(program, failure) || (failure is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            return true; // It is the engine that ended the program, and it knows why.
        }

        if (failure is not LogException)
        {
            try
            {
                var resource = (failure as ResourceException)?.Resource;
                await program.Log.WriteAsync(Wire.LogSeverity.Error, Describe(failure), resource).ConfigureAwait(false);
                return true;
            }
            catch (LogException)
            {
                // Told below, like every other failure of which the engine does not want to hear.
            }
        }

        await Console.Error.WriteLineAsync($"The engine takes no messages. The program failed with: {failure}").ConfigureAwait(false);
        return false;
    }

    // An engine that stops, because a step failed or somebody cancelled it, closes the monitor under the program.
    private static bool IsEngineGone(ProgramRun program, Exception failure) =>
        failure is RpcException { Code: RpcStatusCode.Unavailable or RpcStatusCode.Cancelled } && program.IsRegistered;

    private static string Describe(Exception failure) => failure switch
    {
        RunException => failure.Message,
        ResourceException { HideStack: true } => failure.Message,
        ResourceException => failure.ToString(),
        _ => $"Running program '{Assembly.GetEntryAssembly()?.Location}' failed with an unhandled exception:\n{failure}",
    };
}
