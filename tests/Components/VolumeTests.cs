using FogInfra.Model;

namespace FogInfra.Tests;

/// <summary>Volumes of pods.</summary>
public sealed class VolumeTests
{
    private const string Deployment = "kubernetes:apps/v1:Deployment";
    private const string Claim = "kubernetes:core/v1:PersistentVolumeClaim";
    private const string Web = "shop-edge-1-web";

    public static TheoryData<Volume, string, object> Sources { get; } = new()
    {
        { new Volume { Name = "v", EmptyDir = new EmptyDirectory("64Mi", InMemory: true) }, "emptyDir.sizeLimit", "64Mi" },
        { new Volume { Name = "v", EmptyDir = new EmptyDirectory("64Mi", InMemory: true) }, "emptyDir.medium", "Memory" },
        { new Volume { Name = "v", HostPath = new HostDirectory("/mnt/dgraph", "DirectoryOrCreate") }, "hostPath.path", "/mnt/dgraph" },
        { new Volume { Name = "v", HostPath = new HostDirectory("/mnt/dgraph", "DirectoryOrCreate") }, "hostPath.type", "DirectoryOrCreate" },
        { new Volume { Name = "v", ConfigMap = "settings" }, "configMap.name", "settings" },
        { new Volume { Name = "v", Secret = "keys" }, "secret.secretName", "keys" },
        { new Volume { Name = "v", Claim = new StorageClaim("1Gi") }, "persistentVolumeClaim.claimName", "web-v" },
    };

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Volume_HasItsSource(Volume volume, string path, object expected)
    {
        var run = await ComponentRun.Of(Samples.Service("web", new ServiceSettings { Volumes = [volume] }));

        Assert.Equal("v", run.At(Deployment, Web, "spec.template.spec.volumes.0.name"));
        Assert.Equal(expected, run.At(Deployment, Web, $"spec.template.spec.volumes.0.{path}"));
    }

    [Theory]
    [InlineData("metadata.name", "web-data")]
    [InlineData("metadata.namespace", "shop")]
    [InlineData("spec.accessModes.0", "ReadWriteMany")]
    [InlineData("spec.resources.requests.storage", "5Gi")]
    [InlineData("spec.storageClassName", "fast")]
    public async Task Claim_IsMade(string path, object expected)
    {
        var run = await ComponentRun.Of(Samples.Service("web", new ServiceSettings
        {
            Volumes = [new Volume { Name = "data", Claim = new StorageClaim("5Gi", "fast", "ReadWriteMany") }],
        }));

        Assert.Equal(expected, run.At(Claim, $"{Web}-data", path));
    }

    [Fact]
    public async Task Volume_WithAPath_IsSeenByEveryContainer()
    {
        var service = Samples.Service("web", new ServiceSettings { Volumes = [new Volume { Name = "v", MountPath = "/v", ReadOnly = true, EmptyDir = new EmptyDirectory() }] });
        service = service with { Containers = [service.Containers[0], service.Containers[0] with { Name = "second" }] };

        var run = await ComponentRun.Of(service);

        foreach (var index in new[] { 0, 1 })
        {
            Assert.Equal("/v", run.At(Deployment, Web, $"spec.template.spec.containers.{index}.volumeMounts.0.mountPath"));
            Assert.Equal(true, run.At(Deployment, Web, $"spec.template.spec.containers.{index}.volumeMounts.0.readOnly"));
        }
    }

    [Fact]
    public async Task Volume_WithoutAPath_IsSeenWhereAContainerMountsIt()
    {
        var service = Samples.Service("web", new ServiceSettings { Volumes = [new Volume { Name = "v", EmptyDir = new EmptyDirectory() }] });
        service = service with
        {
            Containers = [service.Containers[0], service.Containers[0] with { Name = "second", VolumeMounts = [new VolumeMount("v", "/mine", SubPath: "part")] }],
        };

        var run = await ComponentRun.Of(service);

        Assert.Null(run.At(Deployment, Web, "spec.template.spec.containers.0.volumeMounts.0"));
        Assert.Equal("/mine", run.At(Deployment, Web, "spec.template.spec.containers.1.volumeMounts.0.mountPath"));
        Assert.Equal("part", run.At(Deployment, Web, "spec.template.spec.containers.1.volumeMounts.0.subPath"));
    }
}
