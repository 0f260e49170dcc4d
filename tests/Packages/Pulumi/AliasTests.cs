using Pulumi;

namespace FogInfra.Tests;

public sealed class AliasTests : EngineTest
{
    [Fact]
    public async Task Aliases_OfEachKind_AreSentAsSpecs()
    {
        await RunAsync(() =>
        {
            var parent = new Group("parent");
            _ = new Box<string>("box", options: new()
            {
                Aliases =
                {
                    new Alias { Urn = "urn:pulumi:dev::proj::test:index:Box::older" },
                    new Alias { Name = "old", Type = "test:index:OldBox", Stack = "prod", Project = "before" },
                    new Alias { Parent = parent },
                    new Alias { ParentUrn = "urn:pulumi:dev::proj::a:b:C::up" },
                    new Alias { NoParent = true },
                },
            });
        });

        var aliases = Engine.Registration("box").Aliases;
        Assert.Equal("urn:pulumi:dev::proj::test:index:Box::older", aliases[0].Urn);
        Assert.Equal(
            new Wire.Alias.Types.Spec { Name = "old", Type = "test:index:OldBox", Stack = "prod", Project = "before" }, Normal(aliases[1]));
        Assert.Equal("urn:pulumi:dev::proj::test:index:Group::parent", aliases[2].Spec.ParentUrn);
        Assert.Equal("urn:pulumi:dev::proj::a:b:C::up", aliases[3].Spec.ParentUrn);
        Assert.True(aliases[4].Spec.NoParent);
        Assert.Empty(Engine.Registration("box").AliasURNs);
    }

    [Fact]
    public async Task Aliases_ForAnEngineWithoutSpecs_AreSentAsUrns()
    {
        Engine.Features.Remove("aliasSpecs");

        await RunAsync(() =>
        {
            var parent = new Group("parent");
            _ = new Box<string>("box", options: new()
            {
                Parent = parent,
                Aliases =
                {
                    new Alias { Urn = "urn:pulumi:dev::proj::test:index:Box::older" },
                    new Alias { Name = "old" },
                    new Alias { NoParent = true, Type = "test:index:OldBox" },
                    new Alias { NoParent = true, Stack = "prod", Project = "before" },
                },
            });
        });

        Assert.Equal(
            [
                "urn:pulumi:dev::proj::test:index:Box::older",
                "urn:pulumi:dev::proj::test:index:Group$test:index:Box::old",
                "urn:pulumi:dev::proj::test:index:OldBox::box",
                "urn:pulumi:prod::before::test:index:Box::box",
            ],
            Engine.Registration("box").AliasURNs);
        Assert.Empty(Engine.Registration("box").Aliases);
    }

    [Fact]
    public async Task Aliases_OfAParent_GiveUrnsToItsChildrenToo()
    {
        Engine.Features.Remove("aliasSpecs");

        await RunAsync(() =>
        {
            var parent = new Group("shop", new() { Aliases = { new Alias { Name = "store" } } });
            _ = new Box<string>("shop-box", options: new() { Parent = parent, Aliases = { new Alias { Type = "test:index:OldBox" } } });
        });

        Assert.Equal(
            [
                "urn:pulumi:dev::proj::test:index:Group$test:index:Box::store-box",
                "urn:pulumi:dev::proj::test:index:Group$test:index:OldBox::shop-box",
                "urn:pulumi:dev::proj::test:index:Group$test:index:OldBox::store-box",
            ],
            Engine.Registration("shop-box").AliasURNs.Order());
    }

    [Fact]
    public async Task Alias_WithUrnAndName_Fails()
    {
        var error = await FailAsync(() =>
        {
            _ = new Box<string>("box", options: new() { Aliases = { new Alias { Urn = "urn:pulumi:dev::proj::a:b:C::x", Name = "y" } } });
        });

        Assert.Contains(nameof(ArgumentException), error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Alias_WithTwoParents_Fails()
    {
        var error = await FailAsync(() =>
        {
            _ = new Box<string>(
                "box", options: new() { Aliases = { new Alias { ParentUrn = "urn:pulumi:dev::proj::a:b:C::x", NoParent = true } } });
        });

        Assert.Contains(nameof(ArgumentException), error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UrnCreate_WithAndWithoutParent_FollowsPulumisForm()
    {
        await RunAsync(async () =>
        {
            Assert.Equal("urn:pulumi:dev::proj::a:b:C::n", await Urn.Create("n", "a:b:C").ValueAsync());
            Assert.Equal("urn:pulumi:s::p::a:b:C::n", await Urn.Create("n", "a:b:C", project: "p", stack: "s").ValueAsync());
            Assert.Equal(
                "urn:pulumi:dev::proj::x:y:Z$a:b:C::n",
                await Urn.Create("n", "a:b:C", parentUrn: "urn:pulumi:dev::proj::x:y:Z::up").ValueAsync());
            var group = new Group("group");
            Assert.Equal("urn:pulumi:dev::proj::test:index:Group$a:b:C::n", await Urn.Create("n", "a:b:C", parent: group).ValueAsync());
            Assert.Throws<ArgumentException>(() => Urn.Create("n", "a:b:C", parent: group, parentUrn: "u"));
        });
    }

    [Fact]
    public void Urn_AsAValue_IsItsText()
    {
        var urn = new Urn("urn:pulumi:dev::proj::a:b:C::n");

        Assert.Equal("urn:pulumi:dev::proj::a:b:C::n", (string)urn);
        Assert.Equal((string)urn, urn.ToString());
        Assert.True(urn == new Urn(urn));
        Assert.True(urn != new Urn("urn:other"));
        Assert.Equal(urn.GetHashCode(), new Urn(urn).GetHashCode());
        Assert.Throws<ArgumentException>(() => new Urn(""));
    }

    // A presence bit of an unset parent makes no difference.
    private static Wire.Alias.Types.Spec Normal(Wire.Alias alias)
    {
        var spec = alias.Spec.Clone();
        if (!spec.NoParent)
        {
            spec.ClearParent();
        }

        return spec;
    }
}
