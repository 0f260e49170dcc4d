using FogInfra.Embedded.Kubernetes.Inputs;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Tests.Kubernetes.Support;

namespace FogInfra.Tests.Kubernetes.Inputs;

public sealed class SchemaValidatorTests
{
    [Theory]
    [InlineData("""{"spec":{"replcas":3}}""", "spec.replcas", "DeploymentSpec has no field replcas. Did you mean replicas?")]
    [InlineData("""{"spec":{"template":{"spec":{"containers":[{"name":"a","imagePulPolicy":"Always"}]}}}}""",
        "spec.template.spec.containers[0].imagePulPolicy", "Container has no field imagePulPolicy. Did you mean imagePullPolicy?")]
    [InlineData("""{"spec":{"selector":{"qqqqqqqq":{}}}}""", "spec.selector.qqqqqqqq", "LabelSelector has no field qqqqqqqq. Its fields: matchExpressions, matchLabels.")]
    [InlineData("""{"data":{}}""", "data", "Deployment has no field data. Its fields: apiVersion, kind, metadata, spec, status.")]
    [InlineData("""{"spec":{"replicas":"3"}}""", "spec.replicas", "expected a whole number, but got a text.")]
    [InlineData("""{"spec":{"replicas":1.5}}""", "spec.replicas", "expected a whole number, but got a number with a fraction.")]
    [InlineData("""{"spec":{"paused":"yes"}}""", "spec.paused", "expected true or false, but got a text.")]
    [InlineData("""{"metadata":{"labels":{"v":1}}}""", "metadata.labels.v", "expected a text, but got a whole number.")]
    [InlineData("""{"metadata":{"annotations":{"a.b/c":true}}}""", "metadata.annotations[\"a.b/c\"]", "expected a text, but got true or false.")]
    [InlineData("""{"spec":{"template":{"spec":{"containers":{"name":"a"}}}}}""", "spec.template.spec.containers", "expected a list, but got an object.")]
    [InlineData("""{"spec":{"template":[]}}""", "spec.template", "expected an object (PodTemplateSpec), but got a list.")]
    [InlineData("""{"spec":{"strategy":{"rollingUpdate":{"maxSurge":true}}}}""", "spec.strategy.rollingUpdate.maxSurge", "expected a whole number or a text, but got true or false.")]
    [InlineData("""{"spec":{"template":{"spec":{"containers":[{"name":"a","resources":{"limits":{"cpu":"much"}}}]}}}}""",
        "spec.template.spec.containers[0].resources.limits.cpu", "expected a quantity such as 500m, 2 or 128Mi.")]
    [InlineData("""{"spec":{"template":{"spec":{"containers":[{"name":"a","imagePullPolicy":"Allways"}]}}}}""",
        "spec.template.spec.containers[0].imagePullPolicy", "expected one of Always, Never, IfNotPresent; did you mean Always?")]
    public void Validate_Mistake_IsToldWithPathAndWhatIsExpected(string inputs, string path, string reason)
    {
        var failure = SchemaValidator.Validate(Json.Deployment, Json.Map(inputs)).Single();
        Assert.Equal((path, reason), (failure.Property, failure.Reason));
    }

    [Theory]
    [InlineData("""{"spec":{"strategy":{"rollingUpdate":{"maxSurge":"25%","maxUnavailable":1}}}}""")]
    [InlineData("""{"spec":{"template":{"spec":{"containers":[{"name":"a","resources":{"limits":{"cpu":2,"memory":"1Gi"}}}]}}}}""")]
    [InlineData("""{"spec":{"template":{"spec":{"volumes":[{"name":"v","emptyDir":{}}]}}}}""")]
    [InlineData("""{"metadata":{"clusterName":"an input that only the SDK still has"}}""")]
    public void Validate_ValidInputs_Pass(string inputs) => Assert.Empty(SchemaValidator.Validate(Json.Deployment, Json.Map(inputs)));

    [Fact]
    public void Validate_SeveralMistakes_AreAllTold() =>
        Assert.Equal(3, SchemaValidator.Validate(Json.Deployment, Json.Map("""{"a":1,"spec":{"replicas":"x","b":2}}""")).Length);

    [Fact]
    public void Validate_UnknownValues_PassAnywhere()
    {
        var inputs = PropertyMap.Of(("spec", PropertyMap.Of(("replicas", PropertyValue.Unknown), ("template", PropertyValue.Unknown))));
        Assert.Empty(SchemaValidator.Validate(Json.Deployment, inputs));
    }

    [Fact]
    public void Validate_SecretValue_IsLookedAtButNotShown()
    {
        var inputs = PropertyMap.Of(("data", PropertyMap.Of(("k", ((PropertyValue)4711.0).AsSecret()))));
        var failure = SchemaValidator.Validate(Json.ConfigMap, inputs).Single();
        Assert.Equal("data.k", failure.Property);
        Assert.DoesNotContain("4711", failure.Reason);
    }

    [Fact]
    public void Validate_CustomResource_IsNotForUsToJudge() =>
        Assert.Empty(SchemaValidator.Validate(Json.Type("kubernetes:example.com/v1:Thing"), Json.Map("""{"anything":[1,"two",{}]}""")));

    [Fact]
    public void Validate_Definition_KnowsTheExtensionsInEitherSpelling()
    {
        var type = Json.Type("kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition");
        var inputs = Json.Map("""
            {"spec":{"group":"g","names":{"kind":"K","plural":"ks"},"scope":"Cluster","versions":[{"name":"v1","served":true,"storage":true,
              "schema":{"openAPIV3Schema":{"type":"object","x_kubernetes_preserve_unknown_fields":true,"properties":{"a":{"x-kubernetes-int-or-string":true}}}}}]}}
            """);
        Assert.Empty(SchemaValidator.Validate(type, inputs));
    }

    [Theory]
    [InlineData("replcas", "replicas")]
    [InlineData("REPLICAS", "replicas")]
    [InlineData("tempalte", "template")]
    [InlineData("completelyElse", null)]
    public void NearestName_FindsSlipsOnly(string name, string? expected) =>
        Assert.Equal(expected, NearestName.Find(name, ["replicas", "template", "selector"]));
}
