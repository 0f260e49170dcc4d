using FogInfra.Embedded.Kubernetes.Schema;
using FogInfra.Embedded.Kubernetes.SdkGenerator;

namespace FogInfra.Tests.PulumiKubernetes.Generator;

public sealed class MemberReaderTests
{
    private static readonly KubernetesProperty Text = new() { Type = "string" };

    [Theory]
    [InlineData("clusterIP", null, "clusterIP", "ClusterIP")]
    [InlineData("$ref", "Ref", "$ref", "Ref")]
    [InlineData("x-kubernetes-map-type", "X_kubernetes_map_type", "x_kubernetes_map_type", "X_kubernetes_map_type")]
    [InlineData("Port", null, "Port", "Port")]
    public void Names_FollowTheWireUnlessTheSchemaSaysOtherwise(string name, string? csName, string wireName, string expected)
    {
        var member = Assert.Single(Read(Type("Core.V1.Thing", (name, Text with { CsName = csName }))));

        Assert.Equal((wireName, expected), (member.WireName, member.Name));
    }

    [Fact]
    public void Name_OfTheClassItself_IsAvoidedWhereTheClassHasIt()
    {
        var port = Type("Core.V1.ContainerPort", ("containerPort", Text with { CsName = "ContainerPortValue" }));

        Assert.Equal("ContainerPortValue", Assert.Single(Read(port)).Name);
        Assert.Equal("ContainerPort", Assert.Single(Read(port, patch: true)).Name);
    }

    [Fact]
    public void Members_AreInTheOrderOfTheirNames()
    {
        var members = Read(Type("Core.V1.Thing", ("b", Text), ("a", Text), ("$c", Text with { CsName = "C" }), ("B", Text)));

        Assert.Equal(["$c", "B", "a", "b"], members.Select(member => member.WireName));
    }

    [Fact]
    public void Required_IsTheSdksWordFirst_AndNeverInAPatch()
    {
        var type = Type(
            "Core.V1.Thing",
            ("a", Text with { Required = true }),
            ("b", Text with { SdkRequired = true }),
            ("c", Text with { Required = true, SdkRequired = false }));

        Assert.Equal([true, true, false], Read(type).Select(member => member.Required));
        Assert.All(Read(type, patch: true), member => Assert.False(member.Required));
    }

    [Fact]
    public void Types_OfAPatch_ArePatchesThroughListsButNotInMapsAndUnions()
    {
        var part = new KubernetesProperty { Ref = "part" };
        var type = Type(
            "Core.V1.Thing",
            ("direct", part),
            ("list", new KubernetesProperty { Type = "array", Items = part }),
            ("map", new KubernetesProperty { Type = "object", AdditionalProperties = part }),
            ("union", new KubernetesProperty { OneOf = [part, Text] }));

        var classes = Read(type, patch: true).ToDictionary(member => member.WireName, member => Assert.Single(member.Type.Classes).Name);

        Assert.Equal(("PartPatch", "PartPatch", "Part", "Part"), (classes["direct"], classes["list"], classes["map"], classes["union"]));
    }

    [Fact]
    public void InputsThatOnlyTheSdkHas_AreMembersToo()
    {
        var type = Type("Core.V1.Thing") with
        {
            SdkOnly = new Dictionary<string, SdkOnlyProperty>
            {
                ["flag"] = new("Input<bool>?"),
                ["keys"] = new("InputList<string>?", Required: true),
            },
        };

        var members = Read(type);

        Assert.Equal(new SdkType.Plain("bool"), members[0].Type);
        Assert.Equal((new SdkType.List(new SdkType.Plain("string")), true), ((SdkType.List)members[1].Type, members[1].Required));
    }

    [Theory]
    [InlineData("InputMap<string>?", "'InputMap<string>'")]
    [InlineData("Input<Core.V1.UnheardOfArgs>?", "'Core.V1.UnheardOf'")]
    [InlineData("string", "'string'")]
    public void InputsThatOnlyTheSdkHas_OfAnUnknownType_AreRefusedByName(string csType, string named)
    {
        var type = Type("Core.V1.Thing") with { SdkOnly = new Dictionary<string, SdkOnlyProperty> { ["odd"] = new(csType) } };

        var failure = Assert.Throws<InvalidOperationException>(() => Read(type));

        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Property_OfAnUnknownForm_IsRefused() =>
        Assert.Throws<InvalidOperationException>(() => Read(Type("Core.V1.Thing", ("odd", new KubernetesProperty { Type = "tuple" }))));

    private static IReadOnlyList<SdkMember> Read(KubernetesType type, bool patch = false) =>
        new MemberReader(new Dictionary<string, KubernetesType> { ["part"] = Type("Core.V1.Part") })
            .Read(new SdkClass("thing", type, patch));

    private static KubernetesType Type(string cs, params (string Name, KubernetesProperty Property)[] properties) =>
        new() { Cs = cs, Properties = properties.ToDictionary(property => property.Name, property => property.Property) };
}
