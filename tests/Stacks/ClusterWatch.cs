using System.Text.Json.Nodes;

namespace FogInfra.Tests;

/// <summary>
/// What happens to the objects of a kind, in the cluster's order. A reader may be far behind the cluster, so a watch is never just ended: it is
/// read up to something that is known to come.
/// </summary>
public sealed class ClusterWatch : IDisposable
{
    // Only so that a test which waits for something that never comes says what it saw instead.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly HttpResponseMessage _response;
    private readonly StreamReader _reader;

    private ClusterWatch(HttpResponseMessage response, StreamReader reader) => (_response, _reader) = (response, reader);

    /// <summary>Starts a watch. It has begun when the server's headings are there.</summary>
    public static async Task<ClusterWatch> StartAsync(HttpClient http, Uri address, CancellationToken cancellationToken)
    {
        var response = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
        return new ClusterWatch(response, new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken)));
    }

    /// <summary>All that has happened, up to the first event with which a condition holds.</summary>
    public async Task<IReadOnlyList<JsonNode>> UntilAsync(Func<IReadOnlyList<JsonNode>, bool> complete)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        var events = new List<JsonNode>();
        try
        {
            while (!complete(events))
            {
                events.Add(JsonNode.Parse(await _reader.ReadLineAsync(patience.Token) ?? throw new InvalidOperationException("The cluster ended the watch."))!);
            }
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            Assert.Fail($"What was waited for has not come; seen: {string.Join(", ", events.Select(Name))}");
        }

        return events;
    }

    public void Dispose()
    {
        _reader.Dispose();
        _response.Dispose();
    }

    private static string Name(JsonNode happened) => $"{happened["type"]} {happened["object"]!["metadata"]!["name"]}";
}
