using FogInfra.Model;

namespace FogInfra.Tests;

/// <summary>Where pods run, as whom, how many of them stay, and how they are replaced, on each layer.</summary>
public sealed class PlacementTests
{
    private const string Deployment = "kubernetes:apps/v1:Deployment";
    private const string Budget = "kubernetes:policy/v1:PodDisruptionBudget";
    private const string Autoscaler = "kubernetes:autoscaling/v2:HorizontalPodAutoscaler";
    private const string Pod = "spec.template.spec";

    [Theory]
    [InlineData(Layer.Cloud, "cloud")]
    [InlineData(Layer.Fog, "fog")]
    [InlineData(Layer.Edge, "edge")]
    public async Task Pods_TolerateTheTaintOfTheirLayer(Layer layer, string value)
    {
        var run = await On(layer, Samples.Service("web"));

        Assert.Equal("foginfra.dev/layer", At(run, layer, $"{Pod}.tolerations.0.key"));
        Assert.Equal("Equal", At(run, layer, $"{Pod}.tolerations.0.operator"));
        Assert.Equal(value, At(run, layer, $"{Pod}.tolerations.0.value"));
        Assert.Equal("NoSchedule", At(run, layer, $"{Pod}.tolerations.0.effect"));
    }

    [Fact]
    public async Task Edge_ToleratesArmNodesAndNodesThatAreCutOff()
    {
        var run = await On(Layer.Edge, Samples.Service("web"));

        Assert.Equal("kubernetes.io/arch", At(run, Layer.Edge, $"{Pod}.tolerations.1.key"));
        Assert.Equal("arm64", At(run, Layer.Edge, $"{Pod}.tolerations.1.value"));
        Assert.Equal("node.kubernetes.io/unreachable", At(run, Layer.Edge, $"{Pod}.tolerations.2.key"));
        Assert.Null(At(run, Layer.Edge, $"{Pod}.tolerations.2.tolerationSeconds"));
    }

    [Fact]
    public async Task Toleration_OfTheService_IsAdded()
    {
        var run = await On(Layer.Cloud, Samples.Service("web", new ServiceSettings
        {
            Tolerations = [new Toleration("gpu", "Exists", Effect: "NoExecute", Seconds: 30), new Toleration(null)],
        }));

        Assert.Equal("gpu", At(run, Layer.Cloud, $"{Pod}.tolerations.1.key"));
        Assert.Equal(30.0, At(run, Layer.Cloud, $"{Pod}.tolerations.1.tolerationSeconds"));
        Assert.Equal("Exists", At(run, Layer.Cloud, $"{Pod}.tolerations.2.operator"));
        Assert.Null(At(run, Layer.Cloud, $"{Pod}.tolerations.2.key"));
    }

    [Theory]
    [InlineData(Layer.Cloud, 2)]
    [InlineData(Layer.Fog, 1)]
    [InlineData(Layer.Edge, 0)]
    public async Task Pods_AreSpreadAsTheLayerHasIt(Layer layer, int constraints)
    {
        var run = await On(layer, Samples.Service("web"));

        Assert.Equal(constraints, Count(At(run, layer, $"{Pod}.topologySpreadConstraints")));
        if (constraints > 0)
        {
            Assert.Equal("kubernetes.io/hostname", At(run, layer, $"{Pod}.topologySpreadConstraints.0.topologyKey"));
            Assert.Equal("ScheduleAnyway", At(run, layer, $"{Pod}.topologySpreadConstraints.0.whenUnsatisfiable"));
            Assert.Equal("web", Tree.Texts(run.Mocks.Inputs(Deployment, Name(layer)), $"{Pod}.topologySpreadConstraints.0.labelSelector.matchLabels")["app.kubernetes.io/name"]);
        }
    }

    [Fact]
    public async Task Spread_OfTheService_TakesThePlaceOfTheLayers()
    {
        var run = await On(Layer.Cloud, Samples.Service("web", new ServiceSettings { Spread = new Spread { Over = ["rack"], MaxSkew = 2, Required = true } }));

        Assert.Equal(1, Count(At(run, Layer.Cloud, $"{Pod}.topologySpreadConstraints")));
        Assert.Equal("rack", At(run, Layer.Cloud, $"{Pod}.topologySpreadConstraints.0.topologyKey"));
        Assert.Equal(2.0, At(run, Layer.Cloud, $"{Pod}.topologySpreadConstraints.0.maxSkew"));
        Assert.Equal("DoNotSchedule", At(run, Layer.Cloud, $"{Pod}.topologySpreadConstraints.0.whenUnsatisfiable"));
    }

    [Fact]
    public async Task SinglePod_IsNeitherSpreadNorProtected()
    {
        var run = await On(Layer.Cloud, Samples.Service("web") with { Replicas = 1 });

        Assert.Null(At(run, Layer.Cloud, $"{Pod}.topologySpreadConstraints"));
        Assert.Empty(run.Mocks.Names(Budget));
    }

    [Theory]
    [InlineData(Layer.Cloud, "25%", 0.0)]
    [InlineData(Layer.Fog, 1.0, 0.0)]
    [InlineData(Layer.Edge, 1.0, 0.0)]
    public async Task NewPod_IsReadyBeforeTheOldOneGoes(Layer layer, object surge, double unavailable)
    {
        var run = await On(layer, Samples.Service("web"));

        Assert.Equal("RollingUpdate", At(run, layer, "spec.strategy.type"));
        Assert.Equal(surge, At(run, layer, "spec.strategy.rollingUpdate.maxSurge"));
        Assert.Equal(unavailable, At(run, layer, "spec.strategy.rollingUpdate.maxUnavailable"));
    }

    [Theory]
    [InlineData("2", null, 2.0, 0.0)]
    [InlineData(null, "50%", 0.0, "50%")]
    [InlineData(null, "0", 1.0, 0.0)]
    [InlineData("10%", "1", "10%", 1.0)]
    public async Task Update_WhatIsNotSaid_IsFilledInSoThatPodsCanBeReplaced(string? surge, string? unavailable, object expectedSurge, object expectedUnavailable)
    {
        var run = await On(Layer.Edge, Samples.Service("web", new ServiceSettings { Update = new UpdateStrategy(false, surge, unavailable) }));

        Assert.Equal(expectedSurge, At(run, Layer.Edge, "spec.strategy.rollingUpdate.maxSurge"));
        Assert.Equal(expectedUnavailable, At(run, Layer.Edge, "spec.strategy.rollingUpdate.maxUnavailable"));
    }

    [Fact]
    public async Task Update_Recreate_IsRecreate()
    {
        var run = await On(Layer.Edge, Samples.Service("web", new ServiceSettings { Update = new UpdateStrategy(Recreate: true) }));

        Assert.Equal("Recreate", At(run, Layer.Edge, "spec.strategy.type"));
        Assert.Null(At(run, Layer.Edge, "spec.strategy.rollingUpdate"));
    }

    [Theory]
    [InlineData("ReadWriteOnce", "Recreate")]
    [InlineData("ReadWriteOncePod", "Recreate")]
    [InlineData("ReadWriteMany", "RollingUpdate")]
    public async Task Claim_ThatOnlyOneCanWrite_MakesTheOldPodGoFirst(string mode, string strategy)
    {
        var run = await On(Layer.Edge, Samples.Service("web", new ServiceSettings
        {
            Volumes = [new Volume { Name = "data", Claim = new StorageClaim("1Gi", AccessMode: mode) }],
        }));

        Assert.Equal(strategy, At(run, Layer.Edge, "spec.strategy.type"));
    }

    [Theory]
    [InlineData(Layer.Cloud, true)]
    [InlineData(Layer.Fog, true)]
    [InlineData(Layer.Edge, false)]
    public async Task Budget_IsThereWhereTheLayerKeepsServicesAvailable(Layer layer, bool expected)
    {
        var run = await On(layer, Samples.Service("web"));

        Assert.Equal(expected ? [Name(layer)] : [], run.Mocks.Names(Budget));
        if (expected)
        {
            Assert.Equal(1.0, run.At(Budget, Name(layer), "spec.maxUnavailable"));
            Assert.Equal("web", Tree.Texts(run.Mocks.Inputs(Budget, Name(layer)), "spec.selector.matchLabels")["app.kubernetes.io/name"]);
        }
    }

    [Fact]
    public async Task Budget_OfTheService_IsTakenOnAnyLayer()
    {
        var run = await On(Layer.Edge, Samples.Service("web", new ServiceSettings { Disruption = new Disruption(MinAvailable: "50%") }));

        Assert.Equal("50%", run.At(Budget, Name(Layer.Edge), "spec.minAvailable"));
        Assert.Null(run.At(Budget, Name(Layer.Edge), "spec.maxUnavailable"));
    }

    [Theory]
    [InlineData("spec.minReplicas", 2.0)]
    [InlineData("spec.maxReplicas", 6.0)]
    [InlineData("spec.scaleTargetRef.kind", "Deployment")]
    [InlineData("spec.scaleTargetRef.name", "web")]
    [InlineData("spec.metrics.0.resource.name", "cpu")]
    [InlineData("spec.metrics.0.resource.target.averageUtilization", 70.0)]
    [InlineData("spec.metrics.1.resource.name", "memory")]
    [InlineData("spec.metrics.1.resource.target.type", "Utilization")]
    public async Task Autoscaler_HasItsBoundsAndMetrics(string path, object expected)
    {
        var run = await On(Layer.Cloud, Samples.Service("web", new ServiceSettings { Autoscaling = new Autoscaling(2, 6, 70, 80) }));

        Assert.Equal(expected, run.At(Autoscaler, Name(Layer.Cloud), path));
    }

    [Fact]
    public async Task Autoscaler_OwnsTheNumberOfPods()
    {
        var run = await On(Layer.Cloud, Samples.Service("web", new ServiceSettings { Autoscaling = new Autoscaling(2, 6, 70) }));

        Assert.Null(At(run, Layer.Cloud, "spec.replicas"));
        var service = run.Single<Components.ApplicationService>();
        Assert.Equal(4, await Pulumi.Utilities.OutputUtilities.GetValueAsync(service.Replicas)); // What the cluster says that the autoscaler wants.
    }

    [Fact]
    public async Task Architectures_AreDemandedOfNodes()
    {
        var run = await On(Layer.Edge, Samples.Service("web", new ServiceSettings { Architectures = ["arm64", "arm"] }));

        const string Term = $"{Pod}.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms.0.matchExpressions.0";
        Assert.Equal("kubernetes.io/arch", At(run, Layer.Edge, $"{Term}.key"));
        Assert.Equal("In", At(run, Layer.Edge, $"{Term}.operator"));
        Assert.Equal("arm", At(run, Layer.Edge, $"{Term}.values.1"));
    }

    [Fact]
    public async Task NodeSelector_IsDemandedOfNodes()
    {
        var run = await On(Layer.Edge, Samples.Service("web", new ServiceSettings { NodeSelector = Samples.Map(("disk", "ssd")) }));

        Assert.Equal("ssd", At(run, Layer.Edge, $"{Pod}.nodeSelector.disk"));
    }

    [Theory]
    [InlineData(Layer.Cloud, "100m", "128Mi", "1Gi")]
    [InlineData(Layer.Fog, "50m", "64Mi", "512Mi")]
    [InlineData(Layer.Edge, "25m", "32Mi", "128Mi")]
    public async Task ContainerThatSaysNothing_GetsWhatIsUsualOnTheLayer(Layer layer, string cpu, string memory, string limit)
    {
        var run = await On(layer, Samples.Service("web"));

        Assert.Equal(cpu, At(run, layer, $"{Pod}.containers.0.resources.requests.cpu"));
        Assert.Equal(memory, At(run, layer, $"{Pod}.containers.0.resources.requests.memory"));
        Assert.Equal(limit, At(run, layer, $"{Pod}.containers.0.resources.limits.memory"));
    }

    [Fact]
    public async Task ContainerThatSaysSomething_IsTakenAtItsWord()
    {
        var service = Samples.Service("web");
        service = service with { Containers = [service.Containers[0] with { Resources = new Resources { Requests = Samples.Map(("memory", "1Gi")) } }] };

        var run = await On(Layer.Edge, service);

        Assert.Equal("1Gi", At(run, Layer.Edge, $"{Pod}.containers.0.resources.requests.memory"));
        Assert.Equal("25m", At(run, Layer.Edge, $"{Pod}.containers.0.resources.requests.cpu"));
        Assert.Null(At(run, Layer.Edge, $"{Pod}.containers.0.resources.limits.memory"));
    }

    private static Task<ComponentRun> On(Layer layer, ServiceWorkload service) => ComponentRun.Of(Samples.On(layer, service));

    private static string Name(Layer layer) => $"shop-{layer.Name()}-1-web";

    private static object? At(ComponentRun run, Layer layer, string path) => run.At(Deployment, Name(layer), path);

    private static int Count(object? list) => list is null ? 0 : ((System.Collections.IEnumerable)list).Cast<object>().Count();
}
