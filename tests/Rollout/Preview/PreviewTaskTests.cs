using FogInfra.Model;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Preview;

namespace FogInfra.Tests.Preview;

public sealed class PreviewTaskTests
{
    [Theory]
    [InlineData("organization/shop/edge-1", true)]
    [InlineData("shop/edge-1", true)]
    [InlineData("edge-1", true)]
    [InlineData("edge-2", false)]
    [InlineData("organization/billing/edge-1", false)]
    [InlineData("", false)]
    public void IsReferred_ByEveryFormOfAStacksName(string reference, bool expected) =>
        Assert.Equal(expected, Task("shop", "cloud-1").IsReferred(new StackId("shop", "edge-1"), [reference]));

    [Fact]
    public void IsReferred_ShortName_MeansAStackOfTheSameProject() =>
        Assert.False(Task("billing", "cloud-1").IsReferred(new StackId("shop", "edge-1"), ["edge-1"]));

    [Fact]
    public void Upstream_IsTheApplicationInTheParent_AndWhatIsReferredTo()
    {
        PreviewTask[] earlier = [Task("shop", "fog-1"), Task("billing", "fog-1"), Task("shop", "fog-2"), Task("billing", "fog-2")];

        var upstream = Task("shop", "edge-1", parent: "fog-1").Upstream(earlier, ["organization/billing/fog-2"]);

        Assert.Equal(["shop/fog-1", "billing/fog-2"], upstream.Select(task => $"{task.Stack}"));
    }

    [Fact]
    public void Of_Plan_TouchesWhatChanges_OrAllWhenAsked()
    {
        var fleet = TestFleets.Example();
        var plan = fleet.WithVersion("orders", "2.0.0").PlanFrom(fleet.AllDeployed());

        Assert.Equal(["shop/cloud-1"], PreviewTask.Of(plan, all: false).Where(task => task.IsTouched).Select(task => $"{task.Stack}"));
        Assert.Equal(5, PreviewTask.Of(plan, all: true).Count(task => task.IsTouched));
    }

    private static PreviewTask Task(string application, string cluster, string? parent = null) => new(
        new StackId(application, cluster),
        new Cluster { Name = cluster, Layer = Layer.Edge, Ring = "rest", Parent = parent, Engine = new ClusterEngine.Simulated(), Nodes = 1 },
        null,
        IsTouched: true);
}
