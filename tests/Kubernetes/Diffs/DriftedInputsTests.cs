using FogInfra.Embedded.Kubernetes.Diffs;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Tests.Kubernetes.Support;

namespace FogInfra.Tests.Kubernetes.Diffs;

public sealed class DriftedInputsTests
{
    [Theory]
    // What the server spells in its own way, fills in or leaves out, was so before: no drift.
    [InlineData("""{"spec":{"replicas":1}}""", """{"spec":{"replicas":1,"paused":false}}""", """{"spec":{"replicas":1,"paused":false}}""", """{"spec":{"replicas":1}}""")]
    [InlineData("""{"spec":{"a":"1000m"}}""", """{"spec":{"a":"1"}}""", """{"spec":{"a":"1"}}""", """{"spec":{"a":"1000m"}}""")]
    [InlineData("""{"spec":{"hostNetwork":false}}""", """{"spec":{}}""", """{"spec":{}}""", """{"spec":{"hostNetwork":false}}""")]
    [InlineData("""{"metadata":{"labels":{}}}""", """{"metadata":{}}""", """{"metadata":{"uid":"1"}}""", """{"metadata":{"labels":{}}}""")]
    // What has changed since shows.
    [InlineData("""{"spec":{"replicas":1}}""", """{"spec":{"replicas":1}}""", """{"spec":{"replicas":5}}""", """{"spec":{"replicas":5}}""")]
    [InlineData("""{"metadata":{"labels":{"a":"1","b":"2"}}}""", """{"metadata":{"labels":{"a":"1","b":"2"}}}""", """{"metadata":{"labels":{"a":"1"}}}""", """{"metadata":{"labels":{"a":"1"}}}""")]
    [InlineData("""{"spec":{"a":{"b":1}}}""", """{"spec":{"a":{"b":1}}}""", """{"spec":{}}""", """{"spec":{}}""")]
    // What others add is theirs.
    [InlineData("""{"metadata":{"labels":{"a":"1"}}}""", """{"metadata":{"labels":{"a":"1"}}}""", """{"metadata":{"labels":{"a":"1","x":"y"}}}""", """{"metadata":{"labels":{"a":"1"}}}""")]
    public void Of_ShowsWhatHasChangedSinceTheLastLook(string inputs, string before, string now, string expected) =>
        Assert.Equal(Json.Map(expected), DriftedInputs.Of(Json.Map(inputs), Json.Map(before), Json.Map(now), Json.Deployment.Schema));

    [Fact]
    public void Of_InjectedContainer_IsNotTakenForOurs()
    {
        var result = Of(
            Pod("""{"name":"web","image":"a"}"""),
            Pod("""{"name":"web","image":"a","imagePullPolicy":"Always"}"""),
            Pod("""{"name":"mesh","image":"m"}""", """{"name":"web","image":"b","imagePullPolicy":"Always"}"""));
        Assert.Equal(Json.Map(Pod("""{"name":"web","image":"b"}""")), result);
    }

    [Fact]
    public void Of_ContainerTakenAway_IsMissing() =>
        Assert.Equal(Json.Map(Pod("""{"name":"a"}""")), Of(Pod("""{"name":"a"}""", """{"name":"b"}"""), Pod("""{"name":"a"}""", """{"name":"b"}"""), Pod("""{"name":"a"}""")));

    [Fact]
    public void Of_ListWithoutKeys_ShowsWhatWasAdded()
    {
        var result = DriftedInputs.Of(
            Json.Map("""{"rules":[{"verbs":["get"]}]}"""), Json.Map("""{"rules":[{"verbs":["get"]}]}"""), Json.Map("""{"rules":[{"verbs":["get","delete"]}]}"""),
            Json.Type("kubernetes:rbac.authorization.k8s.io/v1:Role").Schema);
        Assert.Equal(Json.Map("""{"rules":[{"verbs":["get","delete"]}]}"""), result);
    }

    [Fact]
    public void Of_SecretInput_IsSecretInItsNewValueToo()
    {
        var inputs = PropertyMap.Of(("data", PropertyMap.Of(("k", ((PropertyValue)"alt").AsSecret()))));
        var result = DriftedInputs.Of(inputs, Json.Map("""{"data":{"k":"alt"}}"""), Json.Map("""{"data":{"k":"neu"}}"""), Json.ConfigMap.Schema);
        Assert.Equal(((PropertyValue)"neu").AsSecret(), result.GetMap("data")!["k"]);
    }

    private static PropertyMap Of(string inputs, string before, string now) =>
        DriftedInputs.Of(Json.Map(inputs), Json.Map(before), Json.Map(now), Json.Deployment.Schema);

    private static string Pod(params string[] containers) => $$$$$"""{"spec":{"template":{"spec":{"containers":[{{{{{string.Join(',', containers)}}}}}]}}}}""";
}
