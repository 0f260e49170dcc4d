using System.Text.Json.Nodes;
using FogInfra.Components;
using Pulumi;

namespace FogInfra.Tests;

/// <summary>What Argo CD and Flux are told.</summary>
public sealed class GitOpsTests
{
    private const string Application = "kubernetes:argoproj.io/v1alpha1:Application";
    private const string Kustomization = "kubernetes:kustomize.toolkit.fluxcd.io/v1:Kustomization";
    private const string HelmRelease = "kubernetes:helm.toolkit.fluxcd.io/v2:HelmRelease";

    private static readonly ArgoSource Manifests = new() { Repository = "https://example.org/apps.git", Revision = "main", Path = "apps/edge" };

    public static ArgoApplicationArgs Argo(ArgoSource? source = null, bool automated = true, bool cascade = true) => new()
    {
        Application = "demo",
        Source = source ?? Manifests,
        Destination = new ArgoDestination("demo"),
        Automated = automated,
        Cascade = cascade,
        Wave = 2,
    };

    public static FluxSourceArgs Git() => new() { Source = "apps", Url = "https://example.org/apps.git", Branch = "main" };

    public static FluxSourceArgs Charts() => new() { Source = "charts", Kind = FluxSourceKind.HelmRepository, Url = "https://example.org/charts" };

    internal static void Everything()
    {
        var project = new ArgoProject("project", Project());
        _ = new ArgoApplication("argo", Argo());
        _ = new FluxKustomization("flux", new FluxKustomizationArgs { Kustomization = "edge", Source = new FluxSource("git", Git()), Path = "./apps/edge" });
        _ = new FluxHelmRelease("release", Release(new FluxSource("charts", Charts())));
        _ = project.Project;
    }

    [Fact]
    public async Task Application_SaysWhatGoesWhere()
    {
        var run = await ComponentRun.Of(() => _ = new ArgoApplication("demo", Argo()));

        Assert.Equal("demo", run.At(Application, "demo", "metadata.name"));
        Assert.Equal("argocd", run.At(Application, "demo", "metadata.namespace"));
        Assert.Equal("resources-finalizer.argocd.argoproj.io", run.At(Application, "demo", "metadata.finalizers.0"));
        Assert.Equal("https://example.org/apps.git", run.At(Application, "demo", "spec.source.repoURL"));
        Assert.Equal("apps/edge", run.At(Application, "demo", "spec.source.path"));
        Assert.Equal("main", run.At(Application, "demo", "spec.source.targetRevision"));
        Assert.Equal("https://kubernetes.default.svc", run.At(Application, "demo", "spec.destination.server"));
        Assert.Equal("default", run.At(Application, "demo", "spec.project"));
        Assert.Equal(true, run.At(Application, "demo", "spec.syncPolicy.automated.selfHeal"));
        Assert.Equal("2", Tree.Texts(run.Mocks.Inputs(Application, "demo"), "metadata.annotations")["argocd.argoproj.io/sync-wave"]);
    }

    [Fact]
    public async Task Application_OfAChart_ThatAPersonStarts_AndThatLeavesWhatItDeployed()
    {
        var chart = new ArgoSource
        {
            Repository = "https://example.org/charts",
            Revision = "77.1.0",
            Chart = "kube-prometheus-stack",
            Values = new JsonObject { ["grafana"] = new JsonObject { ["replicas"] = 2, ["ratio"] = 0.5, ["enabled"] = true } },
        };
        var run = await ComponentRun.Of(() => _ = new ArgoApplication("demo", Argo(chart, automated: false, cascade: false)));

        Assert.Equal("kube-prometheus-stack", run.At(Application, "demo", "spec.source.chart"));
        Assert.Equal(2.0, Convert.ToDouble(run.At(Application, "demo", "spec.source.helm.valuesObject.grafana.replicas"), System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(0.5, run.At(Application, "demo", "spec.source.helm.valuesObject.grafana.ratio"));
        Assert.Null(run.At(Application, "demo", "spec.syncPolicy.automated"));
        Assert.Null(run.At(Application, "demo", "metadata.finalizers.0"));
    }

    [Fact]
    public async Task Application_OfTwoSources_OrNone_IsRefused()
    {
        await Assert.ThrowsAnyAsync<Exception>(() => ComponentRun.Of(() => _ = new ArgoApplication("demo", Argo(Manifests with { Chart = "c" }))));
        await Assert.ThrowsAnyAsync<Exception>(() => ComponentRun.Of(() => _ = new ArgoApplication("demo", Argo(Manifests with { Path = null }))));
    }

    [Fact]
    public async Task Project_LimitsWhereFromAndWhereTo_AndWhoMayDoWhat()
    {
        var run = await ComponentRun.Of(() => _ = new ArgoProject("edge", Project()));

        const string Kind = "kubernetes:argoproj.io/v1alpha1:AppProject";
        Assert.Equal("https://example.org/apps.git", run.At(Kind, "edge", "spec.sourceRepos.0"));
        Assert.Equal("demo", run.At(Kind, "edge", "spec.destinations.0.namespace"));
        Assert.Equal("site-operators", run.At(Kind, "edge", "spec.roles.0.groups.0"));
        Assert.Equal("p, proj:edge:operators, applications, sync, edge/*, allow", run.At(Kind, "edge", "spec.roles.0.policies.0"));
    }

    [Fact]
    public async Task Kustomization_ComesFromItsSource_InItsOrder()
    {
        var run = await ComponentRun.Of(() => _ = new FluxKustomization("edge", new FluxKustomizationArgs
        {
            Kustomization = "edge-production",
            Source = new FluxSource("git", Git()),
            Path = "./apps/edge-production",
            TargetNamespace = "demo",
            DependsOn = ["base"],
            Substitute = Samples.Map(("site", "north")),
        }));

        Assert.Equal("main", run.At("kubernetes:source.toolkit.fluxcd.io/v1:GitRepository", "git", "spec.ref.branch"));
        Assert.Equal("GitRepository", run.At(Kustomization, "edge", "spec.sourceRef.kind"));
        Assert.Equal("apps", run.At(Kustomization, "edge", "spec.sourceRef.name"));
        Assert.Equal("./apps/edge-production", run.At(Kustomization, "edge", "spec.path"));
        Assert.Equal(true, run.At(Kustomization, "edge", "spec.wait"));
        Assert.Equal("demo", run.At(Kustomization, "edge", "spec.targetNamespace"));
        Assert.Equal("base", run.At(Kustomization, "edge", "spec.dependsOn.0.name"));
        Assert.Equal("north", run.At(Kustomization, "edge", "spec.postBuild.substitute.site"));
    }

    [Fact]
    public async Task Release_InstallsAChart_AndTriesAgain()
    {
        var run = await ComponentRun.Of(() => _ = new FluxHelmRelease("monitoring", Release(new FluxSource("charts", Charts()))));

        Assert.Equal("kube-prometheus-stack", run.At(HelmRelease, "monitoring", "spec.chart.spec.chart"));
        Assert.Equal("charts", run.At(HelmRelease, "monitoring", "spec.chart.spec.sourceRef.name"));
        Assert.Equal(true, run.At(HelmRelease, "monitoring", "spec.install.createNamespace"));
        Assert.Equal(3.0, Convert.ToDouble(run.At(HelmRelease, "monitoring", "spec.upgrade.remediation.retries"), System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(FluxSourceKind.GitRepository, null, null)]
    [InlineData(FluxSourceKind.GitRepository, "main", "v1")]
    [InlineData(FluxSourceKind.OCIRepository, null, null)]
    [InlineData(FluxSourceKind.HelmRepository, "main", null)]
    public async Task Source_ThatSaysNotWhatToTake_IsRefused(FluxSourceKind kind, string? branch, string? tag) => await Assert.ThrowsAnyAsync<Exception>(
        () => ComponentRun.Of(() => _ = new FluxSource("s", new FluxSourceArgs { Source = "s", Url = "https://example.org", Kind = kind, Branch = branch, Tag = tag })));

    [Fact]
    public async Task Source_OfTheWrongKind_IsRefused()
    {
        await Assert.ThrowsAnyAsync<Exception>(() => ComponentRun.Of(() => _ = new FluxHelmRelease("r", Release(new FluxSource("git", Git())))));
        await Assert.ThrowsAnyAsync<Exception>(() => ComponentRun.Of(
            () => _ = new FluxKustomization("k", new FluxKustomizationArgs { Kustomization = "k", Source = new FluxSource("charts", Charts()), Path = "." })));
    }

    private static ArgoProjectArgs Project() => new()
    {
        Project = "edge",
        Repositories = ["https://example.org/apps.git"],
        Destinations = [new ArgoDestination("demo")],
        Roles = [new ArgoRole("operators", ["site-operators"], ["sync"])],
    };

    private static FluxHelmReleaseArgs Release(FluxSource source) => new()
    {
        Release = "kube-prometheus-stack",
        Source = source,
        Chart = "kube-prometheus-stack",
        Version = "77.x",
        TargetNamespace = "monitoring",
    };
}
