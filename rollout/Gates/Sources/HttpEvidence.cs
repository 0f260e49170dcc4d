using System.Collections.Immutable;
using FogInfra.Model;

namespace FogInfra.Rollout.Gates;

/// <summary>Evidence from what an address answers. An address that cannot be reached says nothing about the workload: that is undecided.</summary>
internal sealed class HttpEvidence(HttpClient client) : IEvidenceSource
{
    private const int MostOfABody = 64 * 1024;

    /// <inheritdoc/>
    public bool Handles(Gate gate) => gate is Gate.Http;

    /// <inheritdoc/>
    public async Task<ImmutableArray<Evidence>> CollectAsync(EvidenceRequest request, CancellationToken cancellationToken)
    {
        var gate = (Gate.Http)request.Gate;
        if (GateText.IsOfEach(gate.Address))
        {
            return await request.ForEachAsync(
                async (subject, cancellation) =>
                {
                    var address = GateText.For(gate.Address, subject, Uri.EscapeDataString);
                    var (verdict, value) = await AskAsync(gate, address, cancellation).ConfigureAwait(false);
                    return request.About(subject, verdict, value, address);
                },
                cancellationToken).ConfigureAwait(false);
        }

        var (whole, answer) = await AskAsync(gate, gate.Address, cancellationToken).ConfigureAwait(false);
        return [request.AboutRing(whole, answer, gate.Address)];
    }

    private async Task<(Verdict Verdict, string Value)> AskAsync(Gate.Http gate, string address, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri(address), HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            var status = (int)answer.StatusCode;
            if (status != gate.Status)
            {
                return (Verdict.Failed, $"status {status}, expected {gate.Status}");
            }

            return gate.Contains is not { } text || (await BeginningAsync(answer, cancellationToken).ConfigureAwait(false)).Contains(text, StringComparison.Ordinal)
                ? (Verdict.Passed, $"status {status}")
                : (Verdict.Failed, $"status {status}, without '{text}' in the body");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return (Verdict.Inconclusive, $"no answer: {exception.Message}");
        }
    }

    private static async Task<string> BeginningAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var body = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = body.ConfigureAwait(false);
        var buffer = new byte[MostOfABody];
        var length = await body.ReadAtLeastAsync(buffer, MostOfABody, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return System.Text.Encoding.UTF8.GetString(buffer, 0, length);
    }
}

/// <summary>Texts of gates in which names of clusters are put.</summary>
internal static class GateText
{
    private static readonly string[] Places = ["{cluster}", "{site}", "{layer}", "{application}"];

    /// <summary>Whether a text is another one for each stack.</summary>
    public static bool IsOfEach(string text) => Places.Any(place => text.Contains(place, StringComparison.Ordinal));

    /// <summary>The text for a stack.</summary>
    public static string For(string text, GateSubject subject, Func<string, string> escape) => text
        .Replace(Places[0], escape(subject.Step.Cluster.Name), StringComparison.Ordinal)
        .Replace(Places[1], escape(subject.Step.Cluster.Site ?? ""), StringComparison.Ordinal)
        .Replace(Places[2], escape(subject.Step.Cluster.Layer.Name()), StringComparison.Ordinal)
        .Replace(Places[3], escape(subject.Step.Stack.Application), StringComparison.Ordinal);
}
