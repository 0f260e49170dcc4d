using System.Text;
using FogInfra.Embedded.Kubernetes.Inputs;
using FogInfra.Embedded.Kubernetes.Objects;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Tests.Kubernetes.Support;

namespace FogInfra.Tests.Kubernetes.Inputs;

public sealed class InputNormaliserTests
{
    [Fact]
    public void Normalise_ReadOnlyMetadataAndStatus_AreTakenAway()
    {
        var inputs = Json.Map("""
            {"metadata":{"name":"a","uid":"u","resourceVersion":"1","generation":2,"creationTimestamp":"x","managedFields":[],"selfLink":"s","labels":{"a":"b"}},
             "status":{"replicas":1}}
            """);
        Assert.Equal(
            """{"metadata":{"name":"a","labels":{"a":"b"}},"apiVersion":"apps/v1","kind":"Deployment"}""",
            Json.Text(InputNormaliser.Normalise(Json.Deployment, inputs)));
    }

    [Fact]
    public void Normalise_StatusOfAnUnknownKind_IsKept() =>
        Assert.NotNull(InputNormaliser.Normalise(Json.Type("kubernetes:example.com/v1:Thing"), Json.Map("""{"status":"broken"}"""))["status"]);

    [Fact]
    public void Normalise_Nulls_AreTakenAwayAtAnyDepthButNotFromLists()
    {
        var result = InputNormaliser.Normalise(Json.Type("kubernetes:example.com/v1:Thing"), Json.Map("""{"spec":{"a":null,"b":[null,{"c":null}],"d":{}}}"""));
        Assert.Equal("""{"b":[null,{}],"d":{}}""", Json.Text(result["spec"]!));
    }

    [Fact]
    public void Normalise_Secret_PutsStringDataOverDataAndMarksItSecret()
    {
        var result = InputNormaliser.Normalise(Json.Secret, Json.Map("""{"data":{"a":"YQ==","b":"Yg\n=="},"stringData":{"a":"neu"}}"""));
        Assert.False(result.Contains("stringData"));
        Assert.IsType<PropertyValue.Secret>(result["data"]);
        Assert.Equal(Convert.ToBase64String(Encoding.UTF8.GetBytes("neu")), result.TextAt("data", "a"));
        Assert.Equal("Yg==", result.TextAt("data", "b"));
    }

    [Fact]
    public void Normalise_SecretWithUnknownValue_KeepsItUnknown()
    {
        var inputs = PropertyMap.Of(("stringData", PropertyMap.Of(("a", PropertyValue.Unknown))));
        Assert.IsType<PropertyValue.UnknownValue>(InputNormaliser.Normalise(Json.Secret, inputs).At("data", "a"));
    }

    [Fact]
    public void Normalise_SecretInputs_StaySecret()
    {
        var inputs = PropertyMap.Of(("data", PropertyMap.Of(("a", ((PropertyValue)"geheim").AsSecret()), ("b", "offen"))));
        var data = InputNormaliser.Normalise(Json.ConfigMap, inputs).GetMap("data")!;
        Assert.IsType<PropertyValue.Secret>(data["a"]);
        Assert.IsType<PropertyValue.Text>(data["b"]);
    }

    [Theory]
    [InlineData("kubernetes:core/v1:Secret", """{"data":{"a":"YQ=="},"stringData":{"b":"c"}}""")]
    [InlineData("kubernetes:apps/v1:Deployment", """{"metadata":{"uid":"x"},"spec":{"replicas":null},"status":{}}""")]
    [InlineData("kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition", """{"spec":{"preserveUnknownFields":false,"x-kubernetes-list-type":"map"}}""")]
    public void Normalise_Twice_IsTheSameAsOnce(string token, string inputs)
    {
        var type = Json.Type(token);
        var once = InputNormaliser.Normalise(type, Json.Map(inputs));
        Assert.Equal(once, InputNormaliser.Normalise(type, once));
    }

    [Fact]
    public void Normalise_Definition_WritesExtensionsWithUnderscoresAndTheApiGetsDashes()
    {
        var type = Json.Type("kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition");
        var result = InputNormaliser.Normalise(type, Json.Map("""{"spec":{"preserveUnknownFields":false,"schema":[{"x-kubernetes-list-map-keys":["a-b"]}]}}"""));
        Assert.Equal("""{"schema":[{"x_kubernetes_list_map_keys":["a-b"]}]}""", Json.Text(result["spec"]!));
        Assert.Contains("x-kubernetes-list-map-keys", Json.Text(DefinitionKeys.ToApi(result)));
    }

    [Fact]
    public void ImportedInputs_LeaveOutWhatTheServerKeepsForItself()
    {
        var live = Json.Map("""
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"a","namespace":"n","uid":"u","generation":3,
              "annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{}","deployment.kubernetes.io/revision":"4"}},
             "spec":{"replicas":1},"status":{"replicas":1}}
            """);
        Assert.Equal(
            Json.Map("""{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"a","namespace":"n"},"spec":{"replicas":1}}"""),
            ImportedInputs.Of(Json.Deployment, live));
    }
}
