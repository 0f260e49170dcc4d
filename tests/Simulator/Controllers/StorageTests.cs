using FogInfra.Embedded.Simulator.Clusters;
using FogInfra.Embedded.Simulator.Values;
using FogInfra.Tests.Support;

namespace FogInfra.Tests.Controllers;

public sealed class StorageTests
{
    [Fact]
    public async Task AClaimOfTheDefaultClass_WaitsForItsFirstPod()
    {
        await using var cluster = await TestCluster.StartAsync(new NodeSpec { Name = "a" }, new NodeSpec { Name = "b" });
        cluster.Create(Claim());
        await cluster.PassAsync(2);
        var waiting = cluster.Get("persistentvolumeclaims", "data");
        Assert.Equal(("standard", "Pending"), (waiting.Text("spec", "storageClassName"), waiting.Text("status", "phase")));
        Assert.Contains(("WaitForFirstConsumer", "waiting for first consumer to be created before binding"), cluster.EventsOf("data"));

        cluster.Create(Manifests.Pod(spec: "volumes: [{name: d, persistentVolumeClaim: {claimName: data}}]"));
        await cluster.PassAsync(3);

        var claim = cluster.Get("persistentvolumeclaims", "data");
        Assert.Equal(("Bound", "1Gi"), (claim.Text("status", "phase"), claim.Text("status", "capacity", "storage")));
        var volume = cluster.Get("persistentvolumes", claim.Text("spec", "volumeName")!);
        Assert.Equal(("Bound", "data", "Delete"), (volume.Text("status", "phase"), volume.Text("spec", "claimRef", "name"), volume.Text("spec", "persistentVolumeReclaimPolicy")));
        Assert.Equal("Running", cluster.Get("pods", "one").Text("status", "phase"));
    }

    [Fact]
    public async Task AVolumeOnANode_KeepsItsPodThere()
    {
        await using var cluster = await TestCluster.StartAsync(new NodeSpec { Name = "a" }, new NodeSpec { Name = "b" });
        cluster.Create(Claim());
        cluster.Create(Manifests.Pod("first", spec: "nodeName: \n  nodeSelector: {kubernetes.io/hostname: b}\n  volumes: [{name: d, persistentVolumeClaim: {claimName: data}}]"));
        await cluster.PassAsync(3);
        cluster.Delete("pods", "first");
        await cluster.PassAsync(3);

        cluster.Create(Manifests.Pod("second", spec: "volumes: [{name: d, persistentVolumeClaim: {claimName: data}}]"));
        await cluster.PassAsync(3);

        Assert.Equal("b", cluster.Get("pods", "second").Text("spec", "nodeName"));
    }

    [Fact]
    public async Task AClaimInUse_IsDeletedAfterItsPod()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create(Claim());
        cluster.Create(Manifests.Pod(spec: "volumes: [{name: d, persistentVolumeClaim: {claimName: data}}]"));
        await cluster.PassAsync(3);

        cluster.Delete("persistentvolumeclaims", "data");
        await cluster.PassAsync(3);
        Assert.True(cluster.Get("persistentvolumeclaims", "data").IsDeleting);
        cluster.Delete("pods", "one");
        await cluster.PassAsync(3);

        Assert.Null(cluster.Find("persistentvolumeclaims", "data"));
        Assert.Empty(cluster.List("persistentvolumes"));
    }

    [Fact]
    public async Task AGivenVolume_IsBoundToTheClaimThatItFits()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create(Volume("small", "500Mi"));
        cluster.Create(Volume("right", "2Gi"));
        cluster.Create(Volume("large", "9Gi"));
        await cluster.PassAsync(1);
        Assert.Equal("Available", cluster.Get("persistentvolumes", "right").Text("status", "phase"));

        cluster.Create(Claim("storageClassName: manual"));
        await cluster.PassAsync(1);
        Assert.Equal("right", cluster.Get("persistentvolumeclaims", "data").Text("spec", "volumeName"));
        cluster.Delete("persistentvolumeclaims", "data");
        await cluster.PassAsync(1);

        Assert.Equal("Released", cluster.Get("persistentvolumes", "right").Text("status", "phase"));
    }

    [Fact]
    public async Task AClassThatIsNotThere_IsNamed()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create(Claim("storageClassName: fast"));

        await cluster.PassAsync(1);

        Assert.Contains(("ProvisioningFailed", "storageclass.storage.k8s.io \"fast\" not found"), cluster.EventsOf("data"));
    }

    private static string Claim(string extra = "") => $$$"""
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: data}
        spec:
          accessModes: [ReadWriteOnce]
          resources: {requests: {storage: 1Gi}}
          {{{extra}}}
        """;

    private static string Volume(string name, string size) => $$$"""
        apiVersion: v1
        kind: PersistentVolume
        metadata: {name: {{{name}}}}
        spec: {accessModes: [ReadWriteOnce], capacity: {storage: {{{size}}}}, storageClassName: manual, hostPath: {path: /tmp}}
        """;
}
