using FogInfra.Embedded.Kubernetes.Objects;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Tests.Kubernetes.Support;

namespace FogInfra.Tests.Kubernetes.Diffs;

public sealed class ValueTests
{
    [Theory]
    [InlineData("1", "1000m", true)]
    [InlineData("0.1", "100m", true)]
    [InlineData("1Gi", "1024Mi", true)]
    [InlineData("1Gi", "1G", false)]
    [InlineData("1e3", "1k", true)]
    [InlineData("1E", "1000P", true)]
    [InlineData("1.5Ki", "1536", true)]
    [InlineData("-1", "1", false)]
    [InlineData("much", "much", true)]
    [InlineData("much", "more", false)]
    public void Quantity_AreEqual_GoesByAmount(string first, string second, bool expected) => Assert.Equal(expected, Quantity.AreEqual(first, second));

    [Theory]
    [InlineData("spec.template.spec.containers[0].image")]
    [InlineData("metadata.annotations[\"a.b/c\"]")]
    [InlineData("[\"a.b\"].c")]
    [InlineData("spec.containers[*].env")]
    public void PropertyPath_RoundTrips(string text) => Assert.Equal(text, PropertyPath.Parse(text).ToString());

    [Theory]
    [InlineData("spec.selector.matchLabels.a", ".spec.selector", true)]
    [InlineData("spec", ".spec.selector", true)]
    [InlineData("spec.replicas", ".spec.selector", false)]
    [InlineData("spec.containers[3].image", ".spec.containers[*].image", true)]
    [InlineData("spec.containers[3].name", ".spec.containers[*].image", false)]
    public void PropertyPath_Touches_GoesBothWays(string path, string other, bool expected) =>
        Assert.Equal(expected, PropertyPath.Parse(path).Touches(PropertyPath.Parse(other)));

    [Theory]
    [InlineData("kubernetes:core/v1:Service", "v1", "Service")]
    [InlineData("kubernetes:rbac.authorization.k8s.io/v1:Role", "rbac.authorization.k8s.io/v1", "Role")]
    [InlineData("kubernetes:example.com/v1alpha1:Thing", "example.com/v1alpha1", "Thing")]
    public void ResourceType_IsReadFromItsToken(string token, string apiVersion, string kind)
    {
        var type = ResourceType.TryParse(token);
        Assert.Equal((apiVersion, kind), (type?.ApiVersion, type?.Kind));
    }

    [Theory]
    [InlineData("kubernetes:core:Service")]
    [InlineData("kubernetes:yaml:ConfigFile")]
    [InlineData("kubernetes:a/b/c:Service")]
    [InlineData("aws:s3/bucket:Bucket")]
    public void ResourceType_OfSomethingElse_IsNull(string token) => Assert.Null(ResourceType.TryParse(token));

    [Fact]
    public void ObjectJson_WholeNumbers_AreWrittenWithoutFraction() => Assert.Equal("""{"a":3,"b":1.5}""", Json.Text(Json.Map("""{"a":3.0,"b":1.5}""")));

    [Fact]
    public void ObjectJson_UnknownValue_IsNeverSent() =>
        Assert.Throws<InvalidOperationException>(() => ObjectJson.Write(PropertyMap.Of(("a", PropertyValue.Unknown))));

    [Fact]
    public void ListKeys_WithDefaults_FillsInWhatTellsItemsApart() => Assert.Equal(
        """{"spec":{"ports":[{"port":80,"protocol":"TCP"},{"port":53,"protocol":"UDP"}]}}""",
        Json.Text(ListKeys.WithDefaults(Json.Map("""{"spec":{"ports":[{"port":80},{"port":53,"protocol":"UDP"}]}}"""), Json.Service.Schema)));

    [Fact]
    public void SecretText_Redact_HidesValuesInEitherForm()
    {
        var inputs = PropertyMap.Of(("data", ((PropertyValue)PropertyMap.Of(("k", "Z2VoZWltZXM="))).AsSecret()), ("open", "visible"));
        Assert.Equal("bad [secret] and [secret] in visible", SecretText.Redact("bad Z2VoZWltZXM= and geheimes in visible", inputs));
    }

    [Fact]
    public void SecretMarks_AreCopiedFromInputsToOutputs()
    {
        var inputs = PropertyMap.Of(("data", PropertyMap.Of(("a", ((PropertyValue)"x").AsSecret()), ("b", "y"))));
        var marked = SecretMarks.Apply(Json.ConfigMap, Json.Map("""{"data":{"a":"x","b":"y"},"metadata":{"name":"n"}}"""), inputs);
        Assert.IsType<PropertyValue.Secret>(marked.GetMap("data")!["a"]);
        Assert.False(marked.GetMap("data")!["b"]!.ContainsSecrets);
        Assert.False(marked["metadata"]!.ContainsSecrets);
    }

    [Fact]
    public void SecretMarks_ListWithOneSecretItem_IsSecretAsAWhole()
    {
        var inputs = PropertyMap.Of(("list", PropertyValue.ListOf("a", ((PropertyValue)"b").AsSecret())));
        Assert.IsType<PropertyValue.Secret>(SecretMarks.Apply(Json.ConfigMap, Json.Map("""{"list":["a","b"]}"""), inputs)["list"]);
    }

    [Fact]
    public void SecretMarks_DataOfASecret_IsAlwaysSecret() =>
        Assert.IsType<PropertyValue.Secret>(SecretMarks.Apply(Json.Secret, Json.Map("""{"data":{"a":"x"}}"""), PropertyMap.Empty)["data"]);
}
