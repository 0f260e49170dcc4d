using FogInfra.Components;

namespace FogInfra.Tests;

/// <summary>New versions inside one cluster, by Argo Rollouts.</summary>
public sealed class ProgressiveRolloutTests
{
    private const string Rollout = "kubernetes:argoproj.io/v1alpha1:Rollout";
    private const string Template = "kubernetes:argoproj.io/v1alpha1:AnalysisTemplate";

    public static ProgressiveRolloutArgs Args(ProgressiveStrategy strategy, string? host = null, string service = "orders") => new()
    {
        Application = MonitoringTests.Shop(("orders", new ServiceObjective { Availability = 0.99, Latency = 0.3 })),
        Service = service,
        Strategy = strategy,
        Host = host,
    };

    [Fact]
    public async Task BlueGreen_WaitsForAPerson_AndForTheAnalysis()
    {
        var run = await ComponentRun.Of(() => _ = new ProgressiveRollout("orders", Args(new ProgressiveStrategy.BlueGreen())));

        Assert.Equal("orders-active", run.At(Rollout, "orders", "spec.strategy.blueGreen.activeService"));
        Assert.Equal("orders-preview", run.At(Rollout, "orders", "spec.strategy.blueGreen.previewService"));
        Assert.Equal(false, run.At(Rollout, "orders", "spec.strategy.blueGreen.autoPromotionEnabled"));
        Assert.Equal(30.0, Convert.ToDouble(run.At(Rollout, "orders", "spec.strategy.blueGreen.scaleDownDelaySeconds"), System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal("orders-success-rate", run.At(Rollout, "orders", "spec.strategy.blueGreen.prePromotionAnalysis.templates.0.templateName"));
        Assert.Equal("orders", run.At(Rollout, "orders", "spec.workloadRef.name"));
        Assert.Equal(["orders-current", "orders-new"], run.Mocks.Names("kubernetes:core/v1:Service"));
    }

    [Fact]
    public async Task Canary_GoesInSteps_AndSharesOutTheRequestsOfAnIngress()
    {
        var run = await ComponentRun.Of(() => _ = new ProgressiveRollout("orders", Args(new ProgressiveStrategy.Canary(), "orders.example.org")));

        object? Step(int index, string path) => run.At(Rollout, "orders", $"spec.strategy.canary.steps.{index}.{path}");
        Assert.Equal(20.0, Convert.ToDouble(Step(0, "setWeight"), System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal("120s", Step(1, "pause.duration"));
        Assert.Equal("orders-success-rate", Step(2, "analysis.templates.0.templateName"));
        Assert.Equal("orders-latency", Step(2, "analysis.templates.1.templateName"));
        Assert.Equal(50.0, Convert.ToDouble(Step(3, "setWeight"), System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(100.0, Convert.ToDouble(Step(5, "setWeight"), System.Globalization.CultureInfo.InvariantCulture));
        Assert.Null(Step(6, "pause"));
        Assert.Equal("orders-stable", run.At(Rollout, "orders", "spec.strategy.canary.trafficRouting.nginx.stableIngress"));
        Assert.Equal("orders-stable", run.At("kubernetes:networking.k8s.io/v1:Ingress", "orders", "spec.rules.0.http.paths.0.backend.service.name"));
    }

    [Fact]
    public async Task Analysis_AsksForWhatWasPromised()
    {
        var run = await ComponentRun.Of(() => _ = new ProgressiveRollout("orders", Args(new ProgressiveStrategy.Canary())));

        Assert.Equal("isNaN(result[0]) || result[0] <= 0.01", run.At(Template, "orders-success-rate", "spec.metrics.0.successCondition"));
        Assert.Equal("isNaN(result[0]) || result[0] <= 0.3", run.At(Template, "orders-latency", "spec.metrics.0.successCondition"));
        Assert.Equal("http://prometheus.monitoring.svc:9090", run.At(Template, "orders-latency", "spec.metrics.0.provider.prometheus.address"));
        Assert.Null(run.At(Rollout, "orders", "spec.strategy.canary.trafficRouting"));
    }

    [Fact]
    public async Task ServiceThatIsNone_OrAStepThatCannotBe_IsRefused()
    {
        await Assert.ThrowsAnyAsync<Exception>(() => ComponentRun.Of(() => _ = new ProgressiveRollout("x", Args(new ProgressiveStrategy.BlueGreen(), service: "nothing"))));
        await Assert.ThrowsAnyAsync<Exception>(() => ComponentRun.Of(
            () => _ = new ProgressiveRollout("x", Args(new ProgressiveStrategy.Canary { Steps = [new CanaryStep(101, TimeSpan.Zero)] }))));
        await Assert.ThrowsAnyAsync<Exception>(() => ComponentRun.Of(() => _ = new ProgressiveRollout("x", Args(new ProgressiveStrategy.Canary { Steps = [] }))));
    }
}
