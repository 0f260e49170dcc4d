using FogInfra.Embedded.Kubernetes.Inputs;
using FogInfra.Embedded.Kubernetes.Objects;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;
using FogInfra.Tests.Kubernetes.Support;

namespace FogInfra.Tests.Kubernetes.Inputs;

public sealed class InputCheckTests
{
    private static readonly CheckContext Namespaced = new("apps", IsNamespaced: true, ServerIsNewer: false);

    [Fact]
    public void Check_NoName_IsNamedAfterTheResourceByTheSeed()
    {
        var first = Check(Json.ConfigMap, "{}", seed: 1).Inputs;
        var again = Check(Json.ConfigMap, "{}", seed: 1).Inputs;
        var other = Check(Json.ConfigMap, "{}", seed: 2).Inputs;
        Assert.Matches("^config-[0-9a-f]{8}$", first.TextAt("metadata", "name"));
        Assert.Equal(first, again);
        Assert.NotEqual(first.TextAt("metadata", "name"), other.TextAt("metadata", "name"));
        Assert.Equal("true", first.Annotation("pulumi.com/autonamed"));
    }

    [Fact]
    public void Check_AutonamedBefore_KeepsItsName()
    {
        var old = Check(Json.ConfigMap, "{}", seed: 1).Inputs;
        Assert.Equal(old, Check(Json.ConfigMap, "{}", old, seed: 2).Inputs);
    }

    [Fact]
    public void Check_NamedBefore_GetsANewName()
    {
        var old = Check(Json.ConfigMap, """{"metadata":{"name":"fixed"}}""").Inputs;
        Assert.StartsWith("config-", Check(Json.ConfigMap, "{}", old).Inputs.TextAt("metadata", "name"));
    }

    [Fact]
    public void Check_Named_IsNotMarked()
    {
        var inputs = Check(Json.ConfigMap, """{"metadata":{"name":"fixed"}}""").Inputs;
        Assert.Equal("fixed", inputs.TextAt("metadata", "name"));
        Assert.Null(inputs.Annotation("pulumi.com/autonamed"));
    }

    [Fact]
    public void Check_UnknownName_IsLeftUnknown()
    {
        var inputs = PropertyMap.Of(("metadata", PropertyMap.Of(("name", PropertyValue.Unknown))));
        Assert.IsType<PropertyValue.UnknownValue>(Run(Json.ConfigMap, inputs, PropertyMap.Empty, "config").Inputs.At("metadata", "name"));
    }

    [Theory]
    [InlineData("My_App")]
    [InlineData("UPPER")]
    [InlineData("-dash")]
    public void Check_ResourceNameThatMakesNoName_IsTold(string resourceName)
    {
        var failure = Run(Json.ConfigMap, PropertyMap.Empty, PropertyMap.Empty, resourceName).Failures.Single();
        Assert.Equal("metadata.name", failure.Property);
        Assert.Contains(resourceName, failure.Reason);
    }

    [Fact]
    public void Check_ResourceNameThatMakesNoName_DoesNotMatterWhenThereIsAName() =>
        Assert.Empty(Run(Json.ConfigMap, Json.Map("""{"metadata":{"name":"x"}}"""), PropertyMap.Empty, "My_App").Failures);

    [Fact]
    public void Check_Role_MayBeNamedMoreFreely() =>
        Assert.Empty(Run(Json.Type("kubernetes:rbac.authorization.k8s.io/v1:ClusterRole"), PropertyMap.Empty, PropertyMap.Empty, "system:My_Role").Failures);

    [Fact]
    public void Check_NoNamespace_TakesTheDefault() =>
        Assert.Equal("apps", Check(Json.ConfigMap, "{}").Inputs.TextAt("metadata", "namespace"));

    [Fact]
    public void Check_Namespace_IsKept() =>
        Assert.Equal("mine", Check(Json.ConfigMap, """{"metadata":{"namespace":"mine"}}""").Inputs.TextAt("metadata", "namespace"));

    [Fact]
    public void Check_KindWithoutNamespaces_LosesIt()
    {
        var type = Json.Type("kubernetes:core/v1:Namespace");
        var result = InputCheck.Run(type, Request("ns", Json.Map("""{"metadata":{"name":"a","namespace":"b"}}"""), PropertyMap.Empty, 1), Namespaced with { IsNamespaced = false });
        Assert.Null(result.Inputs.At("metadata", "namespace"));
    }

    [Theory]
    [InlineData("kubernetes:core/v1:ConfigMapList", "is a list")]
    [InlineData("kubernetes:apps/v1:DeploymentPatch", "not supported")]
    public void Check_TokenThatIsNoObject_IsRefused(string token, string expected) =>
        Assert.Contains(expected, Check(Json.Type(token), "{}").Failures.Single().Reason);

    [Theory]
    [InlineData("kubernetes:example.com/v1:WishList")]
    [InlineData("kubernetes:example.com/v1:DispatchPatch")]
    public void Check_CustomKindOfSuchAName_IsAllowed(string token) => Assert.Empty(Check(Json.Type(token), "{}").Failures);

    [Fact]
    public void Check_GenerateName_IsRefused() =>
        Assert.Equal("metadata.generateName", Check(Json.ConfigMap, """{"metadata":{"generateName":"x-"}}""").Failures.Single().Property);

    [Theory]
    [InlineData("""{"apiVersion":"apps/v1beta1"}""", "apiVersion")]
    [InlineData("""{"kind":"StatefulSet"}""", "kind")]
    public void Check_InputsThatContradictTheToken_AreTold(string inputs, string property) =>
        Assert.Equal(property, Check(Json.Deployment, inputs).Failures.Single().Property);

    [Fact]
    public void Check_ApiVersionAndKind_AreFilledIn()
    {
        var inputs = Check(Json.Type("kubernetes:core/v1:Service"), "{}").Inputs;
        Assert.Equal(("v1", "Service"), (inputs.GetText("apiVersion"), inputs.GetText("kind")));
    }

    [Theory]
    [InlineData("pulumi.com/skipAwiat", "Did you mean pulumi.com/skipAwait?")]
    [InlineData("pulumi.com/autonamed", "do not set it")]
    [InlineData("pulumi.com/somethingElse", "means nothing")]
    public void Check_OddAnnotation_IsWarnedOf(string name, string expected)
    {
        var warning = Check(Json.ConfigMap, $$$$"""{"metadata":{"annotations":{"{{{{name}}}}":"true"}}}""").Warnings.Single();
        Assert.Contains(expected, warning);
    }

    [Fact]
    public void Check_NewerServer_OnlyWarnsOfUnknownFields()
    {
        var result = InputCheck.Run(Json.ConfigMap, Request("c", Json.Map("""{"daten":{}}"""), PropertyMap.Empty, 1), Namespaced with { ServerIsNewer = true });
        Assert.Empty(result.Failures);
        Assert.Contains("daten", result.Warnings.Single());
    }

    private static InputCheckResult Check(ResourceType type, string inputs, PropertyMap? old = null, byte seed = 1) =>
        InputCheck.Run(type, Request("config", Json.Map(inputs), old ?? PropertyMap.Empty, seed), Namespaced);

    private static InputCheckResult Run(ResourceType type, PropertyMap inputs, PropertyMap old, string name) =>
        InputCheck.Run(type, Request(name, inputs, old, 1), Namespaced);

    private static CheckRequest Request(string name, PropertyMap inputs, PropertyMap old, byte seed) =>
        new(ProviderDriver.UrnOf("kubernetes:core/v1:ConfigMap", name), old, inputs, [seed]);
}
