using System.Collections.Immutable;
using FogInfra.Model;
using FogInfra.Rollout.Planning;
using FsCheck;
using FsCheck.Fluent;

namespace FogInfra.Tests;

public sealed class PlannerTests
{
    [Fact]
    public void Plan_TheExample_GoesRingByRingFromTheCentreOutwards()
    {
        var plan = TestFleets.Example().PlanFrom();

        Assert.Equal(
            ["core/cloud: cloud-1", "pilot/fog: fog-1", "pilot/edge: edge-1", "rest/edge: edge-2, edge-3"],
            from ring in plan.Rings
            from wave in ring.Waves
            select $"{ring.Ring.Name}/{wave.Layer.Name()}: {string.Join(", ", wave.Steps.Select(step => step.Cluster.Name))}");
        Assert.All(plan.Steps, step => Assert.Equal(StepAction.Create, step.Action));
    }

    [Fact]
    public void Plan_NothingChanged_KeepsEveryStack()
    {
        var fleet = TestFleets.Example();

        var plan = fleet.PlanFrom(fleet.AllDeployed());

        Assert.False(plan.HasChanges);
        Assert.All(plan.Steps, step => Assert.Equal(StepAction.Keep, step.Action));
    }

    [Fact]
    public void Plan_OneVersionChanged_UpdatesOnlyTheClustersThatRunIt()
    {
        var fleet = TestFleets.Example();

        var plan = fleet.WithVersion("web", "2.0.0").PlanFrom(fleet.AllDeployed());

        Assert.Equal(["fog-1", "edge-1", "edge-2", "edge-3"], plan.Steps.Where(step => step.Action == StepAction.Update).Select(step => step.Cluster.Name));
        Assert.Equal([new VersionChange("web", "1.0.0", "2.0.0")], plan.Steps.Last().VersionChanges());
    }

    [Fact]
    public void Plan_ServiceGoneFromALayer_RemovesItsStack()
    {
        var fleet = TestFleets.Example();
        var deployed = fleet.AllDeployed();
        var shop = fleet.Applications[0];
        var withoutWeb = fleet with { Applications = [shop with { Services = shop.Services.RemoveAll(service => service.Name == "web") }] };

        var plan = withoutWeb.PlanFrom(deployed);

        Assert.Equal(["edge-1", "edge-2", "edge-3"], plan.Steps.Where(step => step.Action == StepAction.Remove).Select(step => step.Cluster.Name));
        Assert.Equal(StepAction.Update, plan.Steps.Single(step => step.Cluster.Name == "fog-1").Action);
    }

    [Theory]
    [InlineData("web=2", "web", "2")]
    [InlineData("shop/web=2=3", "shop/web", "2=3")]
    public void Parse_Override_SplitsAtTheFirstEqualsSign(string text, string service, string version)
    {
        Assert.Equal(new VersionOverride(service, version), VersionOverride.Parse(text));
    }

    [Theory]
    [InlineData("web")]
    [InlineData("=2")]
    [InlineData("web=")]
    public void Parse_NoOverride_IsNull(string text)
    {
        Assert.Null(VersionOverride.Parse(text));
    }

    [Theory]
    [InlineData("wbe", "2", "There is no service 'wbe'; expected one of: orders, inventory, web.")]
    [InlineData("webb", "2", "There is no service 'webb'; did you mean 'web'?")]
    [InlineData("web", "a b", "'a b' is no version; expected letters, digits, '_', '.' and '-', at most 128, a letter, digit or '_' first.")]
    public void Apply_WrongOverride_SaysSo(string service, string version, string problem)
    {
        var (_, problems) = VersionOverride.Apply(TestFleets.Example().Applications, [new VersionOverride(service, version)]);

        Assert.Equal(problem, Assert.Single(problems));
    }

    [Fact]
    public void Apply_ServiceOfTwoApplications_AsksWhich()
    {
        var shop = TestFleets.Example().Applications[0];
        ImmutableArray<Application> two = [shop, shop with { Name = "outlet" }];

        var (_, problems) = VersionOverride.Apply(two, [new VersionOverride("web", "2")]);
        var (changed, none) = VersionOverride.Apply(two, [new VersionOverride("outlet/web", "2")]);

        Assert.Equal("Several applications have a service 'web'; say which: shop/web, outlet/web.", Assert.Single(problems));
        Assert.Empty(none);
        Assert.Equal(["1.0.0", "2"], changed.Select(application => application.FindService("web")!.Version));
    }

    [Fact]
    public void Apply_ImagesWithTags_SaysThatAVersionChangesNothing()
    {
        var shop = TestFleets.Example().Applications[0];
        var web = shop.FindService("web")!;
        var tagged = web with
        {
            Layers = web.Layers.ToImmutableSortedDictionary(
                pair => pair.Key,
                pair => pair.Value with { Containers = [.. pair.Value.Containers.Select(container => container with { Image = "shop/web:7" })] }),
        };

        var (_, problems) = VersionOverride.Apply([shop with { Services = shop.Services.Replace(web, tagged) }], [new VersionOverride("web", "2")]);

        Assert.StartsWith("The images of 'web' name their own tags", Assert.Single(problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_AnyFleet_KeepsItsRules() => Prop
        .ForAll(Fleets().ToArbitrary(), fleet =>
        {
            var plan = fleet.PlanFrom();
            var order = plan.Steps.Select((step, index) => (step.Cluster, index)).ToDictionary(pair => pair.Cluster.Name, pair => pair.index);
            var everyClusterOnce = order.Count == plan.Steps.Count() && order.Count == fleet.Clusters.Length;
            var parentsFirst = fleet.Clusters.All(cluster => cluster.Parent is null || order[cluster.Parent] < order[cluster.Name]);
            var ringsInOrder = plan.Rings.Select(ring => fleet.Rings.IndexOf(ring.Ring)).SequenceEqual(plan.Rings.Select(ring => fleet.Rings.IndexOf(ring.Ring)).Order());
            var layersInOrder = plan.Rings.All(ring => ring.Waves.Select(wave => wave.Layer).SequenceEqual(ring.Waves.Select(wave => wave.Layer).Distinct().Order()));
            var limited = plan.Rings.SelectMany(ring => ring.Waves).All(wave => wave.MaxConcurrent >= 1 && wave.MaxConcurrent <= wave.Steps.Length);
            return everyClusterOnce && parentsFirst && ringsInOrder && layersInOrder && limited;
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    // Fleets as the reader lets them through: a parent stands further in, in the same or an earlier ring.
    private static Gen<Fleet> Fleets() =>
        from rings in Gen.Choose(1, 4)
        from clusters in Gen.ArrayOf(Gen.Choose(0, 2).Zip(Gen.Choose(0, rings - 1)))
        from concurrent in Gen.Choose(1, 100)
        from percent in Gen.Elements(true, false)
        select Build(rings, clusters, percent ? new Amount.Percent(concurrent) : new Amount.Count(concurrent));

    private static Fleet Build(int rings, (int Layer, int Ring)[] places, Amount concurrent)
    {
        var example = TestFleets.Example();
        var everywhere = example.Applications[0].FindService("web")!;
        var layer = everywhere.Layers[Layer.Edge];
        var clusters = places.Select((place, index) => new Cluster
        {
            Name = $"c{index}",
            Layer = (Layer)place.Layer,
            Ring = $"r{place.Ring}",
            Parent = ParentOf(places, place),
            Engine = new ClusterEngine.Simulated(),
            Nodes = 1,
        });
        return example with
        {
            Rings = [.. Enumerable.Range(0, rings).Select(number => new Ring($"r{number}", []))],
            Clusters = [.. clusters],
            Policy = new RolloutPolicy { MaxConcurrent = concurrent },
            Applications =
            [
                example.Applications[0] with
                {
                    Services = [everywhere with { DependsOn = [], Layers = LayerNames.All.ToImmutableSortedDictionary(each => each, _ => layer) }],
                },
            ],
        };
    }

    private static string? ParentOf((int Layer, int Ring)[] places, (int Layer, int Ring) child)
    {
        var parent = Array.FindIndex(places, place => place.Layer < child.Layer && place.Ring <= child.Ring);
        return parent < 0 ? null : $"c{parent}";
    }
}
