using System.Reflection;
using FogInfra.Components;
using FogInfra.Model;
using Pulumi;

namespace FogInfra.Tests;

/// <summary>What every component keeps to, found by reflection, so that a new one cannot forget it.</summary>
public sealed class ConventionTests
{
    public static TheoryData<string> Components { get; } =
        [.. typeof(LayeredApplication).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(ComponentResource))).Select(type => type.FullName!)];

    [Theory]
    [MemberData(nameof(Components))]
    public void Component_IsSealedAndHasATypeTokenOfItsOwn(string name)
    {
        var type = Find(name);

        Assert.True(type.IsSealed);
        var token = Assert.IsType<string>(type.GetField("Type")?.GetRawConstantValue());
        Assert.Matches("^foginfra:[a-z]+:[A-Z][A-Za-z]+$", token);
        Assert.EndsWith($":{type.Name}", token, StringComparison.Ordinal);
        Assert.Single(Components, other => (string?)Find(other).GetField("Type")?.GetRawConstantValue() == token);
    }

    [Theory]
    [MemberData(nameof(Components))]
    public void Component_TakesANameItsArgsAndOptions(string name)
    {
        var type = Find(name);

        var parameters = Assert.Single(type.GetConstructors()).GetParameters();
        Assert.Equal(["name", "args", "options"], parameters.Select(parameter => parameter.Name));
        Assert.Equal($"{type.Name}Args", parameters[1].ParameterType.Name);
        Assert.True(parameters[1].ParameterType.IsSubclassOf(typeof(ResourceArgs)));
        Assert.Equal(typeof(ComponentResourceOptions), parameters[2].ParameterType);
    }

    [Theory]
    [MemberData(nameof(Components))]
    public void Component_HasNoFieldsOrSettersInPublic(string name)
    {
        var type = Find(name);

        Assert.DoesNotContain(type.GetFields(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly), _ => true);
        Assert.DoesNotContain(
            type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly), property => property.SetMethod?.IsPublic == true);
    }

    [Fact]
    public async Task EveryComponent_IsMadeByTheSample_AndRegistersItsOutputs()
    {
        var run = await Everything();

        var components = run.Made.Select(made => made.Resource).OfType<ComponentResource>().Where(made => made is not Stack).ToList();
        Assert.Equal(Components.Select(component => (string)component).Order(), components.Select(made => made.GetType().FullName!).Distinct().Order());
        Assert.Empty(await WithoutOutputs(run));
    }

    [Fact]
    public async Task EveryChild_HasAParent()
    {
        var run = await Everything();

        Assert.Empty(Orphans(run));
    }

    [Fact]
    public async Task ComponentThatForgets_IsFound()
    {
        var run = await ComponentRun.Of(() => _ = new Forgetful("forgetful"));

        Assert.Equal(["orphan"], Orphans(run));
        Assert.Equal(["forgetful"], await WithoutOutputs(run));
    }

    private static Type Find(string name) => typeof(LayeredApplication).Assembly.GetType(name, throwOnError: true)!;

    // A program may make components and providers at the top; all else is a child of the component that made it.
    private static IEnumerable<string> Orphans(ComponentRun run) =>
        run.Made.Where(made => made.Resource is not (Stack or ProviderResource) && made.Parent is null)
            .Where(made => made.Resource is not (
                LayeredApplication or FogRolloutDefinition or UpstreamCluster or FogFlowCloud or FogFlowEdge or WebApplication or MqttBroker
                or ClusterMonitoring or OperatorMonitoring or ArgoProject or ArgoApplication or FluxSource or FluxKustomization or FluxHelmRelease or ProgressiveRollout or Forgetful))
            .Select(made => made.Resource.GetResourceName());

    private static async Task<IReadOnlyList<string>> WithoutOutputs(ComponentRun run)
    {
        var forgotten = new List<string>();
        foreach (var component in run.Made.Select(made => made.Resource).OfType<ComponentResource>().Where(made => made is not Stack))
        {
            if (!run.Mocks.OutputsOf.Contains(await Pulumi.Utilities.OutputUtilities.GetValueAsync(component.Urn)))
            {
                forgotten.Add(component.GetResourceName());
            }
        }

        return forgotten;
    }

    private static Task<ComponentRun> Everything() => ComponentRun.Of(() =>
    {
        var writer = new Pulumi.Kubernetes.Provider("writer", new Pulumi.Kubernetes.ProviderArgs { KubeConfig = "{}" });
        var workload = Samples.On(
            Layer.Cloud,
            Samples.Listening("orders", new ServiceSettings
            {
                Config = Samples.Map(("MODE", "fast")),
                Files = Samples.Map(("/etc/orders.conf", "a=b")),
                Secrets = Samples.Map(("TOKEN", new SecretSource(SecretKind.Environment, "TOKEN"))),
                Autoscaling = new Autoscaling(2, 4, CpuPercent: 70),
                Ingress = new IngressRoute(),
                Volumes = [new Volume { Name = "data", MountPath = "/data", Claim = new StorageClaim("1Gi") }],
                Access = [new AccessRule { ApiGroups = [""], Resources = ["configmaps"], Verbs = ["get"] }],
            }),
            Samples.Listening("web", null, "orders"));
        _ = new LayeredApplication(workload.ResourceName, new LayeredApplicationArgs
        {
            Workload = workload,
            ReadSecret = _ => "secret",
            Records = new FogRolloutRecords(new FogRolloutDefinition("definition"), writer),
        });
        Catalogue();
        _ = new UpstreamCluster("cloud-1", new UpstreamClusterArgs { Stack = "organization/shop/cloud-1", Cluster = "cloud-1" });
    }, new ClusterMocks { Stacks = new Dictionary<string, System.Collections.Immutable.ImmutableDictionary<string, object>> { ["organization/shop/cloud-1"] = System.Collections.Immutable.ImmutableDictionary<string, object>.Empty } });

    private static void Catalogue()
    {
        _ = new FogFlowCloud("fogflow", FogFlowTests.Cloud());
        _ = new FogFlowEdge("fogflow-edge", FogFlowTests.Edge());
        _ = new WebApplication("web", WebApplicationTests.Args(WebEnvironment.EdgeProduction));
        _ = new MqttBroker("mqtt", MqttTests.Edge());
        _ = new ClusterMonitoring("monitoring", MonitoringTests.Args());
        _ = new OperatorMonitoring("operator", new OperatorMonitoringArgs { Applications = [MonitoringTests.Shop()] });
        _ = new ProgressiveRollout("progressive", ProgressiveRolloutTests.Args(new ProgressiveStrategy.Canary(), "orders.example.org"));
        GitOpsTests.Everything();
    }

    private sealed class Forgetful : ComponentResource
    {
        public Forgetful(string name)
            : base("test:test:Forgetful", name)
        {
            _ = new Pulumi.Kubernetes.Core.V1.Namespace("orphan");
        }
    }
}
