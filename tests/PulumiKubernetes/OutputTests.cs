using FogInfra.Tests.PulumiKubernetes.Support;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Apps.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Apps = Pulumi.Kubernetes.Apps.V1;
using CustomResource = Pulumi.Kubernetes.ApiExtensions.CustomResource;
using CustomResourceArgs = Pulumi.Kubernetes.ApiExtensions.CustomResourceArgs;

namespace FogInfra.Tests.PulumiKubernetes;

public sealed class OutputTests
{
    private sealed class ClaimArgs() : CustomResourceArgs("example.com/v1", "Claim")
    {
        [Input("owner")]
        public Input<Namespace>? Owner { get; set; }
    }

    private sealed class Claim(string name, ClaimArgs args) : CustomResource(name, args)
    {
        [Output("owner")]
        public Output<Namespace> Owner { get; private set; } = null!;
    }

    [Fact]
    public async Task Resource_AsAnInput_ComesBackAsAResourceOfItsClass()
    {
        var mocks = new RecordingMocks(args => State.Of(("metadata", State.Of(("name", args.Name + "-1")))));

        var name = await TestProgram.OutputOfAsync(
            () => new Claim("claim", new ClaimArgs { Owner = new Namespace("shop") }).Owner
                .Apply(owner => owner.Metadata).Apply(metadata => metadata.Name),
            mocks);

        Assert.Equal("shop-1", name);
        Assert.Equal("kubernetes:example.com/v1:Claim", mocks.Requests["claim"].Type);
    }

    [Fact]
    public async Task Metadata_OfAnUnnamedObject_HasTheNameThatTheProviderChose()
    {
        var mocks = new RecordingMocks(args => State.Of(("metadata", State.Of(("name", args.Name + "-3f2a91bc"), ("generation", 2)))));

        var metadata = await TestProgram.OutputOfAsync(() => new Namespace("shop").Metadata, mocks);

        Assert.Equal("shop-3f2a91bc", metadata.Name);
        Assert.Equal(2, metadata.Generation);
    }

    [Fact]
    public async Task Status_OfAService_HasTheAddressesOfItsLoadBalancer()
    {
        var ingress = System.Collections.Immutable.ImmutableArray.Create<object>(State.Of(("ip", "203.0.113.7")));
        var mocks = new RecordingMocks(_ => State.Of(("status", State.Of(("loadBalancer", State.Of(("ingress", ingress)))))));

        var address = await TestProgram.OutputOfAsync(
            () => new Service("web").Status.Apply(status => status.LoadBalancer.Ingress[0].Ip), mocks);

        Assert.Equal("203.0.113.7", address);
    }

    [Fact]
    public async Task Status_OfADeployment_CountsItsReplicas()
    {
        var mocks = new RecordingMocks(_ => State.Of(("status", State.Of(("readyReplicas", 3), ("replicas", 3)))));

        var status = await TestProgram.OutputOfAsync(() => new Apps.Deployment("web").Status, mocks);

        Assert.Equal(3, status.ReadyReplicas);
        Assert.Equal(0, status.UnavailableReplicas);
        Assert.True(status.Conditions.IsDefault);
    }

    [Fact]
    public async Task Spec_ReadsBackListsMapsAndNestedObjects()
    {
        var spec = await TestProgram.OutputOfAsync(() => new Apps.Deployment("web", new DeploymentArgs
        {
            Spec = new DeploymentSpecArgs
            {
                Selector = new LabelSelectorArgs { MatchLabels = { { "app", "web" } } },
                Template = new PodTemplateSpecArgs
                {
                    Spec = new PodSpecArgs
                    {
                        Containers = { new ContainerArgs { Name = "web", Ports = { new ContainerPortArgs { ContainerPortValue = 80 } } } },
                    },
                },
            },
        }).Spec);

        Assert.Equal("web", spec.Selector.MatchLabels["app"]);
        var container = Assert.Single(spec.Template.Spec.Containers);
        Assert.Equal("web", container.Name);
        Assert.Equal(80, Assert.Single(container.Ports).ContainerPortValue);
        Assert.Null(container.Image);
    }

    [Fact]
    public async Task Outputs_OfOneResource_AreInputsOfAnother()
    {
        var mocks = new RecordingMocks(args => State.Of(("metadata", State.Of(("name", args.Name + "-1")))));

        await TestProgram.RunAsync(
            () =>
            {
                var shop = new Namespace("shop");
                _ = new ConfigMap("settings", new ConfigMapArgs
                {
                    Metadata = new ObjectMetaArgs { Namespace = shop.Metadata.Apply(metadata => metadata.Name) },
                    Data = { { "owner", shop.Id } },
                });
            },
            mocks);

        mocks.AssertInputs("settings", """
            {
              "apiVersion": "v1",
              "kind": "ConfigMap",
              "metadata": { "namespace": "shop-1" },
              "data": { "owner": "default/shop" }
            }
            """);
    }
}
