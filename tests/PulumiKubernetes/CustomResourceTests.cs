using FogInfra.Tests.PulumiKubernetes.Support;
using Pulumi;
using Pulumi.Kubernetes.ApiExtensions;
using Pulumi.Kubernetes.Types.Inputs.ApiExtensions.V1;
using Pulumi.Kubernetes.Types.Inputs.Apps.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using V1 = Pulumi.Kubernetes.ApiExtensions.V1;

namespace FogInfra.Tests.PulumiKubernetes;

public sealed class CustomResourceTests
{
    private sealed class CronTabArgs() : CustomResourceArgs("stable.example.com/v1", "CronTab")
    {
        [Input("spec", required: true)]
        public Input<CronTabSpecArgs> Spec { get; set; } = null!;
    }

    private sealed class CronTabSpecArgs : ResourceArgs
    {
        [Input("cronSpec")]
        public Input<string>? CronSpec { get; set; }

        [Input("replicas")]
        public Input<int>? Replicas { get; set; }
    }

    private sealed class CronTab(string name, CronTabArgs args, CustomResourceOptions? options = null)
        : Pulumi.Kubernetes.ApiExtensions.CustomResource(name, args, options)
    {
        [Output("spec")]
        public Output<CronTabSpec> Spec { get; private set; } = null!;
    }

    [OutputType]
    private sealed class CronTabSpec
    {
        public readonly string CronSpec;
        public readonly int Replicas;

        [OutputConstructor]
        private CronTabSpec(string cronSpec, int replicas)
        {
            CronSpec = cronSpec;
            Replicas = replicas;
        }
    }

    private sealed class CronTabPatchArgs() : CustomResourcePatchArgs("stable.example.com/v1", "CronTab")
    {
        [Input("spec")]
        public Input<CronTabSpecArgs>? Spec { get; set; }
    }

    [Fact]
    public async Task CustomResource_HasTheTokenAndTheInputsOfItsKind()
    {
        var mocks = await TestProgram.RunAsync(() => new Pulumi.Kubernetes.ApiExtensions.CustomResource("nightly", new CronTabArgs
        {
            Metadata = new ObjectMetaArgs { Name = "nightly" },
            Spec = new CronTabSpecArgs { CronSpec = "0 3 * * *", Replicas = 2 },
        }));

        Assert.Equal("kubernetes:stable.example.com/v1:CronTab", mocks.Requests["nightly"].Type);
        mocks.AssertInputs("nightly", """
            {
              "apiVersion": "stable.example.com/v1",
              "kind": "CronTab",
              "metadata": { "name": "nightly" },
              "spec": { "cronSpec": "0 3 * * *", "replicas": 2 }
            }
            """);
    }

    [Fact]
    public async Task CustomResource_Derived_ReadsItsOwnOutputs()
    {
        var (kind, name, spec) = await TestProgram.OutputOfAsync(() =>
        {
            var tab = new CronTab("nightly", new CronTabArgs
            {
                Metadata = new ObjectMetaArgs { Name = "nightly" },
                Spec = new CronTabSpecArgs { CronSpec = "0 3 * * *", Replicas = 2 },
            });
            return Output.Tuple(tab.Kind, tab.Metadata.Apply(metadata => metadata.Name), tab.Spec);
        });

        Assert.Equal(("CronTab", "nightly", "0 3 * * *", 2), (kind, name, spec.CronSpec, spec.Replicas));
    }

    [Fact]
    public async Task CustomResourcePatch_HasTheTokenOfAPatch()
    {
        var mocks = await TestProgram.RunAsync(() => new CustomResourcePatch(
            "nightly", new CronTabPatchArgs { Spec = new CronTabSpecArgs { Replicas = 3 } }));

        Assert.Equal("kubernetes:stable.example.com/v1:CronTabPatch", mocks.Requests["nightly"].Type);
        mocks.AssertInputs("nightly", """{ "apiVersion": "stable.example.com/v1", "kind": "CronTab", "spec": { "replicas": 3 } }""");
    }

    [Fact]
    public async Task CustomResourceDefinition_WritesItsSchema()
    {
        var mocks = await TestProgram.RunAsync(() => new V1.CustomResourceDefinition("tabs", new CustomResourceDefinitionArgs
        {
            Spec = new CustomResourceDefinitionSpecArgs
            {
                Group = "stable.example.com",
                Scope = "Namespaced",
                Names = new CustomResourceDefinitionNamesArgs { Kind = "CronTab", Plural = "crontabs" },
                Versions = new CustomResourceDefinitionVersionArgs
                {
                    Name = "v1",
                    Served = true,
                    Storage = true,
                    Schema = new CustomResourceValidationArgs
                    {
                        OpenAPIV3Schema = new JSONSchemaPropsArgs
                        {
                            Type = "object",
                            Required = { "port" },
                            X_kubernetes_preserve_unknown_fields = true,
                            Properties =
                            {
                                { "port", new JSONSchemaPropsArgs { X_kubernetes_int_or_string = true, Default = "80" } },
                                { "tags", new JSONSchemaPropsArgs { Type = "array", Items = new JSONSchemaPropsArgs { Type = "string" } } },
                                { "labels", new JSONSchemaPropsArgs { Type = "object", AdditionalProperties = true, Ref = "#/labels" } },
                            },
                        },
                    },
                },
            },
        }));

        mocks.AssertInputs("tabs", """
            {
              "apiVersion": "apiextensions.k8s.io/v1",
              "kind": "CustomResourceDefinition",
              "spec": {
                "group": "stable.example.com",
                "scope": "Namespaced",
                "names": { "kind": "CronTab", "plural": "crontabs" },
                "versions": [{
                  "name": "v1",
                  "served": true,
                  "storage": true,
                  "schema": {
                    "openAPIV3Schema": {
                      "type": "object",
                      "required": ["port"],
                      "x_kubernetes_preserve_unknown_fields": true,
                      "properties": {
                        "port": { "x_kubernetes_int_or_string": true, "default": 80 },
                        "tags": { "type": "array", "items": { "type": "string" } },
                        "labels": { "type": "object", "additionalProperties": true, "$ref": "#/labels" }
                      }
                    }
                  }
                }]
              }
            }
            """);
    }

    [Fact]
    public async Task ControllerRevision_HoldsAnyJson()
    {
        var mocks = new RecordingMocks();

        var data = await TestProgram.OutputOfAsync(
            () => new Pulumi.Kubernetes.Apps.V1.ControllerRevision("r1", new ControllerRevisionArgs
            {
                Revision = 7,
                Data = """{ "spec": { "replicas": [1, 2], "paused": null } }""",
            }).Data,
            mocks);

        mocks.AssertInputs("r1", """
            {
              "apiVersion": "apps/v1",
              "kind": "ControllerRevision",
              "revision": 7,
              "data": { "spec": { "replicas": [1, 2], "paused": null } }
            }
            """);
        Assert.Equal(2, data.GetProperty("spec").GetProperty("replicas")[1].GetInt32());
    }
}
