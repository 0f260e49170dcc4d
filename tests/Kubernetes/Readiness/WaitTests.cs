using System.Collections.Concurrent;
using FogInfra.Embedded.Kubernetes.Client;
using FogInfra.Embedded.Kubernetes.Feeds;
using FogInfra.Embedded.Kubernetes.Readiness;
using FogInfra.Embedded.Kubernetes.Readiness.Rules;
using FogInfra.Tests.Kubernetes.Support;

namespace FogInfra.Tests.Kubernetes.Readiness;

public sealed class WaitTests : ScriptedServerTest
{
    private const string Pods = "/api/v1/namespaces/apps/pods";
    private const string Events = "/api/v1/namespaces/apps/events";
    private static readonly ApiResource Pod = ResourceCatalog.KnownResource("v1", "Pod")!;

    private readonly ReadinessOptions _options = new()
    {
        Unschedulable = TimeSpan.FromMilliseconds(50), ImageRefused = TimeSpan.FromMilliseconds(50), ImageNotPulled = TimeSpan.FromMinutes(5),
        Questions = TimeSpan.FromMilliseconds(50), VolumeRefused = TimeSpan.FromMilliseconds(50),
    };

    private readonly ConcurrentQueue<string> _told = new();
    private KubernetesClient _client = null!;
    private FeedHub _feeds = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _client = Server.Client();
        _feeds = new FeedHub(_client, TimeProvider.System);
        Server.On($"WATCH {Pods}", new WatchScript().AnswerAsync);
    }

    public override async ValueTask DisposeAsync()
    {
        _feeds.Dispose();
        _client.Dispose();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task CrashLoop_IsToldWithTheLastLinesOfTheLog()
    {
        var pod = Support.Pods.Crashing("web-1", "o", restarts: 3);
        Server.On($"GET {Pods}", List(pod)).On($"GET {Pods}/web-1/log", "starting\npanic: no database\n");
        var result = await WaitAsync(pod);
        Assert.Equal(
            [
                "pod web-1, container web: CrashLoopBackOff: exit code 137 (OOMKilled): out of memory; restarted 3 times",
                "pod web-1, container web, log: starting",
                "pod web-1, container web, log: panic: no database",
            ],
            result.Reasons);
        var query = Server.Seen.Single(request => request.Path.EndsWith("/log", StringComparison.Ordinal)).Query;
        Assert.Equal(("web", "true", "5"), (query["container"].ToString(), query["previous"].ToString(), query["tailLines"].ToString()));
    }

    [Fact]
    public async Task CrashLoop_WithoutALogToBeHad_IsToldAllTheSame()
    {
        var pod = Support.Pods.Crashing("web-1", "o", restarts: 3);
        Server.On($"GET {Pods}", List(pod)).Refuse($"GET {Pods}/web-1/log", 500, "InternalError", "the node does not answer");
        Assert.Single((await WaitAsync(pod)).Reasons);
    }

    [Fact]
    public async Task BackOffThatDoesNotSayWhy_IsExplainedByTheEventOfThePod()
    {
        var pod = Support.Pods.Waiting("web-1", "o", "ImagePullBackOff", "Back-off pulling image");
        Server.On($"GET {Pods}", List(pod)).On($"GET {Events}", """
            {"metadata":{"resourceVersion":"1"},"items":[
              {"reason":"BackOff","message":"Back-off pulling image","lastTimestamp":"2026-01-01T00:00:02Z"},
              {"reason":"Failed","message":"Failed to pull image web:9: manifest unknown","lastTimestamp":"2026-01-01T00:00:01Z"}]}
            """);
        var result = await WaitAsync(pod);
        Assert.Equal(["pod web-1, container web: ImagePullBackOff: Failed to pull image web:9: manifest unknown"], result.Reasons);
        Assert.Equal("involvedObject.uid=uid-web-1", Server.Seen.First(request => request.Path == Events).Query["fieldSelector"]);
    }

    [Fact]
    public async Task NoNode_WhileAnAutoscalerAddsOne_IsWaitedForUntilTimeIsUp()
    {
        var pod = Support.Pods.Unschedulable("web-1", "o", "0/1 nodes are available: 1 Insufficient cpu.");
        Server.On($"GET {Pods}", List(pod)).On($"GET {Events}", """{"metadata":{},"items":[{"reason":"TriggeredScaleUp","message":"pod triggered scale-up"}]}""");
        var result = await WaitAsync(pod, TimeSpan.FromMilliseconds(400));
        Assert.StartsWith("not ready after 0.4s", result.Message);
    }

    [Fact]
    public async Task NoNode_WithoutAnAutoscaler_EndsTheWait()
    {
        var pod = Support.Pods.Unschedulable("web-1", "o", "0/1 nodes are available: 1 Insufficient cpu.");
        Server.On($"GET {Pods}", List(pod)).On($"GET {Events}", """{"metadata":{},"items":[]}""");
        var result = await WaitAsync(pod);
        Assert.Equal("pod web-1: Unschedulable: 0/1 nodes are available: 1 Insufficient cpu. (waiting for a node)", result.Message);
    }

    [Fact]
    public async Task ProbeThatFails_IsNamedWhenTimeIsUp()
    {
        var pod = Support.Pods.Of("web-1", "o", """{"phase":"Running","conditions":[{"type":"PodScheduled","status":"True"}],"containerStatuses":[{"name":"web","ready":false,"state":{"running":{}}}]}""");
        Server.On($"GET {Pods}", List(pod)).On($"GET {Events}", """{"metadata":{},"items":[{"reason":"Unhealthy","message":"Readiness probe failed: HTTP 503"}]}""");
        var result = await WaitAsync(pod, TimeSpan.FromMilliseconds(200));
        Assert.Equal(["pod web-1, container web: NotReady: Readiness probe failed: HTTP 503"], result.Reasons);
    }

    [Fact]
    public async Task ProbeThatFails_IsToldWhileTheWaitGoesOn()
    {
        var pod = Support.Pods.Of("web-1", "o", """{"phase":"Running","conditions":[{"type":"PodScheduled","status":"True"}],"containerStatuses":[{"name":"web","ready":false,"state":{"running":{}}}]}""");
        Server.On($"GET {Pods}", List(pod)).On($"GET {Events}", """{"metadata":{},"items":[{"reason":"Unhealthy","message":"Readiness probe failed: HTTP 503"}]}""");
        await WaitAsync(pod, TimeSpan.FromMilliseconds(400));
        Assert.Contains("waiting for its containers to be ready; pod web-1, container web: NotReady: Readiness probe failed: HTTP 503", _told);
    }

    [Fact]
    public async Task VolumeThatItsProvisionerRefuses_EndsTheWaitWithItsWords()
    {
        const string Claims = "/api/v1/namespaces/apps/persistentvolumeclaims";
        var claim = Json.Object("""{"metadata":{"name":"c","namespace":"apps","uid":"u"},"spec":{"storageClassName":"fast"},"status":{"phase":"Pending"}}""");
        Server.On($"GET {Claims}", List(claim)).On($"WATCH {Claims}", new WatchScript().AnswerAsync)
            .On("GET /apis/storage.k8s.io/v1/storageclasses", """{"metadata":{},"items":[]}""").On("WATCH /apis/storage.k8s.io/v1/storageclasses", new WatchScript().AnswerAsync)
            .On($"GET {Events}", """{"metadata":{},"items":[{"reason":"ProvisioningFailed","message":"no storage class fast"}]}""");
        var request = new WaitRequest(ResourceCatalog.KnownResource("v1", "PersistentVolumeClaim")!, claim, new ClaimRule(), IsNew: true, TimeSpan.FromMinutes(1), _told.Enqueue);
        var result = await new ReadinessWaiter(_client, _feeds, _options, TimeProvider.System).WaitAsync(request, Token);
        Assert.Equal(["claim c: NoVolume: no storage class fast"], result.Reasons);
    }

    [Fact]
    public async Task KindThatMayNotBeWatched_SaysHowToGoWithoutWaiting()
    {
        Server.Refuse($"GET {Pods}", 403, "Forbidden", "you may not list pods.");
        var result = await WaitAsync(Support.Pods.Of("web-1", "o", "{}"));
        Assert.Equal("it cannot be watched: you may not list pods. To go without waiting, set the annotation pulumi.com/skipAwait: \"true\"", result.Message);
    }

    [Fact]
    public async Task ClusterThatIsNotHeardOf_IsToldAndWaitedFor()
    {
        var pod = Support.Pods.Of("web-1", "o", """{"phase":"Pending"}""");
        var ready = Support.Pods.Of("web-1", "o", """{"phase":"Running","conditions":[{"type":"Ready","status":"True"}]}""");
        for (var i = 0; i <= ScriptedServer.Quick.Retries; i++)
        {
            Server.Refuse($"GET {Pods}", 503, "ServiceUnavailable", "the server is starting");
        }

        Server.On($"GET {Pods}", List(ready));
        Assert.True((await WaitAsync(pod)).IsReady);
        Assert.Contains("waiting for a node (nothing is heard of the cluster: the server is starting)", _told);
    }

    [Fact]
    public async Task ManyPodsWithTheSameTrouble_AreSummedUp()
    {
        var rule = new CrowdRule(Enumerable.Range(0, 9).Select(i => new Problem($"{i}", $"pod {i}", "Broken", "") { Tolerance = TimeSpan.Zero }));
        Server.On($"GET {Pods}", """{"metadata":{},"items":[]}""");
        var pod = Support.Pods.Of("web-1", "o", "{}");
        var request = new WaitRequest(Pod, pod, rule, IsNew: true, TimeSpan.FromMinutes(1), _told.Enqueue);
        var result = await new ReadinessWaiter(_client, _feeds, _options, TimeProvider.System).WaitAsync(request, Token);
        Assert.Equal(_options.MostReasons + 1, result.Reasons.Length);
        Assert.Equal("and 4 more like these", result.Reasons.Last());
    }

    private Task<WaitResult> WaitAsync(KubeObject pod, TimeSpan? timeout = null) =>
        new ReadinessWaiter(_client, _feeds, _options, TimeProvider.System).WaitAsync(
            new WaitRequest(Pod, pod, new PodRule(), IsNew: true, timeout ?? TimeSpan.FromMinutes(1), _told.Enqueue), Token);

    private static string List(KubeObject item) => $$"""{"metadata":{"resourceVersion":"1"},"items":[{{item.Json.GetRawText()}}]}""";

    private sealed class CrowdRule(IEnumerable<Problem> problems) : IReadinessRule
    {
        public Verdict Judge(Observation seen) => Verdict.Waiting("waiting", problems);
    }
}
