using FogInfra.Embedded.Kubernetes.Client;
using FogInfra.Embedded.Kubernetes.Feeds;
using FogInfra.Tests.Kubernetes.Support;

namespace FogInfra.Tests.Kubernetes.Client;

public sealed class FeedTests : ScriptedServerTest
{
    private const string Path = "/api/v1/namespaces/apps/pods";
    private static readonly FeedKey Pods = new(ResourceCatalog.KnownResource("v1", "Pod")!, "apps", ObjectSelection.All);

    private KubernetesClient _client = null!;
    private FeedHub _hub = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _client = Server.Client();
        _hub = new FeedHub(_client, TimeProvider.System);
    }

    public override async ValueTask DisposeAsync()
    {
        _hub.Dispose();
        _client.Dispose();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Feed_ListsAndThenFollows()
    {
        var watch = new WatchScript();
        Server.On($"GET {Path}", List("10", Pod("a", 1), Pod("b", 2))).On($"WATCH {Path}", watch.AnswerAsync);
        var (feed, changed) = Subscribe();
        await UntilAsync(changed, () => feed.State.Objects.Count == 2);
        watch.Send("ADDED", Pod("c", 11)).Send("DELETED", Pod("a", 12)).Send("MODIFIED", Pod("b", 13));
        await UntilAsync(changed, () => feed.State.Find("apps", "b")?.ResourceVersion == "13");
        Assert.Equal(["b", "c"], feed.State.Objects.Values.Select(pod => pod.Name).Order());
        Assert.Equal("10", Watches().Single().Query["resourceVersion"]);
    }

    [Fact]
    public async Task Feed_ConnectionEnds_GoesOnFromTheLastVersion()
    {
        var second = new WatchScript();
        Server.On($"GET {Path}", List("10"))
            .On($"WATCH {Path}", new WatchScript().Send("ADDED", Pod("a", 11)).Send("BOOKMARK", """{"metadata":{"resourceVersion":"20"}}""").End().AnswerAsync)
            .On($"WATCH {Path}", second.Send("ADDED", Pod("b", 21)).AnswerAsync);
        var (feed, changed) = Subscribe();
        await UntilAsync(changed, () => feed.State.Objects.Count == 2);
        Assert.Equal(["10", "20"], Watches().Select(request => request.Query["resourceVersion"].ToString()));
        Assert.Equal(1, Server.Seen.Count(request => request.Path == Path && !request.Query.ContainsKey("watch")));
    }

    [Fact]
    public async Task Feed_VersionTooOld_ListsAnewAndForgetsWhatIsGone()
    {
        Server.On($"GET {Path}", List("10", Pod("old", 1))).On($"GET {Path}", List("30", Pod("new", 29)))
            .On($"WATCH {Path}", new WatchScript().Send("ERROR", ScriptedServer.Status(410, "Expired", "too old")).AnswerAsync)
            .On($"WATCH {Path}", new WatchScript().AnswerAsync);
        var (feed, changed) = Subscribe();
        await UntilAsync(changed, () => feed.State.Find("apps", "new") is not null);
        Assert.Null(feed.State.Find("apps", "old"));
        await UntilAsync(changed, () => Watches().Count == 2);
        Assert.Equal("30", Watches()[1].Query["resourceVersion"]);
    }

    [Fact]
    public async Task Feed_Gone_AsHttpStatus_ListsAnewToo()
    {
        Server.On($"GET {Path}", List("10")).On($"GET {Path}", List("30", Pod("new", 29)))
            .Refuse($"WATCH {Path}", 410, "Gone").On($"WATCH {Path}", new WatchScript().AnswerAsync);
        var (feed, changed) = Subscribe();
        await UntilAsync(changed, () => feed.State.Find("apps", "new") is not null);
    }

    [Fact]
    public async Task Feed_Forbidden_EndsAndSaysWhy()
    {
        Server.Refuse($"GET {Path}", 403, "Forbidden", "you may not list pods");
        var (feed, changed) = Subscribe();
        await UntilAsync(changed, () => feed.State.Fault is not null);
        Assert.Equal("you may not list pods", feed.State.Fault!.Message);
    }

    [Fact]
    public async Task Feed_ServerFails_KeepsWhatIsKnownAndTriesAgain()
    {
        Server.On($"GET {Path}", List("10", Pod("a", 1)));
        for (var i = 0; i <= ScriptedServer.Quick.Retries; i++)
        {
            Server.Refuse($"WATCH {Path}", 503, "ServiceUnavailable", "the server is down");
        }

        Server.On($"WATCH {Path}", new WatchScript().Send("ADDED", Pod("b", 11)).AnswerAsync);
        var (feed, changed) = Subscribe();
        await UntilAsync(changed, () => feed.State.Interruption is not null);
        Assert.NotNull(feed.State.Find("apps", "a"));
        await UntilAsync(changed, () => feed.State.Objects.Count == 2);
        Assert.Null(feed.State.Interruption);
    }

    [Fact]
    public async Task Hub_ManyListeners_ShareOneListAndOneWatch()
    {
        var watch = new WatchScript();
        Server.On($"GET {Path}", List("10", Pod("a", 1))).On($"WATCH {Path}", watch.AnswerAsync);
        var listeners = Enumerable.Range(0, 20).Select(_ => Subscribe()).ToList();
        foreach (var (feed, changed) in listeners)
        {
            await UntilAsync(changed, () => feed.State.Objects.Count == 1);
        }

        watch.Send("ADDED", Pod("b", 11));
        foreach (var (feed, changed) in listeners)
        {
            await UntilAsync(changed, () => feed.State.Objects.Count == 2);
        }

        Assert.Equal(2, Server.Seen.Count);
    }

    [Fact]
    public async Task Hub_ListenerForOneObject_IsNotToldOfOthers()
    {
        var watch = new WatchScript();
        Server.On($"GET {Path}", List("10")).On($"WATCH {Path}", watch.AnswerAsync);
        var (all, anything) = Subscribe();
        var mine = new ChangeSignal();
        using var feed = _hub.Subscribe(Pods, "mine", mine);
        await UntilAsync(anything, () => all.State.IsListed);
        watch.Send("ADDED", Pod("other", 11)).Send("ADDED", Pod("mine", 12));
        await UntilAsync(anything, () => all.State.Objects.Count == 2);
        await UntilAsync(mine, () => feed.State.Find("apps", "mine") is not null);
    }

    [Fact]
    public async Task Hub_LastListenerLeaves_EndsTheWatch()
    {
        var ended = new TaskCompletionSource();
        Server.On($"GET {Path}", List("10")).On($"WATCH {Path}", async (context, _) =>
        {
            context.RequestAborted.Register(ended.SetResult);
            await new WatchScript().Send("ADDED", Pod("a", 11)).AnswerAsync(context, _);
        });
        var (feed, changed) = Subscribe();
        await UntilAsync(changed, () => feed.State.Objects.Count == 1);
        feed.Dispose();
        await ended.Task.WaitAsync(Token);
    }

    private (FeedSubscription Feed, ChangeSignal Changed) Subscribe()
    {
        var changed = new ChangeSignal();
        return (_hub.Subscribe(Pods, null, changed), changed);
    }

    private List<SeenRequest> Watches() => [.. Server.Seen.Where(request => request.Query.ContainsKey("watch"))];

    private static async Task UntilAsync(ChangeSignal changed, Func<bool> holds)
    {
        while (!holds())
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
            limit.CancelAfter(20); // Not every step of a feed is told; requests, for example, are not.
            try
            {
                await changed.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException) when (!Token.IsCancellationRequested)
            {
                // Look again.
            }
        }
    }

    private static string Pod(string name, int version) => $$$"""{"metadata":{"name":"{{{name}}}","namespace":"apps","resourceVersion":"{{{version}}}"}}""";

    private static string List(string version, params string[] items) =>
        $$"""{"metadata":{"resourceVersion":"{{version}}"},"items":[{{string.Join(',', items)}}]}""";
}
