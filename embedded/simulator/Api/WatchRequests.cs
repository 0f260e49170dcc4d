using FogInfra.Embedded.Simulator.Errors;
using FogInfra.Embedded.Simulator.Objects;
using FogInfra.Embedded.Simulator.Storage;
using FogInfra.Embedded.Simulator.Values;
using Microsoft.AspNetCore.Http;

namespace FogInfra.Embedded.Simulator.Api;

/// <summary>Answers watches: a stream of changes, one JSON document a line.</summary>
internal sealed class WatchRequests(ObjectStore store, TimeProvider time)
{
    private const long LongestSeconds = 45 * 60; // Real servers end watches after 30 to 60 minutes, so that clients spread over them.
    private const string InitialEventsEnd = "k8s.io/initial-events-end";

    private static readonly TimeSpan BookmarkInterval = TimeSpan.FromMinutes(1);

    /// <summary>Streams the changes of what the path and query select.</summary>
    public async Task WatchAsync(HttpContext context, RequestPath path, CancellationToken cancellationToken)
    {
        var (request, kind) = (context.Request, path.Kind);
        var filter = path.Name is null ? request.Filter(path) : throw ApiErrors.MethodNotAllowed();
        var stream = new EventStream(context, kind, filter, AnswerForms.Accepted(request), time);
        var since = request.Number("resourceVersion") ?? 0;
        var sendInitial = request.IsSet("sendInitialEvents");
        if (sendInitial && request.Parameter("resourceVersionMatch") != "NotOlderThan")
        {
            throw ApiErrors.BadRequest("resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
        }
        var fromStart = sendInitial || (since == 0 && request.Parameter("sendInitialEvents") != "false");
        var current = store.Revision;
        if (since > current) throw ApiErrors.TooLargeVersion(since, current);

        context.Response.ContentType = "application/json";
        if (fromStart)
        {
            var (objects, revision, watch) = store.ReadAndWatch(kind.Resource);
            using (watch)
            {
                foreach (var stored in filter.Namespace.Length > 0 ? objects.In(filter.Namespace) : objects.All) stream.Add(new ObjectChange(ChangeType.Added, stored, null));
                if (sendInitial) stream.AddBookmark(revision, JsonMap.Of((InitialEventsEnd, "true")));
                await FollowAsync(request, stream, watch, cancellationToken).ConfigureAwait(false);
            }
            return;
        }
        using var changes = since == 0 ? store.ReadAndWatch(kind.Resource).Watch : store.Watch(kind.Resource, since);
        if (changes is null)
        {
            stream.AddError(ApiErrors.Expired($"too old resource version: {since} ({current})"));
            await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
            return;
        }
        foreach (var change in changes.Missed) stream.Add(change);
        await FollowAsync(request, stream, changes, cancellationToken).ConfigureAwait(false);
    }

    private async Task FollowAsync(HttpRequest request, EventStream stream, ObjectWatch watch, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(request.Number("timeoutSeconds") ?? LongestSeconds), time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var sendsBookmarks = request.IsSet("allowWatchBookmarks");
        try
        {
            await stream.FlushAsync(ending.Token).ConfigureAwait(false);
            while (await WaitAsync(watch, ending.Token).ConfigureAwait(false) is { } hasChanges)
            {
                var revision = store.Revision; // Before the pending changes are read, so that a bookmark never claims more than was sent.
                while (watch.Changes.TryRead(out var change)) stream.Add(change);
                if (!hasChanges && sendsBookmarks) stream.AddBookmark(revision, annotations: null);
                await stream.FlushAsync(ending.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The client has gone, the time is up or the server stops: a watch has no other end.
        }
    }

    // True when there are changes, false when it is time for a bookmark, null when the watch has ended.
    private async Task<bool?> WaitAsync(ObjectWatch watch, CancellationToken cancellationToken)
    {
        using var interval = new CancellationTokenSource(BookmarkInterval, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(interval.Token, cancellationToken);
        try
        {
            return await watch.Changes.WaitToReadAsync(either.Token).ConfigureAwait(false) ? true : null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
