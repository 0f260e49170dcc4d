using FogInfra.Tests.PulumiKubernetes.Support;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Apps = Pulumi.Kubernetes.Apps.V1;
using Autoscaling = Pulumi.Kubernetes.Autoscaling.V2;

namespace FogInfra.Tests.PulumiKubernetes;

public sealed class ResourceOptionsTests
{
    /// <summary>The options that a resource ends up with.</summary>
    internal static async Task<CustomResourceOptions> OptionsOfAsync(
        Action<CustomResourceOptions> create, CustomResourceOptions? given = null)
    {
        CustomResourceOptions? seen = null;
        await TestProgram.RunAsync(() =>
        {
            given ??= new CustomResourceOptions();
            given.ResourceTransformations.Add(args =>
            {
                seen = (CustomResourceOptions)args.Options;
                return null;
            });
            create(given);
        });
        return Assert.IsType<CustomResourceOptions>(seen);
    }

    [Fact]
    public async Task Resource_AsksForTheProviderOfItsSdk()
    {
        var options = await OptionsOfAsync(given => new Namespace("shop", options: given));

        Assert.Equal("4.32.0", options.Version);
        Assert.Empty(options.AdditionalSecretOutputs);
    }

    [Fact]
    public async Task Resource_WithOptions_KeepsThem()
    {
        var given = new CustomResourceOptions { Version = "4.1.0", Protect = true, IgnoreChanges = { "spec.replicas" } };

        var options = await OptionsOfAsync(seen => new Apps.Deployment("web", options: seen), given);

        Assert.Equal("4.1.0", options.Version);
        Assert.True(options.Protect);
        Assert.Equal(["spec.replicas"], options.IgnoreChanges);
    }

    [Fact]
    public async Task Resource_AliasesItsOtherVersions()
    {
        var deployment = await AliasesOfAsync(given => new Apps.Deployment("web", options: given));
        var patch = await AliasesOfAsync(given => new Apps.DeploymentPatch("web", options: given));
        var scaler = await AliasesOfAsync(given => new Autoscaling.HorizontalPodAutoscalerPatch("web", options: given));

        Assert.Equal(
            ["kubernetes:apps/v1beta1:Deployment", "kubernetes:apps/v1beta2:Deployment", "kubernetes:extensions/v1beta1:Deployment"],
            deployment);
        Assert.Equal(deployment.Select(alias => alias + "Patch"), patch);
        Assert.Contains("kubernetes:autoscaling/v1:HorizontalPodAutoscalerPatch", scaler);
    }

    [Fact]
    public async Task Get_ReadsTheObjectOfTheId()
    {
        var mocks = new RecordingMocks(_ => State.Of(("metadata", State.Of(("name", "settings"), ("uid", "1234")))));

        var uid = await TestProgram.OutputOfAsync(
            () => ConfigMap.Get("existing", "shop/settings").Metadata.Apply(metadata => metadata.Uid), mocks);

        Assert.Equal("1234", uid);
        Assert.Equal("shop/settings", mocks.Requests["existing"].Id);
        Assert.Empty(mocks.Requests["existing"].Inputs);
    }

    [Fact]
    public async Task Patch_HasTheKindOfTheObjectAndATokenOfItsOwn()
    {
        var mocks = await TestProgram.RunAsync(() => new NodePatch("edge-1", new NodePatchArgs
        {
            Metadata = new ObjectMetaPatchArgs { Name = "edge-1", Labels = { { "layer", "edge" } } },
            Spec = new NodeSpecPatchArgs { Taints = { new TaintPatchArgs { Key = "layer" } } },
        }));

        Assert.Equal("kubernetes:core/v1:NodePatch", mocks.Requests["edge-1"].Type);
        mocks.AssertInputs("edge-1", """
            {
              "apiVersion": "v1",
              "kind": "Node",
              "metadata": { "name": "edge-1", "labels": { "layer": "edge" } },
              "spec": { "taints": [{ "key": "layer" }] }
            }
            """);
    }

    [Fact]
    public async Task Resource_WithArgsOfAnotherKind_SetsItsOwnApiVersionAndKind()
    {
        var mocks = await TestProgram.RunAsync(() => new Namespace("shop", new NamespaceArgs { ApiVersion = "v2", Kind = "Other" }));

        mocks.AssertInputs("shop", """{ "apiVersion": "v1", "kind": "Namespace" }""");
    }

    private static async Task<string[]> AliasesOfAsync(Action<CustomResourceOptions> create)
    {
        var options = await OptionsOfAsync(create);
        var types = options.Aliases.Select(alias => alias.Apply(found => found.Type!));
        var found = new TaskCompletionSource<string[]>();
        Output.All(types).Apply(all => found.TrySetResult([.. all]));
        return await found.Task;
    }
}
