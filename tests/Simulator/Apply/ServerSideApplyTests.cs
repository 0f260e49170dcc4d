using FogInfra.Embedded.Simulator.Values;
using FogInfra.Tests.Support;

namespace FogInfra.Tests.Apply;

public sealed class ServerSideApplyTests
{
    [Fact]
    public async Task AFirstApply_CreatesTheObjectAndOwnsWhatItNamed()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Apply("""
            apiVersion: v1
            kind: Service
            metadata: {name: web, labels: {app: web}}
            spec:
              selector: {app: web}
              ports: [{port: 80, targetPort: 8080}]
            """, "alice");

        var service = cluster.Get("services", "web");
        Assert.Equal(
            """{"f:metadata":{"f:labels":{"f:app":{}}},"f:spec":{"f:ports":{"k:{\"port\":80,\"protocol\":\"TCP\"}":{".":{},"f:port":{},"f:targetPort":{}}},"f:selector":{}}}""",
            Owned(service, "alice"));
        Assert.Equal("ClusterIP", service.Text("spec", "type")); // A default, which nobody owns.
        var entry = service.Maps("metadata", "managedFields").Single();
        Assert.Equal(("Apply", "v1", "FieldsV1"), (entry.Text("operation"), entry.Text("apiVersion"), entry.Text("fieldsType")));
    }

    [Fact]
    public async Task TheSameApplyAgain_ChangesNothing()
    {
        await using var cluster = await TestCluster.StartAsync();
        var first = cluster.Apply(Manifests.Deployment(), "alice");
        await cluster.PassAsync(5);
        var rested = cluster.Get("deployments", "web");

        var second = cluster.Apply(Manifests.Deployment(), "alice");

        Assert.Equal(rested.Metadata.Text("resourceVersion"), second.Metadata.Text("resourceVersion"));
        Assert.Equal(first.Generation, second.Generation);
        Assert.Equal(first.Maps("metadata", "managedFields").First(), second.Maps("metadata", "managedFields").First());
    }

    [Theory]
    [InlineData("{cpu: 0.5, memory: 1024Mi}", "500m", "1Gi")]
    [InlineData("{cpu: '1000m', memory: '1073741824'}", "1", "1073741824")]
    public async Task EqualQuantities_AreTheSameHoweverTheyAreWritten(string requests, string cpu, string memory)
    {
        await using var cluster = await TestCluster.StartAsync();
        var manifest = Manifests.Pod(container: $"resources: {{requests: {requests}}}");
        var first = cluster.Apply(manifest, "alice");

        var second = cluster.Apply(manifest, "alice");

        var written = second.Maps("spec", "containers").Single().Map("resources", "requests");
        Assert.Equal((cpu, memory), (written.Text("cpu"), written.Text("memory")));
        Assert.Equal(first.Generation, second.Generation);
    }

    [Fact]
    public async Task AFieldNoLongerApplied_IsRemoved()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {a: '1', b: '2'}}", "alice");

        cluster.Apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {a: '1'}}", "alice");

        Assert.Equal("""{"a":"1"}""", cluster.Get("configmaps", "c").Map("data").ToString());
    }

    [Fact]
    public async Task AFieldNoLongerApplied_StaysWhenAnotherManagerOwnsItToo()
    {
        await using var cluster = await TestCluster.StartAsync();
        const string both = "{apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {a: '1', b: '2'}}";
        cluster.Apply(both, "alice");
        cluster.Apply(both, "bob");

        cluster.Apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {a: '1'}}", "alice");

        Assert.Equal("2", cluster.Get("configmaps", "c").Text("data", "b"));
        Assert.Equal("""{"f:data":{"f:a":{}}}""", Owned(cluster.Get("configmaps", "c"), "alice"));
        Assert.Equal("""{"f:data":{"f:a":{},"f:b":{}}}""", Owned(cluster.Get("configmaps", "c"), "bob"));
    }

    [Fact]
    public async Task AContainerNoLongerApplied_GoesWithItsDefaults()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Apply(TwoContainers("- {name: side, image: 'side:1'}"), "alice");

        cluster.Apply(TwoContainers(""), "alice");

        Assert.Equal(["main"], cluster.Get("deployments", "web").Maps("spec", "template", "spec", "containers").Select(container => container.Text("name")));
    }

    [Fact]
    public async Task ADefaultedParent_GoesBackToItsDefaultWhenItsLastFieldIsGivenUp()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Apply(Manifests.Deployment(strategy: "{rollingUpdate: {maxSurge: 3}}"), "alice");
        Assert.Equal(3, cluster.Get("deployments", "web").Long("spec", "strategy", "rollingUpdate", "maxSurge"));

        cluster.Apply(Manifests.Deployment(), "alice");

        Assert.Equal("25%", cluster.Get("deployments", "web").Text("spec", "strategy", "rollingUpdate", "maxSurge"));
    }

    [Fact]
    public async Task AnotherManagersField_IsAConflictThatNamesManagerAndField()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Apply(Manifests.Deployment(replicas: 2), "alice");

        var refusal = TestCluster.Refused(() => cluster.Apply(Manifests.Deployment(replicas: 3), "bob"));

        Assert.Equal((409, "Conflict"), (refusal.Code, refusal.Reason));
        Assert.Equal("Apply failed with 1 conflict: conflict with \"alice\": .spec.replicas", refusal.Message);
        var cause = refusal.Details.Maps("causes").Single();
        Assert.Equal(("FieldManagerConflict", "conflict with \"alice\"", ".spec.replicas"), (cause.Text("reason"), cause.Text("message"), cause.Text("field")));
    }

    [Fact]
    public async Task SeveralConflicts_AreGroupedByManager()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Apply(Manifests.Deployment(replicas: 2), "alice");
        cluster.Update("deployments", "web", current => current.Set(7, "spec", "minReadySeconds"), manager: "carol");

        var refusal = TestCluster.Refused(() => cluster.Apply(Manifests.Deployment(replicas: 3, image: "web:2", extra: "minReadySeconds: 8"), "bob"));

        Assert.Equal(
            "Apply failed with 3 conflicts: conflicts with \"alice\":\n- .spec.replicas\n- .spec.template.spec.containers[name=\"web\"].image\nconflicts with \"carol\" using apps/v1:\n- .spec.minReadySeconds",
            refusal.Message);
    }

    [Fact]
    public async Task Force_TakesTheFieldFromItsOwner()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Apply(Manifests.Deployment(replicas: 2), "alice");

        cluster.Apply("{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {replicas: 5}}", "bob", force: true);

        Assert.Equal(5, cluster.Get("deployments", "web").Long("spec", "replicas"));
        Assert.DoesNotContain("f:replicas", Owned(cluster.Get("deployments", "web"), "alice"), StringComparison.Ordinal);
        Assert.Equal("""{"f:spec":{"f:replicas":{}}}""", Owned(cluster.Get("deployments", "web"), "bob"));
    }

    [Fact]
    public async Task TheSameValue_IsNoConflictButSharedOwnership()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Apply(Manifests.Deployment(replicas: 2), "alice");

        cluster.Apply("{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {replicas: 2}}", "bob");

        Assert.Contains("f:replicas", Owned(cluster.Get("deployments", "web"), "alice"), StringComparison.Ordinal);
        Assert.Contains("f:replicas", Owned(cluster.Get("deployments", "web"), "bob"), StringComparison.Ordinal);
        var refusal = TestCluster.Refused(() => cluster.Apply(Manifests.Deployment(replicas: 3), "alice"));
        Assert.Equal("Apply failed with 1 conflict: conflict with \"bob\": .spec.replicas", refusal.Message);
    }

    [Fact]
    public async Task AnUpdate_TakesWhatItChangesAndNothingElse()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Apply(Manifests.Deployment(replicas: 2), "alice");

        cluster.Update("deployments", "web", current => current.Set(4, "spec", "replicas"), manager: "kubectl-scale", subresource: "scale");

        var deployment = cluster.Get("deployments", "web");
        Assert.Equal("""{"f:spec":{"f:replicas":{}}}""", Owned(deployment, "kubectl-scale"));
        Assert.DoesNotContain("f:replicas", Owned(deployment, "alice"), StringComparison.Ordinal);
        var refusal = TestCluster.Refused(() => cluster.Apply(Manifests.Deployment(replicas: 2), "alice"));
        Assert.Equal("Apply failed with 1 conflict: conflict with \"kubectl-scale\" with subresource \"scale\" using apps/v1: .spec.replicas", refusal.Message);
    }

    [Fact]
    public async Task ListItems_KeepTheOrderOfTheApplierAndTheItemsOfOthers()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Apply(Env("[{name: A, value: '1'}, {name: B, value: '2'}]"), "alice");
        cluster.Update("deployments", "web", current => current.Set(
            current.List("spec", "template", "spec", "containers").ChangeMaps(container => container.With("env",
                JsonList.From(container.List("env").Append(YamlReading.Parse("{name: X, value: '9'}"))))), "spec", "template", "spec", "containers"), manager: "carol");

        cluster.Apply(Env("[{name: B, value: '2'}, {name: A, value: '1'}, {name: C, value: '3'}]"), "alice");

        Assert.Equal(["B", "A", "X", "C"], cluster.Get("deployments", "web").Maps("spec", "template", "spec", "containers").Single().Maps("env").Select(one => one.Text("name")));

        static string Env(string env) => $$$"""
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec:
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec: {containers: [{name: main, image: "web:1", env: {{{env}}}}]}
            """;
    }

    [Theory]
    [InlineData("{apiVersion: v1, kind: ConfigMap, metadata: {name: c}, dat: {a: '1'}}", ".dat: field not declared in schema")]
    [InlineData("{apiVersion: v1, kind: Service, metadata: {name: c}, spec: {ports: [{port: 80}, {port: 80}]}}", "duplicate entries for key [port=80,protocol=\"TCP\"]")]
    [InlineData("{apiVersion: v1, kind: Service, metadata: {name: c}, spec: {ports: [{name: x}]}}", "element 0: associative list with keys has an element that omits key field \"port\" (and doesn't have default value)")]
    public async Task AnObjectThatDoesNotFitTheSchema_IsRefused(string manifest, string why)
    {
        await using var cluster = await TestCluster.StartAsync();

        var refusal = TestCluster.Refused(() => cluster.Apply(manifest));

        Assert.Equal(500, refusal.Code);
        Assert.StartsWith("failed to create typed patch object (default/c; v1, Kind=", refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith(why, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnUnappliedFieldOfNobody_Stays()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create("{apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {mine: '1'}}", "carol");

        cluster.Apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {yours: '2'}}", "alice");
        cluster.Apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: c}}", "alice");

        Assert.Equal("""{"mine":"1"}""", cluster.Get("configmaps", "c").Map("data").ToString());
        Assert.Equal("", Owned(cluster.Get("configmaps", "c"), "alice"));
    }

    [Fact]
    public async Task AnApply_DoesNotTouchTheStatusOfAKindThatHasItApart()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Apply(Manifests.Deployment() + "\nstatus: {replicas: 99}", "alice");

        Assert.Null(cluster.Get("deployments", "web").Long("status", "replicas"));
        Assert.DoesNotContain("f:status", Owned(cluster.Get("deployments", "web"), "alice"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task KubectlsOwnClientSideFields_AreNoConflictForIt()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create(Manifests.Deployment(replicas: 2).Replace("metadata: {name: web}", "metadata: {name: web, annotations: {kubectl.kubernetes.io/last-applied-configuration: '{}'}}", StringComparison.Ordinal), "kubectl-client-side-apply");

        cluster.Apply(Manifests.Deployment(replicas: 3), "kubectl");

        Assert.Equal(3, cluster.Get("deployments", "web").Long("spec", "replicas"));
    }

    [Fact]
    public async Task ManagedFields_CanBeHandedOverAndReset()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create("{apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {a: '1'}}", "carol");

        cluster.Update("configmaps", "c", current => current.Set(JsonList.From(current.Maps("metadata", "managedFields").Select(entry => entry.With("manager", "dave"))), "metadata", "managedFields"));
        Assert.Equal("""{"f:data":{".":{},"f:a":{}}}""", Owned(cluster.Get("configmaps", "c"), "dave"));
        cluster.Update("configmaps", "c", current => current.Set(JsonList.Of([JsonMap.Empty]), "metadata", "managedFields"));

        Assert.Null(cluster.Get("configmaps", "c").At("metadata", "managedFields"));
    }

    [Fact]
    public async Task ManyUpdaters_AreKeptTogetherFromTheEleventhOn()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create("{apiVersion: v1, kind: ConfigMap, metadata: {name: c}}", "m0");
        for (var i = 1; i <= 15; i++)
        {
            await cluster.PassAsync(1);
            var key = $"k{i}";
            cluster.Update("configmaps", "c", current => current.Set("x", "data", key), manager: $"m{i}");
        }

        var managers = cluster.Get("configmaps", "c").Maps("metadata", "managedFields").Select(entry => entry.Text("manager")).ToList();
        Assert.Equal(10, managers.Count);
        Assert.Contains("ancient-changes", managers);
        Assert.Contains("m15", managers);
    }

    private static string TwoContainers(string second) => $$$"""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              containers:
              - {name: main, image: "web:1"}
              {{{second}}}
        """;

    private static string Owned(JsonMap value, string manager) =>
        value.Maps("metadata", "managedFields").FirstOrDefault(entry => entry.Text("manager") == manager)?["fieldsV1"]?.ToString() ?? "";
}
