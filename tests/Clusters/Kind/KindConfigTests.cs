using FogInfra.Clusters.Arguments;
using FogInfra.Clusters.Docker;
using FogInfra.Clusters.Kind;

namespace FogInfra.Tests;

/// <summary>What kind is told.</summary>
public sealed class KindConfigTests
{
    private static readonly DockerInfo FourProcessors = new(4, 8L * 1024 * 1024 * 1024, new Version(27, 0));

    [Fact]
    public void Write_OneNode_SaysNoMoreThanIsAskedFor() => Assert.Equal(
        """
        kind: Cluster
        apiVersion: kind.x-k8s.io/v1alpha4
        name: edge-1
        nodes:
        - role: control-plane

        """,
        Write("""{"name":"edge-1","engine":"kind"}"""));

    [Fact]
    public void Write_EverythingThatCanBeAskedFor_IsThere() => Assert.Equal(
        """
        kind: Cluster
        apiVersion: kind.x-k8s.io/v1alpha4
        name: cloud-1
        networking:
          disableDefaultCNI: true
        featureGates:
          InPlacePodVerticalScaling: false
          SidecarContainers: true
        kubeadmConfigPatches:
        - |
          kind: KubeletConfiguration
          systemReserved:
            cpu: 3000m
            memory: 7168Mi
        containerdConfigPatches:
        - |
          [plugins."io.containerd.grpc.v1.cri".registry]
            config_path = "/etc/containerd/certs.d"
        nodes:
        - role: control-plane
          image: kindest/node:v1.33.1
          extraPortMappings:
          - containerPort: 30080
            hostPort: 8080
            listenAddress: 127.0.0.1
            protocol: TCP
          - containerPort: 30053
            hostPort: 8053
            listenAddress: 0.0.0.0
            protocol: UDP
          extraMounts:
          - hostPath: /srv/data
            containerPath: /data
            readOnly: true
          - hostPath: /mirrors
            containerPath: /etc/containerd/certs.d
            readOnly: true
        - role: worker
          image: kindest/node:v1.33.1
          extraMounts:
          - hostPath: /srv/data
            containerPath: /data
            readOnly: true
          - hostPath: /mirrors
            containerPath: /etc/containerd/certs.d
            readOnly: true

        """,
        Write(Generated.Everything, "/mirrors"));

    [Fact]
    public void Write_NodesWithDifferentLimits_PromisesTheWholeMachine_SinceOneConfigurationGoesToAll() => Assert.DoesNotContain(
        "systemReserved",
        Write("""{"name":"c","engine":"kind","topology":{"controlPlanes":1,"workers":1},"controlPlane":{"cpu":"1"},"worker":{"cpu":"2"}}"""),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("true")]
    [InlineData("0123")]
    [InlineData("1e3")]
    public void Write_ImageThatLooksLikeSomethingElse_IsAText(string tag) =>
        Assert.Contains($"image: node:{tag}", Write($$"""{"name":"c","engine":"kind","image":"node:{{tag}}"}"""), StringComparison.Ordinal);

    internal static string Write(string json, string? mirrors = null) =>
        KindConfig.Write(ClusterArgumentsReader.Read(Generated.Map(json)), FourProcessors, mirrors).ReplaceLineEndings("\n");
}
