using System.Net;
using FogInfra.Embedded.Kubernetes.Client;
using FogInfra.Embedded.Kubernetes.Objects;
using FogInfra.Embedded.Kubernetes.Ownership;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Tests.Kubernetes.Support;

namespace FogInfra.Tests.Kubernetes.Ownership;

public sealed class OwnershipTests
{
    private const string Me = "pulumi-kubernetes-12345678";
    private const string Replicas = """{"f:spec":{"f:replicas":{}}}""";
    private const string Labels = """{"f:metadata":{"f:labels":{".":{},"f:a":{}}}}""";
    private const string Restart = """{"f:spec":{"f:template":{"f:metadata":{"f:annotations":{"f:kubectl.kubernetes.io/restartedAt":{}}}}}}""";

    [Theory]
    [InlineData("""{"f:a":{}}""", """{"f:b":{}}""", """{"f:a":{},"f:b":{}}""")]
    [InlineData("""{"f:a":{"f:x":{}}}""", """{"f:a":{"f:y":{}}}""", """{"f:a":{"f:x":{},"f:y":{}}}""")]
    [InlineData("""{"f:a":{}}""", """{"f:a":{"f:y":{}}}""", """{"f:a":{"f:y":{},".":{}}}""")]
    public void FieldSet_Union(string first, string second, string expected) =>
        Assert.Equal(Json.Map(expected), Set(first).Union(Set(second)).Tree);

    [Theory]
    [InlineData("""{"f:a":{},"f:b":{}}""", """{"f:b":{}}""", """{"f:a":{}}""")]
    [InlineData("""{"f:a":{"f:x":{},"f:y":{}}}""", """{"f:a":{"f:x":{}}}""", """{"f:a":{"f:y":{}}}""")]
    [InlineData("""{"f:a":{"f:x":{}}}""", """{"f:a":{"f:x":{},"f:z":{}}}""", "{}")]
    public void FieldSet_Without(string from, string taken, string expected) => Assert.Equal(Json.Map(expected), Set(from).Without(Set(taken)).Tree);

    [Theory]
    [InlineData(Replicas, """{"spec":{"replicas":1}}""", true)]
    [InlineData(Replicas, """{"spec":{"paused":true}}""", false)]
    [InlineData("""{"f:spec":{"f:containers":{"k:{\"name\":\"web\"}":{"f:image":{}}}}}""", """{"spec":{"containers":[{"name":"web","image":"a"}]}}""", true)]
    [InlineData("""{"f:spec":{"f:containers":{"k:{\"name\":\"web\"}":{"f:image":{}}}}}""", """{"spec":{"containers":[{"name":"db","image":"a"}]}}""", false)]
    [InlineData("""{"f:spec":{"f:ports":{"k:{\"port\":80,\"protocol\":\"TCP\"}":{".":{},"f:port":{}}}}}""", """{"spec":{"ports":[{"port":80}]}}""", true)]
    [InlineData("""{"f:metadata":{"f:finalizers":{"v:\"x\"":{}}}}""", """{"metadata":{"finalizers":["x"]}}""", true)]
    [InlineData("""{"f:metadata":{"f:labels":{".":{}}}}""", """{"metadata":{"labels":{"a":"b"}}}""", false)]
    public void FieldSet_Overlaps_GoesByFieldsAndKeys(string set, string item, bool expected) => Assert.Equal(expected, Set(set).Overlaps(Json.Map(item)));

    [Fact]
    public void Migrated_MakesWhatWeWroteOurApplyAndLeavesTheRestartToKubectl()
    {
        var entries = ManagedFields.Of(Object(
            Entry(Me, "Update", Replicas), Entry("kubectl-client-side-apply", "Update", Replicas), Entry("kubectl-rollout", "Update", Restart),
            Entry("kube-controller-manager", "Update", """{"f:status":{}}""", "status")));
        var migrated = ManagedFields.Migrated(entries, Me, Json.Map("{}"))!.Value;
        Assert.Equal(
            [(Me, "Apply"), ("kubectl-rollout", "Update"), ("kube-controller-manager", "Update")],
            migrated.Select(entry => (entry.Manager, entry.Operation)));
        Assert.Equal(Json.Map(Replicas), migrated[0].Entry.GetMap("fieldsV1"));
    }

    [Fact]
    public void Migrated_TakesFromKubectlWhatTheInputsHadOfIt()
    {
        const string Ports = """{"f:spec":{"f:ports":{"k:{\"port\":81,\"protocol\":\"TCP\"}":{".":{},"f:port":{}}},"f:type":{}}}""";
        var entries = ManagedFields.Of(Object(Entry("kubectl-patch", "Update", Ports), Entry(Me, "Apply", Labels)));
        var migrated = ManagedFields.Migrated(entries, Me, Json.Map("""{"spec":{"ports":[{"port":81}]}}"""))!.Value;
        Assert.Equal(Set(Labels).Union(Set("""{"f:spec":{"f:ports":{"k:{\"port\":81,\"protocol\":\"TCP\"}":{".":{},"f:port":{}}}}}""")).Tree, migrated[0].Fields.Tree);
        Assert.Equal(("kubectl-patch", Json.Map("""{"f:spec":{"f:type":{}}}""")), (migrated[1].Manager, migrated[1].Fields.Tree));
    }

    [Theory]
    [InlineData("""{"spec":{"replicas":1}}""", """{"spec":{"replicas":2}}""", false)]
    [InlineData("""{"spec":{"replicas":1}}""", """{"spec":{}}""", true)]
    [InlineData("""{"spec":{"template":{"spec":{"containers":[{"name":"a"}]}}}}""", """{"spec":{"template":{"spec":{"containers":[{"name":"b"}]}}}}""", true)]
    [InlineData("""{"spec":{"template":{"spec":{"containers":[{"name":"a"},{"name":"b"}]}}}}""", """{"spec":{"template":{"spec":{"containers":[{"name":"b"},{"name":"a"}]}}}}""", false)]
    [InlineData("""{"spec":{"template":{"spec":{"containers":[{"name":"a","command":["x","y"]}]}}}}""", """{"spec":{"template":{"spec":{"containers":[{"name":"a","command":["y"]}]}}}}""", false)]
    [InlineData("""{"metadata":{"finalizers":["x"]}}""", """{"metadata":{"finalizers":["y"]}}""", true)]
    public void RemovedFields_AreSeenByTheKeysOfItems(string old, string now, bool expected) =>
        Assert.Equal(expected, RemovedFields.Any(Json.Map(old), Json.Map(now), Json.Deployment.Schema));

    [Fact]
    public void Migrated_NothingToDo_IsNull() =>
        Assert.Null(ManagedFields.Migrated(ManagedFields.Of(Object(Entry(Me, "Apply", Replicas), Entry("kubectl-rollout", "Update", Restart))), Me, Json.Map("{}")));

    [Fact]
    public void Migrated_TakesOverFromPulumiKubernetesOfOtherNames()
    {
        var migrated = ManagedFields.Migrated(ManagedFields.Of(Object(Entry("pulumi-kubernetes", "Update", Labels), Entry(Me, "Apply", Replicas))), Me, Json.Map("{}"))!.Value;
        Assert.Equal(Me, migrated.Single().Manager);
    }

    [Fact]
    public void Plan_FreshlyCreated_IsForcedAtTheKnownVersion() =>
        Assert.Equal(ApplyRoute.ForceAtKnownVersion, Plan(Object(Entry(Me, "Update", Replicas)), """{"spec":{"replicas":1}}""", """{"spec":{"replicas":2}}"""));

    [Fact]
    public void Plan_AppliedBefore_IsPlain() =>
        Assert.Equal(ApplyRoute.Plain, Plan(Object(Entry(Me, "Apply", Replicas)), """{"spec":{"replicas":1}}""", """{"spec":{"replicas":2}}"""));

    [Fact]
    public void Plan_FieldOfSomebodyElse_IsPlainSoThatTheConflictIsSeen() => Assert.Equal(
        ApplyRoute.Plain,
        Plan(Object(Entry(Me, "Update", Labels), Entry("autoscaler", "Update", Replicas)), """{"spec":{"replicas":1}}""", """{"spec":{"replicas":2},"metadata":{"labels":{"a":"1"}}}"""));

    [Fact]
    public void Plan_FieldRemoved_MigratesFirst() => Assert.Equal(
        ApplyRoute.MigrateFirst, Plan(Object(Entry(Me, "Update", Replicas)), """{"spec":{"replicas":1,"paused":true}}""", """{"spec":{"replicas":1}}"""));

    [Fact]
    public void Plan_FieldRemovedAndAppliedBefore_IsPlain() =>
        Assert.Equal(ApplyRoute.Plain, Plan(Object(Entry(Me, "Apply", Replicas)), """{"spec":{"replicas":1}}""", """{"spec":{}}"""));

    [Fact]
    public void Plan_Force_WinsOverTheKnownVersion() => Assert.Equal(
        ApplyRoute.Force, Plan(Object(Entry("autoscaler", "Update", Replicas)), """{"spec":{"replicas":1}}""", """{"spec":{"replicas":2}}""", force: true));

    [Theory]
    [InlineData("kubectl-edit", true)]
    [InlineData("kubectl", true)]
    [InlineData("before-first-apply", true)]
    [InlineData("pulumi-kubernetes", true)]
    [InlineData(Me, true)]
    [InlineData("pulumi-kubernetes-87654321", false)]
    [InlineData("argocd-controller", false)]
    public void Conflict_WithAPersonOrOurselves_MayBeForced(string owner, bool expected)
    {
        var conflicts = ApplyConflict.Read(Conflict((".spec.replicas", $"conflict with \"{owner}\" using apps/v1")));
        Assert.Equal(expected, ApplyConflict.MayBeForced(conflicts, Me));
    }

    [Fact]
    public void Conflict_InWordsThatAreNotUnderstood_IsNotForced() =>
        Assert.False(ApplyConflict.MayBeForced(ApplyConflict.Read(Conflict((".spec.replicas", "somehow taken"))), Me));

    [Fact]
    public void Conflict_IsExplainedWithOwnerFieldAndRemedies()
    {
        var text = ApplyConflict.Explain(ApplyConflict.Read(Conflict(
            (".spec.replicas", "conflict with \"kube-controller-manager\" with subresource \"scale\" using apps/v1"),
            (".spec.template.spec.containers[name=\"web\"].image", "conflict with \"argocd\" using apps/v1"))), Me);
        Assert.Contains(".spec.replicas: conflict with \"kube-controller-manager\" with subresource \"scale\"", text);
        Assert.Contains("ignoreChanges: [\"spec.replicas\", \"spec.template.spec.containers[*].image\"]", text);
        Assert.Contains("pulumi.com/patchForce: \"true\"", text);
        Assert.Contains(Me, text);
    }

    [Fact]
    public void Settle_FieldOfSomebodyElse_IsLeftOut() => Assert.Equal(
        Json.Map("""{"spec":{"paused":true}}"""),
        Settle("""{"spec":{"replicas":1,"paused":true}}""", Object("""{"spec":{"replicas":5}}""", Entry("autoscaler", "Update", Replicas)), "spec.replicas"));

    [Fact]
    public void Settle_FieldOfOurs_IsSentAsItIs() => Assert.Equal(
        Json.Map("""{"spec":{"replicas":5}}"""),
        Settle("""{"spec":{"replicas":1}}""", Object("""{"spec":{"replicas":5}}""", Entry(Me, "Apply", Replicas)), "spec.replicas"));

    [Fact]
    public void Settle_FieldThatIsNotThere_IsSentAsTheProgramSays() =>
        Assert.Equal(Json.Map("""{"spec":{"replicas":1}}"""), Settle("""{"spec":{"replicas":1}}""", Object("{}"), "spec.replicas"));

    [Fact]
    public void Settle_AnyItem_MeansAllOfThem()
    {
        var live = Object("""{"spec":{"containers":[{"name":"a","image":"x"},{"name":"b","image":"y"}]}}""");
        Assert.Equal(
            Json.Map("""{"spec":{"containers":[{"name":"a","image":"x"},{"name":"b","image":"y"}]}}"""),
            Settle("""{"spec":{"containers":[{"name":"a","image":"1"},{"name":"b","image":"2"}]}}""", live, "spec.containers[*].image"));
    }

    [Fact]
    public void ManagerName_IsStableAndOfTheResourceAlone()
    {
        var urn = ProviderDriver.UrnOf("kubernetes:core/v1:ConfigMap", "a");
        var name = FieldManager.NameFor(urn, PropertyMap.Empty, null);
        Assert.Matches("^pulumi-kubernetes-[0-9a-f]{8}$", name);
        Assert.Equal(name, FieldManager.NameFor(urn, PropertyMap.Empty, null));
        Assert.NotEqual(name, FieldManager.NameFor(ProviderDriver.UrnOf("kubernetes:core/v1:ConfigMap", "b"), PropertyMap.Empty, null));
        Assert.Equal("old", FieldManager.NameFor(urn, PropertyMap.Empty, PropertyMap.Of(("__fieldManager", "old"))));
        Assert.Equal("mine", FieldManager.NameFor(urn, Json.Map("""{"metadata":{"annotations":{"pulumi.com/patchFieldManager":"mine"}}}"""), PropertyMap.Of(("__fieldManager", "old"))));
    }

    [Fact]
    public void Plan_OnlyWhatChangesCanBeInConflict() => Assert.Equal(
        ApplyRoute.Plain, Plan(Object(Entry(Me, "Update", Replicas)), """{"spec":{"replicas":1}}""", """{"spec":{"replicas":1,"paused":true}}"""));

    [Theory]
    [InlineData("{}", "{}", "{}")]
    [InlineData("""{"a":1,"b":{"c":1,"d":2}}""", """{"a":1,"b":{"c":1,"d":3},"e":4}""", """{"b":{"d":3},"e":4}""")]
    [InlineData("""{"a":[1,{"b":2}]}""", """{"a":[1,{"b":3}]}""", """{"a":[1,{"b":3}]}""")]
    [InlineData("""{"a":{"b":1}}""", """{"a":2}""", """{"a":2}""")]
    public void ChangedFields_AreThoseThatDiffer(string old, string now, string expected) =>
        Assert.Equal(Json.Map(expected), ChangedFields.Of(Json.Map(old), Json.Map(now)));

    [Theory]
    [InlineData("""{"metadata":{"generation":2},"status":{"observedGeneration":1}}""", true)]
    [InlineData("""{"metadata":{"generation":2},"status":{}}""", true)]
    [InlineData("""{"metadata":{"generation":2},"status":{"observedGeneration":2}}""", false)]
    [InlineData("""{"metadata":{}}""", false)]
    public void ObjectThatItsControllerHadYetToReportOn_HasMovedOn(string seen, bool expected) => Assert.Equal(expected, ApplyPlan.HasMovedOn(Json.Map(seen)));

    private static FieldSet Set(string json) => new(Json.Map(json));

    private static ApplyRoute Plan(PropertyMap seen, string from, string to, bool force = false) =>
        ApplyPlan.Choose(Json.Deployment, Me, seen, Json.Map(from), Json.Map(to), force);

    private static PropertyMap Settle(string inputs, PropertyMap live, string path) =>
        IgnoredFields.Settle(Json.Map(inputs), live, [PropertyPath.Parse(path)], Me);

    private static PropertyMap Object(params string[] entries) => Object("{}", entries);

    private static PropertyMap Object(string item, params string[] entries) => item.Contains("\"manager\"")
        ? Object("{}", [item, .. entries])
        : Json.Map(item).With("metadata", Json.Map($$$"""{"resourceVersion":"9","managedFields":[{{{string.Join(',', entries)}}}]}"""));

    private static string Entry(string manager, string operation, string fields, string subresource = "") =>
        $$$"""{"manager":"{{{manager}}}","operation":"{{{operation}}}","subresource":"{{{subresource}}}","fieldsV1":{{{fields}}} }""";

    private static ApiException Conflict(params (string Field, string Message)[] causes) => new("conflict")
    {
        Code = HttpStatusCode.Conflict,
        Reason = "Conflict",
        Causes = [.. causes.Select(cause => new StatusCause("FieldManagerConflict", cause.Field, cause.Message))],
    };
}
