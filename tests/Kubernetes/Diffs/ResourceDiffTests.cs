using FogInfra.Embedded.Kubernetes.Diffs;
using FogInfra.Embedded.Kubernetes.Objects;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;
using FogInfra.Tests.Kubernetes.Support;

namespace FogInfra.Tests.Kubernetes.Diffs;

public sealed class ResourceDiffTests
{
    [Theory]
    [InlineData("""{"a":1}""", """{"a":1}""")]
    [InlineData("""{"spec":{"replicas":1}}""", """{"spec":{"replicas":1.0}}""")]
    [InlineData("""{"metadata":{"name":"a"}}""", """{"metadata":{"name":"a","namespace":"default"}}""")]
    [InlineData("""{"spec":{"template":{"spec":{"containers":[{"name":"a","resources":{"limits":{"cpu":"1000m"}}}]}}}}""",
        """{"spec":{"template":{"spec":{"containers":[{"name":"a","resources":{"limits":{"cpu":1}}}]}}}}""")]
    public void Compare_SameMeaning_IsNoChange(string from, string to) => Assert.Equal(DiffChanges.None, Diff(Json.Deployment, from, to).Changes);

    [Theory]
    [InlineData("""{"spec":{"replicas":1}}""", """{"spec":{"replicas":2}}""", "spec.replicas:Update")]
    [InlineData("""{"spec":{}}""", """{"spec":{"replicas":2}}""", "spec.replicas:Add")]
    [InlineData("""{"spec":{"replicas":1}}""", """{"spec":{}}""", "spec.replicas:Delete")]
    [InlineData("""{"metadata":{"annotations":{"a.b/c":"1"}}}""", """{"metadata":{"annotations":{"a.b/c":"2"}}}""", "metadata.annotations[\"a.b/c\"]:Update")]
    [InlineData("""{"spec":{"strategy":{"rollingUpdate":{"maxSurge":1}}}}""", """{"spec":{"strategy":{"rollingUpdate":{"maxSurge":"1"}}}}""",
        "spec.strategy.rollingUpdate.maxSurge:Update")]
    public void Compare_Change_IsToldByPath(string from, string to, string expected) => Assert.Equal(expected, Show(Diff(Json.Deployment, from, to)));

    [Fact]
    public void Compare_ItemPutFirst_IsOneAddition() => Assert.Equal(
        "spec.template.spec.containers[0]:Add",
        Show(Diff(Json.Deployment, Containers("""{"name":"web","image":"a"}"""), Containers("""{"name":"side","image":"b"}""", """{"name":"web","image":"a"}"""))));

    [Fact]
    public void Compare_ItemsInAnotherOrder_IsOneChangeOfTheList() => Assert.Equal(
        "spec.template.spec.containers:Update",
        Show(Diff(Json.Deployment, Containers("""{"name":"a"}""", """{"name":"b"}"""), Containers("""{"name":"b"}""", """{"name":"a"}"""))));

    [Fact]
    public void Compare_ItemReplaced_IsAChangeAtItsPlace() => Assert.Equal(
        "spec.template.spec.containers[0]:Update",
        Show(Diff(Json.Deployment, Containers("""{"name":"a"}"""), Containers("""{"name":"b"}"""))));

    [Fact]
    public void Compare_PortsWithTheDefaultProtocolSpeltOut_AreTheSameItems() => Assert.Equal(
        "spec.ports[0].protocol:Add",
        Show(Diff(Json.Service, """{"spec":{"ports":[{"port":80}]}}""", """{"spec":{"ports":[{"port":80,"protocol":"TCP"}]}}""")));

    [Fact]
    public void Compare_ListWithoutKeys_GoesByPlace() => Assert.Equal(
        "rules[0].verbs[1]:Add, rules[1]:Delete",
        Show(Diff(Json.Type("kubernetes:rbac.authorization.k8s.io/v1:Role"), """{"rules":[{"verbs":["get"]},{"verbs":["list"]}]}""", """{"rules":[{"verbs":["get","watch"]}]}""")));

    [Fact]
    public void Compare_UnknownValue_IsAChange()
    {
        var request = Request(Json.Deployment, Json.Map("""{"spec":{"replicas":1}}"""), PropertyMap.Of(("spec", PropertyMap.Of(("replicas", PropertyValue.Unknown)))));
        Assert.Equal("spec.replicas:Update", Show(ResourceDiff.Compare(Json.Deployment, request, new MutableData(false, false))));
    }

    [Fact]
    public void Compare_SecretValues_AreCompared() =>
        Assert.Equal("data.a:UpdateReplace", Show(ResourceDiff.Compare(
            Json.ConfigMap,
            Request(Json.ConfigMap, Json.Map("""{"data":{"a":"1"}}"""), PropertyMap.Of(("data", ((PropertyValue)Json.Map("""{"a":"2"}""")).AsSecret()))),
            new MutableData(false, false))));

    [Theory]
    [InlineData("kubernetes:apps/v1:Deployment", """{"spec":{"selector":{"matchLabels":{"a":"1"}}}}""", """{"spec":{"selector":{"matchLabels":{"a":"2"}}}}""")]
    [InlineData("kubernetes:core/v1:ConfigMap", """{"metadata":{"name":"a"}}""", """{"metadata":{"name":"b"}}""")]
    [InlineData("kubernetes:core/v1:ConfigMap", """{"metadata":{"namespace":"a"}}""", """{"metadata":{"namespace":"b"}}""")]
    [InlineData("kubernetes:core/v1:ConfigMap", """{"data":{"a":"1"}}""", """{"data":{"a":"2"}}""")]
    [InlineData("kubernetes:core/v1:Secret", """{"type":"a"}""", """{"type":"b"}""")]
    [InlineData("kubernetes:core/v1:Pod", """{"spec":{"containers":[{"name":"a","image":"1"}]}}""", """{"spec":{"containers":[{"name":"a","image":"2"}]}}""")]
    [InlineData("kubernetes:apps/v1:StatefulSet", """{"spec":{"serviceName":"a"}}""", """{"spec":{"serviceName":"b"}}""")]
    [InlineData("kubernetes:batch/v1:Job", """{"spec":{"template":{"spec":{"restartPolicy":"Never"}}}}""", """{"spec":{"template":{"spec":{"restartPolicy":"OnFailure"}}}}""")]
    [InlineData("kubernetes:core/v1:Service", """{"spec":{"clusterIP":"1.1.1.1"}}""", """{"spec":{"clusterIP":"None"}}""")]
    [InlineData("kubernetes:rbac.authorization.k8s.io/v1:RoleBinding", """{"roleRef":{"name":"a"}}""", """{"roleRef":{"name":"b"}}""")]
    [InlineData("kubernetes:scheduling.k8s.io/v1:PriorityClass", """{"value":1}""", """{"value":2}""")]
    [InlineData("kubernetes:networking.k8s.io/v1:IngressClass", """{"spec":{"controller":"a"}}""", """{"spec":{"controller":"b"}}""")]
    [InlineData("kubernetes:example.com/v1:Thing", """{"metadata":{"name":"a"}}""", """{"metadata":{"name":"b"}}""")]
    public void Compare_FieldThatCannotBeChanged_Replaces(string token, string from, string to) => Assert.True(Diff(Json.Type(token), from, to).IsReplace);

    [Theory]
    [InlineData("kubernetes:apps/v1:Deployment", """{"spec":{"template":{"spec":{"containers":[{"name":"a","image":"1"}]}}}}""",
        """{"spec":{"template":{"spec":{"containers":[{"name":"a","image":"2"}]}}}}""")]
    [InlineData("kubernetes:core/v1:PersistentVolumeClaim", """{"spec":{"resources":{"requests":{"storage":"1Gi"}}}}""", """{"spec":{"resources":{"requests":{"storage":"2Gi"}}}}""")]
    [InlineData("kubernetes:example.com/v1:Thing", """{"spec":{"selector":"a"}}""", """{"spec":{"selector":"b"}}""")]
    public void Compare_OtherField_IsUpdatedInPlace(string token, string from, string to) => Assert.False(Diff(Json.Type(token), from, to).IsReplace);

    [Theory]
    [InlineData("kubernetes:core/v1:ConfigMap", """{"data":{"a":"2"}}""", false)]
    [InlineData("kubernetes:core/v1:ConfigMap", """{"data":{"a":"2"},"immutable":true}""", true)]
    [InlineData("kubernetes:core/v1:Secret", """{"data":{"a":"2"}}""", true)]
    public void Compare_DataThatMayBeChanged_ReplacesOnlyWhatIsImmutable(string token, string to, bool replaces) =>
        Assert.Equal(replaces, ResourceDiff.Compare(
            Json.Type(token), Request(Json.Type(token), Json.Map("""{"data":{"a":"1"}}"""), Json.Map(to)), new MutableData(ConfigMaps: true, Secrets: false)).IsReplace);

    [Fact]
    public void Compare_NamedObject_IsDeletedBeforeItIsReplaced() =>
        Assert.True(Diff(Json.ConfigMap, """{"metadata":{"name":"a"},"data":{"a":"1"}}""", """{"metadata":{"name":"a"},"data":{"a":"2"}}""").DeleteBeforeReplace);

    [Theory]
    [InlineData("""{"metadata":{"name":"a","annotations":{"pulumi.com/autonamed":"true"}},"data":{"a":"1"}}""", """{"metadata":{"name":"a","annotations":{"pulumi.com/autonamed":"true"}},"data":{"a":"2"}}""")]
    [InlineData("""{"metadata":{"name":"a"},"data":{}}""", """{"metadata":{"name":"b"},"data":{}}""")]
    [InlineData("""{"metadata":{"name":"a","namespace":"x"}}""", """{"metadata":{"name":"a","namespace":"y"}}""")]
    public void Compare_NewNameOrNamespace_LetsTheOldObjectStayUntilTheNewOneIsThere(string from, string to)
    {
        var diff = Diff(Json.ConfigMap, from, to);
        Assert.True(diff.IsReplace);
        Assert.False(diff.DeleteBeforeReplace);
    }

    [Theory]
    [InlineData("spec.replicas")]
    [InlineData("spec")]
    [InlineData("spec[\"replicas\"]")]
    [InlineData("*.replicas")]
    public void Compare_IgnoredPath_DoesNotCount(string ignored) =>
        Assert.Equal(DiffChanges.None, Diff(Json.Deployment, """{"spec":{"replicas":1}}""", """{"spec":{"replicas":2}}""", ignored).Changes);

    private static string Containers(params string[] items) => $$$$$"""{"spec":{"template":{"spec":{"containers":[{{{{{string.Join(',', items)}}}}}]}}}}""";

    private static DiffResult Diff(ResourceType type, string from, string to, params string[] ignored) =>
        ResourceDiff.Compare(type, Request(type, Json.Map(from), Json.Map(to), ignored), new MutableData(false, false));

    private static DiffRequest Request(ResourceType type, PropertyMap from, PropertyMap to, params string[] ignored) =>
        new(ProviderDriver.UrnOf(type.Token, "r"), "id", from, from, to, [.. ignored]);

    private static string Show(DiffResult diff) => string.Join(", ", diff.DetailedDiff!.Select(change => $"{change.Key}:{change.Value.Kind}"));
}
