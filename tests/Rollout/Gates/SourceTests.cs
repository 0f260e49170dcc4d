using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using FogInfra.Model;
using FogInfra.Rollout.Gates;

namespace FogInfra.Tests.Gates;

/// <summary>What each source makes of what it finds.</summary>
public sealed class SourceTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly AnsweringServer _server = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("fog-gates-").FullName;
    private readonly HttpClient _client = new();

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData(200, "all well", "Passed status 200")]
    [InlineData(200, "half well", "Failed status 200, without 'all' in the body")]
    [InlineData(500, "all broken", "Failed status 500, expected 200")]
    public async Task Http_IsAsExpectedOrNot(int status, string body, string expected)
    {
        _server.Answers = (_, _) => (status, body);

        Assert.Equal(expected, Text(Assert.Single(await Look(new HttpEvidence(_client), new Gate.Http($"{_server.Address}/health") { Contains = "all" }))));
    }

    [Fact]
    public async Task Http_OfEachCluster_IsEvidenceAboutEach()
    {
        _server.Answers = (_, path) => (path.EndsWith("e2", StringComparison.Ordinal) ? 503 : 200, "");

        var evidence = await Look(new HttpEvidence(_client), new Gate.Http($"{_server.Address}/{{layer}}/{{cluster}}"));

        Assert.Equal(["e1 Passed 3", "e2 Failed 3"], evidence.Select(found => $"{found.Stack!.Cluster} {found.Verdict} {found.Generation}"));
        Assert.Equal(["GET /edge/e1", "GET /edge/e2"], _server.Asked.Order());
    }

    [Fact]
    public async Task Http_NobodyThere_IsUndecided()
    {
        var address = _server.Address;
        _server.Dispose();

        Assert.StartsWith("Inconclusive no answer: ", Text(Assert.Single(await Look(new HttpEvidence(_client), new Gate.Http(address)))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.005", "Passed 0.005")]
    [InlineData("0.02", "Failed 0.02")]
    [InlineData("NaN", "Inconclusive not a number")]
    [InlineData("+Inf", "Failed Infinity")]
    public async Task Metric_KeepsTheBoundOrNot(string value, string expected)
    {
        _server.Answers = (_, _) => (200, Vector(value));

        Assert.Equal(expected, Text(Assert.Single(await Look(new MetricEvidence(_client), Errors))));
    }

    [Theory]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[]}}""", 200, "no data")]
    [InlineData("""{"status":"error","error":"parse error"}""", 400, "status 400: parse error")]
    [InlineData("no JSON", 200, "no answer: ")]
    [InlineData("{}", 200, "no answer: ")]
    public async Task Metric_NothingToGoBy_IsUndecided(string body, int status, string reason)
    {
        _server.Answers = (_, _) => (status, body);

        Assert.StartsWith($"Inconclusive {reason}", Text(Assert.Single(await Look(new MetricEvidence(_client), Errors))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metric_SampleIsOld_ByTheServersOwnClock_IsAsOldByTheRunners()
    {
        // The server's clock is a year off; that does not matter, only what lies between its two times.
        _server.Date = Now.AddYears(1);
        _server.Answers = (_, _) => (200, Vector("0", Now.AddYears(1).AddMinutes(-4)));

        Assert.Equal(Now.AddMinutes(-4), Assert.Single(await Look(new MetricEvidence(_client), Errors)).ObservedAt);
    }

    [Theory]
    [InlineData("110", "100", "1000", "Passed 110 against 100 of ring core: 1.1 times (1000 and 1000 samples)")]
    [InlineData("130", "100", "1000", "Failed 130 against 100 of ring core: 1.3 times (1000 and 1000 samples)")]
    [InlineData("130", "100", "99", "Inconclusive 130, of 99 samples only; expected 100")]
    [InlineData("0", "0", "1000", "Passed 0 against 0 of ring core: 1 times (1000 and 1000 samples)")]
    [InlineData("1", "0", "1000", "Failed 1 against 0 of ring core: Infinity times (1000 and 1000 samples)")]
    public async Task Metric_AgainstABaseline_NeedsEnoughSamplesOfBoth(string ours, string theirs, string samples, string expected)
    {
        _server.Answers = (_, path) => (200, Vector(path.Contains("count", StringComparison.Ordinal) ? samples : path.Contains("e1|e2", StringComparison.Ordinal) ? ours : theirs));
        var gate = new Gate.Metric(_server.Address, "latency{cluster=~\"{clusters}\"}", Comparison.AtMost, 1.2)
        {
            Baseline = "core", Samples = "count{cluster=~\"{clusters}\"}", MinSamples = 100,
        };

        Assert.Equal(expected, Text(Assert.Single(await Look(new MetricEvidence(_client), gate, "c1"))));
    }

    [Fact]
    public async Task Metric_BaselineWithoutClusters_IsUndecided()
    {
        var gate = Errors with { Baseline = "core" };

        Assert.Equal("Inconclusive ring core has no cluster in this rollout to compare with", Text(Assert.Single(await Look(new MetricEvidence(_client), gate))));
    }

    [Theory]
    [InlineData("exit 0", "Passed exit code 0")]
    [InlineData("echo $FOG_RING of $FOG_CLUSTERS; exit 0", "Passed exit code 0: all of e1,e2")]
    [InlineData("echo broken >&2; exit 1", "Failed exit code 1: broken")]
    [InlineData("exit 75", "Inconclusive exit code 75")]
    public async Task Command_DecidesByItsExitCode(string script, string expected)
    {
        Assert.Equal(expected, Text(Assert.Single(await Look(new CommandEvidence(_folder), new Gate.LocalCommand(["sh", "-c", script])))));
    }

    [Fact]
    public async Task Command_ArgumentsAreArguments_AndNoShellReadsThem()
    {
        Assert.Equal("Passed exit code 0: $(id); `id` | *", Text(Assert.Single(await Look(new CommandEvidence(_folder), new Gate.LocalCommand(["printf", "%s", "$(id); `id` | *"])))));
    }

    [Fact]
    public async Task Command_ThatIsNotThere_IsUndecided()
    {
        Assert.StartsWith("Inconclusive it cannot be started: ", Text(Assert.Single(await Look(new CommandEvidence(_folder), new Gate.LocalCommand(["no-such-program-anywhere"])))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5, 5, 1, 1, "Passed web 1/1 ready, 1 updated, generation 5")]
    [InlineData(5, 5, 0, 1, "Failed web 0/1 ready, 1 updated, generation 5")]
    [InlineData(5, 5, 1, 0, "Failed web 1/1 ready, 0 updated, generation 5")]
    [InlineData(5, 4, 1, 1, "Inconclusive web: its status is of generation 4, not 5")]
    public async Task Ready_LooksAtTheStatusOfTheSpecificationThatIsThere(int generation, int observed, int ready, int updated, string expected)
    {
        _server.Answers = (_, path) => (200, path.EndsWith("deployments", StringComparison.Ordinal)
            ? string.Create(CultureInfo.InvariantCulture, $$$"""{"items":[{"metadata":{"name":"web","generation":{{{generation}}}},"spec":{"replicas":1},"status":{"observedGeneration":{{{observed}}},"readyReplicas":{{{ready}}},"updatedReplicas":{{{updated}}}}}]}""")
            : """{"items":[]}""");

        Assert.Equal(expected, Text((await Look(new ReadyEvidence(Project()), new Gate.Ready()))[0]));
    }

    [Fact]
    public async Task Ready_WorkloadIsGone_HasFailed_ClusterIsGone_IsUndecided()
    {
        _server.Answers = (_, path) => path.Contains("e2", StringComparison.Ordinal) ? (502, "") : (200, """{"items":[]}""");
        var evidence = await Look(new ReadyEvidence(Project()), new Gate.Ready());

        Assert.Equal("Failed web is not there", Text(evidence[0]));
        _server.Dispose();
        Assert.StartsWith("Inconclusive no answer: ", Text((await Look(new ReadyEvidence(Project()), new Gate.Ready()))[0]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Complete", "Passed it has completed")]
    [InlineData("Failed", "Failed it has failed: enough")]
    public async Task Job_IsMade_WaitedFor_AndRemoved(string condition, string expected)
    {
        var looks = 0;
        _server.Answers = (method, _) => method switch
        {
            "POST" => (Interlocked.Increment(ref looks) == 1 ? 201 : 409, "{}"), // Of two subjects, one finds the Job of the runner before.
            "GET" => (200, Interlocked.Increment(ref looks) < 6
                ? """{"status":{"active":1}}"""
                : $$$"""{"status":{"conditions":[{"type":"{{{condition}}}","status":"True","message":"enough"}]}}"""),
            _ => (200, "{}"),
        };

        var evidence = await Look(new JobEvidence(Project(), TimeProvider.System), new Gate.ClusterJob("shop/smoke:1", ["smoke", "--all"]));

        Assert.All(evidence, found => Assert.Equal(expected, Text(found)));
        var made = JsonNode.Parse(_server.Asked.First(asked => asked.StartsWith("POST", StringComparison.Ordinal)).Split(' ', 3)[2])!;
        Assert.Equal("""["smoke","--all"]""", made["spec"]!["template"]!["spec"]!["containers"]![0]!["command"]!.ToJsonString());
        Assert.Equal(2, _server.Asked.Count(asked => asked.StartsWith("DELETE", StringComparison.Ordinal)));
    }

    private Gate.Metric Errors => new(_server.Address, "errors", Comparison.AtMost, 0.01);

    private static string Text(Evidence evidence) => $"{evidence.Verdict} {evidence.Value}";

    private static string Vector(string value, DateTimeOffset? at = null) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[{{{(at ?? DateTimeOffset.UtcNow).ToUnixTimeSeconds()}}},"{{{value}}}"]}]}}""");

    // A project whose clusters are the server.
    private ProjectLayout Project()
    {
        var project = new ProjectLayout(_folder);
        foreach (var cluster in new[] { "e1", "e2" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(project.KubeconfigFile(cluster))!);
            File.WriteAllText(
                project.KubeconfigFile(cluster),
                $"{{current-context: c, contexts: [{{name: c, context: {{cluster: c, user: u}}}}], clusters: [{{name: c, cluster: {{server: '{_server.Address}'}}}}], users: [{{name: u, user: {{token: t}}}}]}}");
        }

        return project;
    }

    private static Task<ImmutableArray<Evidence>> Look(IEvidenceSource source, Gate gate, params ImmutableArray<string> baseline)
    {
        Assert.True(source.Handles(gate));
        return source.CollectAsync(
            new EvidenceRequest
            {
                Ring = "all",
                Gate = gate,
                Subjects = [.. SketchedFleet.Of("all: e1=edge, e2=edge").Plan().Steps.Select(step => new GateSubject(step, 3, Now, null))],
                Since = Now,
                AskedAt = Now,
                Baseline = baseline,
            },
            TestContext.Current.CancellationToken);
    }
}
