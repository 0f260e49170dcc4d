using FogInfra.Tests.PulumiKubernetes.Support;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace FogInfra.Tests.PulumiKubernetes;

public sealed class ServiceTests
{
    [Fact]
    public async Task TargetPort_ByNumberAndByName_KeepsItsType()
    {
        var mocks = await TestProgram.RunAsync(() => new Service("web", new ServiceArgs
        {
            Spec = new ServiceSpecArgs
            {
                Selector = { { "app", "web" } },
                Ports =
                {
                    new ServicePortArgs { Name = "plain", Port = 80, TargetPort = 80 },
                    new ServicePortArgs { Name = "named", Port = 81, TargetPort = "http" },
                    new ServicePortArgs { Name = "later", Port = 82, TargetPort = Pulumi.Output.Create(8082) },
                },
            },
        }));

        Assert.Equal("kubernetes:core/v1:Service", mocks.Requests["web"].Type);
        mocks.AssertInputs("web", """
            {
              "apiVersion": "v1",
              "kind": "Service",
              "spec": {
                "selector": { "app": "web" },
                "ports": [
                  { "name": "plain", "port": 80, "targetPort": 80 },
                  { "name": "named", "port": 81, "targetPort": "http" },
                  { "name": "later", "port": 82, "targetPort": 8082 }
                ]
              }
            }
            """);
    }

    [Fact]
    public async Task TargetPort_InOutputs_IsNumberOrName()
    {
        var ports = await TestProgram.OutputOfAsync(() => new Service("web", new ServiceArgs
        {
            Spec = new ServiceSpecArgs
            {
                Ports = { new ServicePortArgs { Port = 80, TargetPort = 8080 }, new ServicePortArgs { Port = 81, TargetPort = "http" } },
            },
        }).Spec.Apply(spec => spec.Ports));

        Assert.Equal(
            ["number 8080", "name http"],
            ports.Select(port => port.TargetPort.Match(number => $"number {number}", name => $"name {name}")));
    }

    [Fact]
    public async Task Type_FromTheEnumOrAText_IsAText()
    {
        var mocks = await TestProgram.RunAsync(() =>
        {
            _ = new Service("enum", new ServiceArgs { Spec = new ServiceSpecArgs { Type = ServiceSpecType.LoadBalancer } });
            _ = new Service("text", new ServiceArgs { Spec = new ServiceSpecArgs { Type = "NodePort" } });
        });

        mocks.AssertInputs("enum", """{ "apiVersion": "v1", "kind": "Service", "spec": { "type": "LoadBalancer" } }""");
        mocks.AssertInputs("text", """{ "apiVersion": "v1", "kind": "Service", "spec": { "type": "NodePort" } }""");
    }

    [Fact]
    public void ServiceSpecType_IsItsText()
    {
        Assert.Equal("ClusterIP", (string)ServiceSpecType.ClusterIP);
        Assert.Equal("ExternalName", ServiceSpecType.ExternalName.ToString());
        Assert.True(ServiceSpecType.NodePort == ServiceSpecType.NodePort);
        Assert.True(ServiceSpecType.NodePort != ServiceSpecType.ClusterIP);
        Assert.Equal(ServiceSpecType.NodePort.GetHashCode(), ServiceSpecType.NodePort.GetHashCode());
        Assert.Equal(0, default(ServiceSpecType).GetHashCode());
    }

    [Fact]
    public async Task ClusterIP_AndOtherNamesWithCapitals_AreOnTheWireAsTheApiWritesThem()
    {
        var mocks = await TestProgram.RunAsync(() => new Service("web", new ServiceArgs
        {
            Spec = new ServiceSpecArgs { ClusterIP = "None", ExternalIPs = { "10.0.0.1" }, IpFamilies = { "IPv4" } },
        }));

        mocks.AssertInputs("web", """
            { "apiVersion": "v1", "kind": "Service", "spec": { "clusterIP": "None", "externalIPs": ["10.0.0.1"], "ipFamilies": ["IPv4"] } }
            """);
    }
}
