using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using FogInfra.Model;

namespace FogInfra.Rollout.Gates;

/// <summary>Evidence from a command's exit code. The command is told of the ring by <c>FOG_RING</c> and <c>FOG_CLUSTERS</c>.</summary>
/// <param name="folder">Where it is run.</param>
internal sealed class CommandEvidence(string folder) : IEvidenceSource
{
    /// <summary>EX_TEMPFAIL of sysexits.h: it cannot be said now.</summary>
    private const int Undecided = 75;

    private const int MostOfALine = 200;

    /// <inheritdoc/>
    public bool Handles(Gate gate) => gate is Gate.LocalCommand;

    /// <inheritdoc/>
    public async Task<ImmutableArray<Evidence>> CollectAsync(EvidenceRequest request, CancellationToken cancellationToken)
    {
        var arguments = ((Gate.LocalCommand)request.Gate).Arguments;
        var start = new ProcessStartInfo(arguments[0], arguments.Skip(1))
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["FOG_RING"] = request.Ring, ["FOG_CLUSTERS"] = string.Join(',', request.Clusters()) },
        };
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            return [request.AboutRing(Verdict.Inconclusive, $"it cannot be started: {exception.Message}", arguments[0])];
        }

        using (process)
        {
            process.StandardInput.Close();
            using var ending = cancellationToken.Register(() => process.Kill(entireProcessTree: true));
            var (output, error) = (process.StandardOutput.ReadToEndAsync(CancellationToken.None), process.StandardError.ReadToEndAsync(CancellationToken.None));
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            var verdict = process.ExitCode switch { 0 => Verdict.Passed, Undecided => Verdict.Inconclusive, _ => Verdict.Failed };
            var said = FirstLine(await output.ConfigureAwait(false)) ?? FirstLine(await error.ConfigureAwait(false));
            return [request.AboutRing(verdict, $"exit code {process.ExitCode}{(said is null ? "" : $": {said}")}", arguments[0])];
        }
    }

    private static string? FirstLine(string text) =>
        text.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0) is { } line ? line.Length > MostOfALine ? line[..MostOfALine] : line : null;
}
