using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Tests;

public sealed class UrnTests
{
    [Fact]
    public void Create_ChildOfTheStack_HasNoParentType()
    {
        var stack = Urn.Create("dev", "proj", null, Urn.StackType, "proj-dev");

        Assert.Equal("urn:pulumi:dev::proj::pulumi:pulumi:Stack::proj-dev", stack.ToString());
        Assert.Equal(
            "urn:pulumi:dev::proj::kubernetes:core/v1:ConfigMap::settings",
            Urn.Create("dev", "proj", stack, "kubernetes:core/v1:ConfigMap", "settings").ToString());
    }

    [Fact]
    public void Create_Grandchild_HasAllAncestorsTypes()
    {
        var app = Urn.Create("dev", "proj", null, "acme:app:WebApp", "shop");
        var tier = Urn.Create("dev", "proj", app, "acme:app:Tier", "tier");
        var service = Urn.Create("dev", "proj", tier, "kubernetes:core/v1:Service", "svc");

        Assert.Equal("urn:pulumi:dev::proj::acme:app:WebApp$acme:app:Tier$kubernetes:core/v1:Service::svc", service.ToString());
        Assert.Equal("kubernetes:core/v1:Service", service.Type);
    }

    [Fact]
    public void Parse_NameWithColons_KeepsThem()
    {
        var urn = Urn.Parse("urn:pulumi:dev::proj::a:b:C::x::y");

        Assert.Equal(("dev", "proj", "a:b:C", "x::y"), (urn.Stack, urn.Project, urn.QualifiedType, urn.Name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("urn:pulumi:dev::proj::a:b:C")]
    [InlineData("urn:other:dev::proj::a:b:C::n")]
    [InlineData("urn:pulumi:dev::proj::::n")]
    public void Parse_NoUrn_Throws(string text)
    {
        Assert.Null(Urn.TryParse(text));
        Assert.Throws<FormatException>(() => Urn.Parse(text));
    }
}
