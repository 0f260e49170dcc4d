using System.Collections.Immutable;
using FogInfra.Model;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Preview;
using Pulumi;
using Pulumi.Automation;

namespace FogInfra.Tests.Preview;

/// <summary>Stacks that read each other's outputs: a preview downstream sees what the preview upstream predicts.</summary>
public sealed class ChainTests
{
    private static readonly Fleet Fleet = RandomFleets.Small();
    private static readonly StackId Cloud = new("shop", "cloud-1");
    private static readonly StackId Fog = new("shop", "fog-1");
    private static readonly StackId Edge = new("shop", "edge-1");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Preview_Downstream_SeesThePredictedOutputs_ThroughTwoStacks_AndTouchesNothing()
    {
        await using var real = await DeployAsync();

        var found = await real.PreviewAsync(Plan(changed: Cloud), Cancellation, stack => Program(stack, "2"));

        Assert.All(found, each => Assert.True(each.Failures.IsEmpty, string.Join('\n', each.Failures)));
        Assert.Equal(["2", "2 by cloud-1", "2 by cloud-1 by fog-1"], found.Select(each => (string?)each.Events?.StackOutputs?["address"]));
        var again = await real.PreviewAsync(Plan(changed: Edge), Cancellation, stack => Program(stack, "1"));
        Assert.Equal([null, null, "1 by cloud-1 by fog-1"], again.Select(each => (string?)each.Events?.StackOutputs?["address"]));
    }

    [Fact]
    public async Task Preview_UpstreamThatChangesNoOutput_LeavesTheOthersAlone()
    {
        await using var real = await DeployAsync();

        var found = await real.PreviewAsync(Plan(changed: Cloud), Cancellation, stack => Program(stack, "1"));

        Assert.Equal([true, false, false], found.Select(each => each.Events is not null));
    }

    [Fact]
    public async Task Preview_UpstreamThatFails_IsTold_AndTheOthersGoOn()
    {
        await using var real = await DeployAsync();

        var found = await real.PreviewAsync(
            Plan(changed: [Cloud, Edge]), Cancellation, stack => stack == Cloud ? PulumiFn.Create((Action)(() => throw new InvalidOperationException("no way"))) : Program(stack, "1"));

        Assert.Contains("no way", Assert.Single(found[0].Failures), StringComparison.Ordinal);
        Assert.Equal((false, true), (found[2].Events is null, found[2].Failures.IsEmpty));
    }

    [Fact]
    public async Task Preview_SecretOutput_StaysSecret()
    {
        await using var real = await RealFleet.StartAsync(Fleet, Cancellation);
        foreach (var stack in new[] { Cloud, Fog, Edge })
        {
            await real.UpAsync(stack, Program(stack, "1", isSecret: true), Cancellation);
        }

        var found = await real.PreviewAsync(Plan(changed: [Cloud, Fog, Edge]), Cancellation, stack => Program(stack, "1", isSecret: true));

        Assert.All(found, each => Assert.True(each.Failures.IsEmpty, string.Join('\n', each.Failures)));
        Assert.All(found, each => Assert.Equal(PropertyDiffs.Secret, (string?)each.Events?.StackOutputs?["address"]));
    }

    [Fact]
    public async Task Stacks_OfOneProject_ShareASalt()
    {
        await using var real = await DeployAsync();

        var settings = Directory.GetFiles(real.Project.RunnerFolder, "Pulumi.*-1.yaml", SearchOption.AllDirectories);
        var salts = settings.Select(file => Assert.Single(File.ReadLines(file), line => line.StartsWith("encryptionsalt:", StringComparison.Ordinal)));
        Assert.Equal(3, settings.Length);
        Assert.Single(salts.Distinct());
    }

    private static async Task<RealFleet> DeployAsync()
    {
        var real = await RealFleet.StartAsync(Fleet, Cancellation);
        foreach (var stack in new[] { Cloud, Fog, Edge })
        {
            await real.UpAsync(stack, Program(stack, "1"), Cancellation);
        }

        return real;
    }

    // The cloud has an address; the others have that of their parent, and say so.
    private static PulumiFn Program(StackId stack, string address, bool isSecret = false) => PulumiFn.Create(() =>
    {
        var parent = Fleet.FindCluster(stack.Cluster)!.Parent;
        var own = parent is null
            ? isSecret ? Output.CreateSecret(address) : Output.Create(address)
            : new StackReference($"organization/shop/{parent}").GetOutput("address").Apply(of => $"{of} by {parent}");
        return (IDictionary<string, object?>)new Dictionary<string, object?> { ["address"] = own };
    });

    private static RolloutPlan Plan(params ImmutableArray<StackId> changed)
    {
        var deployed = Planner.Plan(Fleet, Fleet.Applications, ImmutableDictionary<StackId, ClusterWorkload>.Empty).Steps
            .ToDictionary(step => step.Stack, step => changed.Contains(step.Stack) ? step.Wanted! with { Namespace = "other" } : step.Wanted!);
        return Planner.Plan(Fleet, Fleet.Applications, deployed);
    }
}
