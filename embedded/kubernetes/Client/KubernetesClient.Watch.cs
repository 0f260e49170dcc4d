using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace FogInfra.Embedded.Kubernetes.Client;

/// <summary>What a watch tells.</summary>
public enum WatchEventType
{
    /// <summary>An object is there that was not.</summary>
    Added,

    /// <summary>An object has changed.</summary>
    Modified,

    /// <summary>An object is gone.</summary>
    Deleted,

    /// <summary>Nothing happened up to this version.</summary>
    Bookmark,
}

/// <summary>One event of a watch.</summary>
/// <param name="Type">What happened.</param>
/// <param name="Object">The object; of a bookmark only its version means anything.</param>
public sealed record WatchEvent(WatchEventType Type, KubeObject Object);

/// <content>Watches.</content>
public sealed partial class KubernetesClient
{
    /// <summary>
    /// Watches objects over one connection, from a version on. The sequence ends when the server ends the connection, as it does every few
    /// minutes; an <see cref="ApiException"/> that <see cref="ApiException.IsExpired"/> asks for a new list. For a watch that goes on by
    /// itself use <see cref="Feeds.FeedHub"/>.
    /// </summary>
    public async IAsyncEnumerable<WatchEvent> WatchAsync(
        ApiResource resource, string? @namespace, ObjectSelection selection, string resourceVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var query = Query(
            ("watch", "true"),
            ("allowWatchBookmarks", "true"),
            ("resourceVersion", resourceVersion),
            ("timeoutSeconds", $"{(int)_options.WatchDuration.TotalSeconds}"),
            ("labelSelector", selection.Labels),
            ("fieldSelector", selection.Fields));
        // The server keeps the time; a connection that is open much longer is dead.
        using var limit = new CancellationTokenSource(_options.WatchDuration + _options.RequestTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var request = new ApiRequest(HttpMethod.Get, resource.Path(@namespace) + query);
        using var response = await _sender.OpenAsync(request, either.Token).ConfigureAwait(false);
        var reader = PipeReader.Create(await response.Content.ReadAsStreamAsync(either.Token).ConfigureAwait(false));
        await using var _ = new AsyncDisposable(reader.CompleteAsync).ConfigureAwait(false);
        while (true)
        {
            var (lines, ended) = await ReadLinesAsync(reader, either.Token, cancellationToken).ConfigureAwait(false);
            foreach (var line in lines)
            {
                if (ReadEvent(line) is { } item)
                {
                    yield return item;
                }
            }

            if (ended)
            {
                yield break;
            }
        }
    }

    // A connection that breaks ends the watch as the server's own end does: the caller goes on from the last version in both cases.
    private static async Task<(List<JsonElement> Lines, bool Ended)> ReadLinesAsync(
        PipeReader reader, CancellationToken either, CancellationToken callers)
    {
        var lines = new List<JsonElement>();
        try
        {
            var result = await reader.ReadAsync(either).ConfigureAwait(false);
            var buffer = result.Buffer;
            while (buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = buffer.Slice(0, end);
                if (line.Length > 0)
                {
                    lines.Add(Parse(line));
                }

                buffer = buffer.Slice(buffer.GetPosition(1, end));
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
            return (lines, result.IsCompleted);
        }
        catch (Exception error) when (error is IOException or HttpRequestException or JsonException
            || (error is OperationCanceledException && !callers.IsCancellationRequested))
        {
            return (lines, true);
        }
    }

    private static JsonElement Parse(in ReadOnlySequence<byte> line) =>
        KubeObject.Parse(line.IsSingleSegment ? line.FirstSpan : line.ToArray()).Json;

    private static WatchEvent? ReadEvent(JsonElement json)
    {
        var item = KubeObject.Child(json, "object");
        return KubeObject.TextOf(json, "type") switch
        {
            "ADDED" => new WatchEvent(WatchEventType.Added, new KubeObject(item)),
            "MODIFIED" => new WatchEvent(WatchEventType.Modified, new KubeObject(item)),
            "DELETED" => new WatchEvent(WatchEventType.Deleted, new KubeObject(item)),
            "BOOKMARK" => new WatchEvent(WatchEventType.Bookmark, new KubeObject(item)),
            "ERROR" => throw ApiException.Read(item),
            _ => null, // A type of a later version; it cannot matter to who does not know it.
        };
    }

    private sealed class AsyncDisposable(Func<Exception?, ValueTask> dispose) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => dispose(null);
    }
}
