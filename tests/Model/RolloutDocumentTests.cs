using System.Collections.Immutable;
using FogInfra.Model;
using FogInfra.Model.Documents;

namespace FogInfra.Tests;

/// <summary>Rings, gates and policy in fleet documents.</summary>
public sealed class RolloutDocumentTests
{
    [Fact]
    public void Read_PolicyWithEverything_TakesEverything()
    {
        var policy = Fleet(
            """
            policy:
              maxConcurrent: 25%
              onFailure: hold
              canaries: 2
              spreadOver: site
              seed: 7
              failureBudget: 5%
              fleetFailureBudget: 0
              quorum: 80%
              exposureBudget: 10%
              clusterTimeLimit: 10m
              retry: {attempts: 6, delay: 500ms, maxDelay: 1m30s}
              rollback:
                maxConcurrent: 3
                checks: [{output: healthy, is: "true"}]
            """).Policy;

        var expected = new RolloutPolicy
        {
            MaxConcurrent = new Amount.Percent(25),
            OnFailure = FailureAction.Hold,
            Canaries = new Amount.Count(2),
            SpreadOver = "site",
            Seed = 7,
            RingFailureBudget = new Amount.Percent(5),
            FleetFailureBudget = new Amount.Count(0),
            Quorum = new Amount.Percent(80),
            ExposureBudget = new Amount.Percent(10),
            ClusterTimeLimit = TimeSpan.FromMinutes(10),
            Retry = new RetryPolicy { Attempts = 6, Delay = TimeSpan.FromMilliseconds(500), MaxDelay = TimeSpan.FromSeconds(90) },
            Rollback = policy.Rollback,
        };
        Assert.Equal(expected, policy);
        Assert.Equal(new Amount.Count(3), policy.Rollback.MaxConcurrent);
        Assert.Equal("healthy is true", Assert.Single(policy.Rollback.Checks).ToString());
    }

    [Fact]
    public void Read_NoPolicy_HasDefaults()
    {
        Assert.Equal(new RolloutPolicy() with { Rollback = Fleet("").Policy.Rollback }, Fleet("").Policy);
    }

    [Fact]
    public void Read_RingWithEverything_TakesEverything()
    {
        var ring = Fleet("", ring:
            """
                canaries: 1
                maxConcurrent: 2
                failureBudget: 0%
                quorum: 3
                timeLimit: 2h
                preStage: true
                gates:
                  - {soak: 10m}
                  - {approval: before, limit: 1d}
                  - {approval: after, dryRun: true, interval: 1m, maxAge: 5m}
            """).Rings[0];

        Assert.Equal(
            new Amount?[] { new Amount.Count(1), new Amount.Count(2), new Amount.Percent(0), new Amount.Count(3) },
            new[] { ring.Canaries, ring.MaxConcurrent, ring.FailureBudget, ring.Quorum });
        Assert.Equal(TimeSpan.FromHours(2), ring.TimeLimit);
        Assert.True(ring.PreStage);
        Assert.Equal(
            [
                new Gate.Soak(TimeSpan.FromMinutes(10)),
                new Gate.Approval { Moment = GateMoment.Before, Limit = TimeSpan.FromDays(1) },
                new Gate.Approval { DryRun = true, Interval = TimeSpan.FromMinutes(1), MaxAge = TimeSpan.FromMinutes(5) },
            ],
            ring.Gates);
    }

    [Fact]
    public void Read_GateOfEachKind_SaysWhatItAsksFor()
    {
        var gates = Fleet("", ring:
            """
                gates:
                  - {window: {days: [mon, fri], from: "09:00", to: "17:30", zone: Europe/Berlin}}
                  - {ready: true, interval: 5s}
                  - {http: "https://{cluster}.example/health", status: 204, contains: ok, name: health}
                  - {prometheus: "http://prometheus:9090", query: errors, atMost: 0.01, at: before}
                  - {job: {image: "shop/smoke:1", command: [smoke, --all], namespace: tests, timeLimit: 5m}}
                  - {command: [./check, one], dryRun: true}
            """).Rings[0].Gates;

        Assert.Equal(
            [
                "Before window mon fri 09:00-17:30 Europe/Berlin", "After ready", "After health", "Before errors atMost 0.01", "After job shop/smoke:1 smoke --all", "After command ./check one",
            ],
            gates.Select(gate => $"{gate.Moment} {gate.Name}"));
        var (http, job) = ((Gate.Http)gates[2], (Gate.ClusterJob)gates[4]);
        Assert.Equal(("https://{cluster}.example/health", 204, "ok"), (http.Address, http.Status, http.Contains));
        Assert.Equal(("tests", TimeSpan.FromMinutes(5)), (job.Namespace, job.TimeLimit));
        Assert.True(gates[5].DryRun);
    }

    [Fact]
    public void Read_Baseline_IsARingBeforeThisOne()
    {
        const string Metric = "{prometheus: \"http://p\", query: q, atMost: 1.2, samples: n, minSamples: 100, baseline: first}";
        string Rings(string second) => $"rings: [{{name: first, clusters: {{layers: [cloud]}}}}, {{name: second, clusters: {{}}, gates: [{second}]}}]";
        const string Clusters = "clusters: {c: {layer: cloud}}";

        var gate = (Gate.Metric)FleetReader.Read("fleet.yaml", Document("", rings: Rings(Metric), clusters: Clusters)).Value!.Rings[1].Gates[0];
        var wrong = FleetReader.Read("fleet.yaml", Document("", rings: Rings(Metric.Replace("first", "firs", StringComparison.Ordinal)), clusters: Clusters));

        Assert.Equal(("q / first atMost 1.2", "n", 100.0), (gate.Name, gate.Samples, gate.MinSamples));
        Assert.Equal("The baseline 'firs' is no ring before this one; did you mean 'first'?", Assert.Single(wrong.Problems).Message);
    }

    [Fact]
    public void Read_Selectors_PutEachClusterIntoTheFirstRingThatSelectsIt()
    {
        var read = FleetReader.Read("fleet.yaml", Document("", rings:
            """
            rings:
              - {name: centre, clusters: {layers: [cloud, fog]}}
              - {name: early, clusters: {labels: {tier: lab}, sites: [north]}}
              - {name: named, clusters: {names: ["shop-*"]}}
              - {name: rest, clusters: {}}
            """, clusters:
            """
            clusters:
              c: {layer: cloud}
              lab: {layer: edge, site: north, labels: {tier: lab}}
              lab-south: {layer: edge, site: south, labels: {tier: lab}}
              shop-1: {layer: edge}
              pinned: {layer: edge, ring: early}
            """));

        Assert.Empty(read.Problems);
        Assert.Equal(["c centre", "lab early", "lab-south rest", "shop-1 named", "pinned early"], read.Value!.Clusters.Select(cluster => $"{cluster.Name} {cluster.Ring}"));
    }

    [Fact]
    public void Read_ClusterThatNoRingSelects_SaysSo()
    {
        var read = FleetReader.Read("fleet.yaml", Document("", rings: "rings: [{name: one, clusters: {layers: [cloud]}}]", clusters: "clusters: {e: {layer: edge}}"));

        Assert.Equal("The field 'ring' is missing, and no ring selects this cluster.", Assert.Single(read.Problems).Message);
    }

    [Theory]
    [InlineData("policy: {quorum: 101%}", "policy.quorum", "'101%' is no amount; expected a number of clusters such as 2, or a share from 0% to 100%.")]
    [InlineData("policy: {canaries: 0}", "policy.canaries", "'0' is no amount; expected a number of clusters such as 2, or a share from 1% to 100%.")]
    [InlineData("policy: {clusterTimeLimit: soon}", "policy.clusterTimeLimit", "'soon' is no duration; expected a duration such as 90s, 10m, 1h30m or 7d.")]
    [InlineData("policy: {retry: {attempts: 0}}", "policy.retry.attempts", "'0' is no whole number from 1 to 100.")]
    [InlineData("policy: {onFailure: panic}", "policy.onFailure", "'panic' is not known; expected one of: rollback, hold.")]
    [InlineData("policy: {quorom: 3}", "policy.quorom", "There is no field 'quorom' here; did you mean 'quorum'?")]
    public void Read_WrongPolicy_NamesFieldAndWhatIsExpected(string policy, string field, string message)
    {
        var problem = Assert.Single(FleetReader.Read("fleet.yaml", Document(policy)).Problems);

        Assert.Equal((field, message), (problem.Field, problem.Message));
    }

    [Theory]
    [InlineData("    gates: [{}]", "rings[0].gates[0]", "Expected exactly one of:")]
    [InlineData("    gates: [{soak: 1m, approval: after}]", "rings[0].gates[0]", "Expected exactly one of:")]
    [InlineData("    gates: [{approval: sometimes}]", "rings[0].gates[0].approval", "'sometimes' is not known; expected one of: before, after.")]
    [InlineData("    gates: [{soak: 1m}, {soak: 60s}]", "rings[0].gates", "is there twice.")]
    [InlineData("    gates: [{ready: false}]", "rings[0].gates[0].ready", "It can only be true")]
    [InlineData("    gates: [{http: shop}]", "rings[0].gates[0].http", "'shop' is no address; expected one that begins with http:// or https://.")]
    [InlineData("    gates: [{http: 'http://x', status: 1000}]", "rings[0].gates[0].status", "'1000' is no whole number from 100 to 599.")]
    [InlineData("    gates: [{prometheus: 'http://p', query: q}]", "rings[0].gates[0]", "Expected exactly one of: atLeast, atMost.")]
    [InlineData("    gates: [{prometheus: 'http://p', query: q, atMost: few}]", "rings[0].gates[0].atMost", "'few' is no number.")]
    [InlineData("    gates: [{prometheus: 'http://p', atMost: 1}]", "rings[0].gates[0]", "The field 'query' is missing.")]
    [InlineData("    gates: [{command: []}]", "rings[0].gates[0].command", "It names no program")]
    [InlineData("    gates: [{job: {command: [x]}}]", "rings[0].gates[0].job", "The field 'image' is missing.")]
    [InlineData("    gates: [{window: {from: '9', to: '10:00', zone: UTC}}]", "rings[0].gates[0].window.from", "'9' is no time of the day; expected one such as 09:30.")]
    [InlineData("    gates: [{window: {from: '09:00', to: '10:00', zone: Berlin}}]", "rings[0].gates[0].window.zone", "'Berlin' is no time zone that this machine knows")]
    [InlineData("    gates: [{window: {days: [today], from: '09:00', to: '10:00', zone: UTC}}]", "rings[0].gates[0].window.days[0]", "'today' is no day")]
    [InlineData("    gates: [{soak: 1m, at: before}]", "rings[0].gates[0].at", "There is no field 'at' here")]
    [InlineData("    clusters: {layers: [moon]}", "rings[0].clusters.layers[0]", "'moon' is no layer")]
    public void Read_WrongRing_NamesFieldAndWhatIsExpected(string ring, string field, string message)
    {
        var problem = Assert.Single(FleetReader.Read("fleet.yaml", Document("", ring)).Problems);

        Assert.Equal(field, problem.Field);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_RingNamedLikeTheOneOfLateComers_IsRefused()
    {
        var read = FleetReader.Read("fleet.yaml", Document("", rings: "rings: [{name: catch-up}]", clusters: "clusters: {e: {layer: edge, ring: catch-up}}"));

        Assert.Contains("choose another name", Assert.Single(read.Problems).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("90s", 90)]
    [InlineData("10m", 600)]
    [InlineData("1h30m", 5400)]
    [InlineData("7d", 604_800)]
    [InlineData("0s", 0)]
    [InlineData("250ms", 0.25)]
    public void Parse_Duration_IsRead_AndWrittenTheSame(string text, double seconds)
    {
        Assert.Equal(TimeSpan.FromSeconds(seconds), Durations.Parse(text));
        Assert.Equal(text == "90s" ? "1m30s" : text, Durations.Write(TimeSpan.FromSeconds(seconds)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("m")]
    [InlineData("-5m")]
    [InlineData("5m3h")]
    [InlineData("1.5h")]
    [InlineData("999999999d999999999d")]
    [InlineData("10 m")]
    public void Parse_NoDuration_IsNull(string text)
    {
        Assert.Null(Durations.Parse(text));
    }

    [Theory]
    [InlineData(3, 10, 3, 3, 3)]
    [InlineData(30, 10, 10, 10, 10)]
    public void Count_OfATotal_IsNeverMoreThanIt(int value, int total, int of, int budget, int demand)
    {
        var amount = new Amount.Count(value);

        Assert.Equal((of, budget, demand), (amount.Of(total), amount.Budget(total), amount.Demand(total)));
    }

    [Theory]
    [InlineData(50, 3, 1, 1, 2)]
    [InlineData(1, 10, 1, 0, 1)]
    [InlineData(0, 10, 1, 0, 0)]
    [InlineData(100, 7, 7, 7, 7)]
    [InlineData(90, 1, 1, 0, 1)]
    public void Percent_OfATotal_IsRoundedDownForWhatIsAllowed_AndUpForWhatIsDemanded(int percent, int total, int of, int budget, int demand)
    {
        var amount = new Amount.Percent(percent);

        Assert.Equal((of, budget, demand), (amount.Of(total), amount.Budget(total), amount.Demand(total)));
    }

    [Fact]
    public void Matches_EveryFieldThatIsGiven_MustHold()
    {
        var cluster = new Cluster
        {
            Name = "e1", Layer = Layer.Edge, Ring = "", Engine = new ClusterEngine.Simulated(), Nodes = 1, Site = "north",
            Labels = ImmutableSortedDictionary<string, string>.Empty.Add("tier", "lab"),
        };
        var selector = new ClusterSelector { Layers = [Layer.Edge], Sites = ["north", "south"], Names = ["e*"], Labels = cluster.Labels };

        Assert.True(selector.Matches(cluster));
        Assert.False((selector with { Layers = [Layer.Fog] }).Matches(cluster));
        Assert.False((selector with { Sites = ["south"] }).Matches(cluster));
        Assert.False((selector with { Names = ["f*"] }).Matches(cluster));
        Assert.False((selector with { Labels = cluster.Labels.Add("zone", "1") }).Matches(cluster));
        Assert.False(selector.Matches(cluster with { Site = null }));
    }

    private static Fleet Fleet(string policy, string ring = "") => FleetReader.Read("fleet.yaml", Document(policy, ring)) is var read && read.Problems.IsEmpty
        ? read.Value!
        : throw new InvalidOperationException(string.Join('\n', read.Problems));

    private static string Document(string policy, string ring = "", string? rings = null, string clusters = "clusters: {e: {layer: edge, ring: one}}") =>
        $$$$"""
        apiVersion: foginfra.dev/v1alpha1
        kind: Fleet
        metadata: {name: test}
        applications:
          shop:
            services:
              web: {version: 1.0.0, containers: [{name: web, image: shop/web}], layers: {edge: }}
        {{{{rings ?? $"rings:\n  - name: one\n{ring}"}}}}
        {{{{clusters}}}}
        {{{{policy}}}}
        """;
}
