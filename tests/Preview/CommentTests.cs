using System.Collections.Immutable;
using System.Globalization;
using FogInfra.Model;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Preview;

namespace FogInfra.Tests.Preview;

/// <summary>
/// Stacks of simulated clusters, three of which have something else than the rest: what the comment of a change says. 200 of them:
/// FOG_TEST_STACKS=200.
/// </summary>
public sealed class CommentTests
{
    private const int DefaultStacks = 60;

    private static readonly int Stacks = Environment.GetEnvironmentVariable("FOG_TEST_STACKS") is { } given ? int.Parse(given, CultureInfo.InvariantCulture) : DefaultStacks;

    private static int Edges => Stacks - 20;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Comment_OfRealPreviews_NamesTheThreeThatAreUnlikeTheRest()
    {
        var before = Large();
        await using var real = await RealFleet.StartAsync(before, Cancellation);
        await real.UpAsync(real.Plan(before), Cancellation);
        await OnlyAsync(real, before, "edge-017", service => service with { Version = "0.9.0" });
        await OnlyAsync(real, before, "edge-029", service => service with
        {
            Layers = service.Layers.SetItem(Layer.Edge, service.Layers[Layer.Edge] with { Replicas = 0 }),
        });
        await OnlyAsync(real, before, "edge-035", service => service with { Version = "2.0.0" });

        var after = WithService(before, service => service with { Version = "2.0.0" });
        var plan = real.Plan(after);
        var files = Files(real.Project.Root);
        var findings = await real.PreviewAsync(plan, Cancellation);
        var preview = FleetPreviews.Of(after, plan, findings, [TimeSpan.FromSeconds(20)], ["--set", "web=2.0.0"]);
        var comment = PreviewMarkdown.Write(preview);

        Assert.Equal(Stacks, preview.Stacks.Length);
        Assert.True(comment.Length < 20_000, $"{comment.Length} characters");
        Assert.All(["edge-017", "edge-029", "edge-035"], cluster => Assert.Contains($"<summary><b>1 of {Edges} edge clusters</b>: {cluster} (", comment, StringComparison.Ordinal));
        Assert.Contains("## Fog preview: Look before you roll this out: 3 stacks unlike their peers.\n", comment, StringComparison.Ordinal);
        Assert.Empty(Files(real.Project.Root).Except(files)); // Nothing was touched.
    }

    private static Fleet Large()
    {
        var clusters = Enumerable.Range(1, 2).Select(number => RandomFleets.Cluster($"cloud-{number}", Layer.Cloud, "core", null))
            .Concat(Enumerable.Range(1, 18).Select(number => RandomFleets.Cluster($"fog-{number:00}", Layer.Fog, number < 4 ? "pilot" : "rest", $"cloud-{1 + (number % 2)}")))
            .Concat(Enumerable.Range(1, Edges).Select(number => RandomFleets.Cluster(
                $"edge-{number:000}", Layer.Edge, number is > 20 and < 40 ? "pilot" : "rest", $"fog-{(number is > 20 and < 40 ? 1 + (number % 3) : 1 + (number % 18)):00}")));
        return new Fleet
        {
            Name = "large",
            Applications = [new Application { Name = "shop", Namespace = "shop", Services = [RandomFleets.Service("web", 1)] }],
            Rings =
            [
                new Ring("core", [new OutputCheck("healthy", Comparison.Is, "true")]),
                new Ring("pilot", [new OutputCheck("services.*.readyReplicas", Comparison.AtLeast, "1")]),
                new Ring("rest", []),
            ],
            Clusters = [.. clusters],
            Policy = new RolloutPolicy { MaxConcurrent = new Amount.Percent(25) },
        };
    }

    private static Fleet WithService(Fleet fleet, Func<Service, Service> change) =>
        fleet with { Applications = [fleet.Applications[0] with { Services = [change(fleet.Applications[0].Services[0])] }] };

    private static async Task OnlyAsync(RealFleet real, Fleet fleet, string cluster, Func<Service, Service> change)
    {
        var plan = real.Plan(WithService(fleet, change));
        await real.UpAsync(
            new RolloutPlan([.. plan.Rings.Select(ring => ring with
            {
                Waves = [.. ring.Waves.Select(wave => wave with { Steps = [.. wave.Steps.Where(step => step.Stack.Cluster == cluster)] })],
            })]),
            Cancellation);
    }

    private static ImmutableSortedDictionary<string, DateTime> Files(string folder) => Directory
        .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .ToImmutableSortedDictionary(file => file, File.GetLastWriteTimeUtc);
}
