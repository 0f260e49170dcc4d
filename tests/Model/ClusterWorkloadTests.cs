using FogInfra.Model;
using FogInfra.Model.Documents;

namespace FogInfra.Tests;

public sealed class ClusterWorkloadTests
{
    private static readonly Fleet Example = FleetReader.Read("fleet.yaml", File.ReadAllText("fleet.yaml")).Value!;

    [Fact]
    public void Resolve_EdgeCluster_HasOnlyItsServices()
    {
        var workload = Resolve("edge-1")!;

        var web = Assert.Single(workload.Services);
        Assert.Equal(("web", "1.0.0", 1), (web.Name, web.Version, web.Replicas));
        Assert.Equal("shop/web:1.0.0", web.Containers[0].Image);
        Assert.Empty(web.DependsOn); // Its dependency runs in the fog.
    }

    [Fact]
    public void Resolve_FogCluster_KeepsTheDependenciesThatAreThere()
    {
        var workload = Resolve("fog-1")!;

        Assert.Equal(["inventory", "web"], workload.Services.Select(service => service.Name));
        Assert.Equal(["inventory"], workload.Services[1].DependsOn);
        Assert.Empty(workload.Services[0].DependsOn);
    }

    [Fact]
    public void Resolve_LayerWithoutServices_IsNull()
    {
        var application = Example.Applications[0];
        var onlyCloud = application with { Services = [application.FindService("orders")!] };

        Assert.Null(ClusterWorkload.Resolve(onlyCloud, Example.FindCluster("edge-1")!));
    }

    [Theory]
    [InlineData("cloud-1")]
    [InlineData("fog-1")]
    [InlineData("edge-3")]
    public void WriteAndRead_AnyWorkload_IsTheSame(string cluster)
    {
        var json = WorkloadJson.Write(Resolve(cluster)!);

        Assert.Equal(json, WorkloadJson.Write(WorkloadJson.Read(json)));
    }

    [Fact]
    public void Read_OnlyWhatIsRequired_FillsInTheDefaults()
    {
        var workload = WorkloadJson.Read(
            """
            {"application": "a", "namespace": "a", "cluster": "c", "layer": "edge", "services": [
              {"name": "s", "version": "1", "replicas": 1, "containers": [{"name": "s", "image": "s:1", "ports": [{"number": 80}]}]}]}
            """);

        var service = workload.Services[0];
        Assert.Empty(service.DependsOn);
        Assert.Empty(service.Containers[0].Env);
        Assert.Empty(service.Containers[0].Resources.Limits);
        Assert.Equal("TCP", service.Containers[0].Ports[0].Protocol);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"application":"a","namespace":"a","cluster":"a","layer":"moon","services":[]}""")]
    public void Read_NoWorkload_Throws(string json)
    {
        Assert.Throws<FormatException>(() => WorkloadJson.Read(json));
    }

    [Theory]
    [InlineData("web", "web:2")]
    [InlineData("shop/web", "shop/web:2")]
    [InlineData("registry:5000/web", "registry:5000/web:2")]
    [InlineData("registry:5000/web:1", "registry:5000/web:1")]
    [InlineData("web:1", "web:1")]
    [InlineData("web@sha256:0123456789abcdef0123456789abcdef", "web@sha256:0123456789abcdef0123456789abcdef")]
    public void WithTag_Image_AddsATagWhereThereIsNone(string image, string expected)
    {
        Assert.Equal(expected, ImageReference.WithTag(image, "2"));
    }

    private static ClusterWorkload? Resolve(string cluster) =>
        ClusterWorkload.Resolve(Example.Applications[0], Example.FindCluster(cluster)!);
}
