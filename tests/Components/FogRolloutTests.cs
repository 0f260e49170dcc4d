using System.Collections.Immutable;
using FogInfra.Components;
using FogInfra.Model;
using Pulumi;
using Pulumi.Kubernetes;
using Pulumi.Utilities;

namespace FogInfra.Tests;

/// <summary>The records of rollouts in clusters, and what a layer knows of its parent.</summary>
public sealed class FogRolloutTests
{
    private const string Definition = "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition";
    private const string Rollout = "kubernetes:paguos.io/v1alpha1:FogRollout";
    private const string Web = "shop-edge-1-web-rollout";
    private const string Status = "shop-edge-1-web-rollout-status";
    private const string Upstream = "organization/shop/cloud-1";

    [Theory]
    [InlineData("metadata.name", "fogrollouts.paguos.io")]
    [InlineData("spec.group", "paguos.io")]
    [InlineData("spec.scope", "Namespaced")]
    [InlineData("spec.names.kind", "FogRollout")]
    [InlineData("spec.names.plural", "fogrollouts")]
    [InlineData("spec.names.shortNames.0", "fr")]
    [InlineData("spec.versions.0.name", "v1alpha1")]
    [InlineData("spec.versions.0.additionalPrinterColumns.0.name", "Version")]
    [InlineData("spec.versions.0.additionalPrinterColumns.1.jsonPath", @".metadata.labels.foginfra\.dev/layer")]
    [InlineData("spec.versions.0.additionalPrinterColumns.2.jsonPath", ".status.state")]
    [InlineData("spec.versions.0.schema.openAPIV3Schema.properties.status.default.state", "Progressing")]
    [InlineData("spec.versions.0.subresources", null)]
    public async Task Definition_SaysWhatAFogRolloutIs(string path, object? expected)
    {
        var run = await Recorded();

        Assert.Equal(expected, run.At(Definition, "definition", path));
    }

    [Theory]
    [InlineData("metadata.name", "web")]
    [InlineData("metadata.namespace", "shop")]
    [InlineData("spec.version", "1.0.0")]
    [InlineData("spec.deployments.edge.replicas", 2.0)]
    [InlineData("spec.deployments.edge.containers.0.image", "shop/web:1.0.0")]
    [InlineData("spec.deployments.edge.containers.0.ports.0.containerPort", 8080.0)]
    [InlineData("status", null)]
    public async Task Record_OfTheBeginning_SaysWhatIsWanted(string path, object? expected)
    {
        var run = await Recorded();

        Assert.Equal(expected, run.At(Rollout, Web, path));
        Assert.Equal("edge", Tree.Texts(run.Mocks.Inputs(Rollout, Web), "metadata.labels")[Labels.Layer]);
    }

    [Fact]
    public async Task Record_OfTheEnd_IsAboutTheObjectOfTheBeginning()
    {
        var run = await Recorded();

        var begun = await OutputUtilities.GetValueAsync(run.Single<FogRolloutRecord>().Begun.Metadata);
        Assert.Equal("Complete", run.At(Rollout, Status, "status.state"));
        Assert.Equal("1.0.0", run.At(Rollout, Status, "status.version"));
        Assert.Equal("2/2", run.At(Rollout, Status, "status.ready"));
        Assert.Equal(begun.Uid, run.At(Rollout, Status, "status.rollout"));
        Assert.Equal("web", run.At(Rollout, Status, "metadata.name"));
        Assert.Null(run.At(Rollout, Status, "spec"));
    }

    [Fact]
    public async Task Record_BeginsBeforeTheDeployment_AndEndsAfterIt()
    {
        var run = await Recorded();

        var order = run.Mocks.Registered.Select(args => args.Name!).ToList();
        var deployment = run.Mocks.Registered.ToList().FindIndex(args => args.Type == "kubernetes:apps/v1:Deployment");
        Assert.True(order.IndexOf(Web) < deployment);
        Assert.True(order.IndexOf(Status) > deployment);
    }

    [Fact]
    public async Task Record_ChangesWithAnythingThatTheServiceRunsWith()
    {
        var first = await Recorded();
        var second = await Recorded(new ServiceSettings { Config = Samples.Map(("MODE", "slow")) });

        Assert.NotEqual(
            Tree.Texts(first.Mocks.Inputs(Rollout, Web), "metadata.annotations")["foginfra.dev/workload"],
            Tree.Texts(second.Mocks.Inputs(Rollout, Web), "metadata.annotations")["foginfra.dev/workload"]);
    }

    [Fact]
    public async Task Record_OfTheSameServiceInAnotherCluster_SaysTheSame()
    {
        var here = await Recorded();
        var there = await Recorded(cluster: "edge-2");

        Assert.Equal(
            Tree.Texts(here.Mocks.Inputs(Rollout, Web), "metadata.annotations"),
            Tree.Texts(there.Mocks.Inputs(Rollout, "shop-edge-2-web-rollout"), "metadata.annotations"));
    }

    [Fact]
    public async Task WithoutRecords_NothingIsRecorded()
    {
        var run = await ComponentRun.Of(Samples.Service("web"));

        Assert.Empty(run.Mocks.Names(Rollout));
        Assert.Empty(run.Mocks.Names(Definition));
    }

    [Fact]
    public async Task Upstream_GivesTheEndpointsThatCanBeReached()
    {
        var run = await FurtherIn(Services(("orders", "192.0.2.1:443"), ("hidden", "")));

        var cluster = run.Single<UpstreamCluster>();
        var endpoints = await OutputUtilities.GetValueAsync(cluster.ExternalEndpoints);
        Assert.Equal(new Dictionary<string, string> { ["orders"] = "192.0.2.1:443" }, endpoints);
    }

    [Theory]
    [InlineData("hidden")]
    [InlineData("unknown")]
    public async Task Upstream_ServiceThatCannotBeReached_IsAnError(string service)
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(() => FurtherIn(Services(("orders", "192.0.2.1:443"), ("hidden", "")), service));

        Assert.Contains($"'cloud-1' has no endpoint of the service '{service}'", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upstream_StackWithoutThatCluster_HasNoEndpoints()
    {
        var run = await FurtherIn(ImmutableDictionary<string, object>.Empty);

        Assert.Empty(await OutputUtilities.GetValueAsync(run.Single<UpstreamCluster>().ExternalEndpoints));
    }

    private static Task<ComponentRun> Recorded(ServiceSettings? settings = null, string cluster = "edge-1") => ComponentRun.Of(() =>
    {
        var workload = Samples.Workload(Samples.Listening("web", settings)) with { Cluster = cluster };
        var writer = new Provider("writer", new ProviderArgs { KubeConfig = "{}" });
        _ = new LayeredApplication(
            workload.ResourceName,
            new LayeredApplicationArgs { Workload = workload, Records = new FogRolloutRecords(new FogRolloutDefinition("definition"), writer) });
    });

    private static Task<ComponentRun> FurtherIn(ImmutableDictionary<string, object> outputs, string? wanted = null) => ComponentRun.Of(
        () =>
        {
            var cluster = new UpstreamCluster("cloud-1", new UpstreamClusterArgs { Stack = Upstream, Cluster = "cloud-1" });
            if (wanted is not null)
            {
                _ = new Pulumi.Kubernetes.Core.V1.Namespace("needs-it", new Pulumi.Kubernetes.Types.Inputs.Core.V1.NamespaceArgs
                {
                    Metadata = new Pulumi.Kubernetes.Types.Inputs.Meta.V1.ObjectMetaArgs { Name = cluster.EndpointOf(wanted) },
                });
            }
        },
        new ClusterMocks { Stacks = new Dictionary<string, ImmutableDictionary<string, object>> { [Upstream] = outputs } });

    private static ImmutableDictionary<string, object> Services(params (string Name, string Endpoint)[] services)
    {
        var all = services.ToImmutableDictionary(
            service => service.Name, service => (object)ImmutableDictionary<string, object>.Empty.Add("externalEndpoint", service.Endpoint));
        var cluster = ImmutableDictionary<string, object>.Empty.Add("services", all);
        return ImmutableDictionary<string, object>.Empty.Add("clusters", ImmutableDictionary<string, object>.Empty.Add("cloud-1", cluster));
    }
}
