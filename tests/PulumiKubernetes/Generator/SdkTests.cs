using FogInfra.Embedded.Kubernetes.Schema;
using FogInfra.Embedded.Kubernetes.SdkGenerator;

namespace FogInfra.Tests.PulumiKubernetes.Generator;

public sealed class SdkTests
{
    private static readonly IReadOnlyDictionary<string, string> Files = Sdk.Write(KubernetesSchema.BuiltIn);

    [Fact]
    public void Input_ReadsAsOneWouldWriteIt() => AssertEndsWith(
        "Inputs/Core.V1/ServicePortArgs.cs",
        """
        namespace Pulumi.Kubernetes.Types.Inputs.Core.V1;

        /// <summary>An input of type <c>io.k8s.api.core.v1.ServicePort</c>.</summary>
        public class ServicePortArgs : ResourceArgs
        {
            [Input("appProtocol")]
            public Input<string>? AppProtocol { get; set; }

            [Input("name")]
            public Input<string>? Name { get; set; }

            [Input("nodePort")]
            public Input<int>? NodePort { get; set; }

            [Input("port", required: true)]
            public Input<int> Port { get; set; } = null!;

            /// <summary>One of <c>TCP</c>, <c>UDP</c>, <c>SCTP</c>.</summary>
            [Input("protocol")]
            public Input<string>? Protocol { get; set; }

            [Input("targetPort")]
            public InputUnion<int, string>? TargetPort { get; set; }

            public static new ServicePortArgs Empty => new();
        }

        """);

    [Fact]
    public void Output_ReadsAsOneWouldWriteIt() => AssertEndsWith(
        "Outputs/Core.V1/SessionAffinityConfig.cs",
        """
        namespace Pulumi.Kubernetes.Types.Outputs.Core.V1;

        /// <summary>An output of type <c>io.k8s.api.core.v1.SessionAffinityConfig</c>.</summary>
        [OutputType]
        public sealed class SessionAffinityConfig
        {
            public readonly ClientIPConfig ClientIP;

            [OutputConstructor]
            private SessionAffinityConfig(
                ClientIPConfig @clientIP)
            {
                this.ClientIP = @clientIP;
            }
        }

        """);

    [Fact]
    public void Lists_AreNeverNullToTheProgram_AndNotSentUntilUsed() => Assert.Contains(
        """
            [Input("imagePullSecrets")]
            private InputList<LocalObjectReferenceArgs>? _imagePullSecrets;

            public InputList<LocalObjectReferenceArgs> ImagePullSecrets
            {
                get => _imagePullSecrets ??= new();
                set => _imagePullSecrets = value;
            }
        """,
        Files["Inputs/Core.V1/PodSpecArgs.cs"],
        StringComparison.Ordinal);

    [Fact]
    public void Status_OfAKind_IsNoInput_AndItsTypeNotReached()
    {
        Assert.DoesNotContain("status", Files["Inputs/Apps.V1/DeploymentArgs.cs"], StringComparison.Ordinal);
        Assert.DoesNotContain("Inputs/Apps.V1/DeploymentStatusArgs.cs", Files.Keys);
        Assert.Contains("Outputs/Apps.V1/DeploymentStatus.cs", Files.Keys);
    }

    [Fact]
    public void Enums_AreThoseThatInputsTake() =>
        Assert.Equal(["Enums/Core.V1.ServiceSpecType.cs"], Files.Keys.Where(path => path.StartsWith("Enums/", StringComparison.Ordinal)));

    [Fact]
    public void Kinds_HaveThreeResourcesEach() =>
        Assert.Equal(
            3 * KubernetesSchema.BuiltIn.Kinds.Count,
            Files.Keys.Count(path => path.StartsWith("Resources/", StringComparison.Ordinal)));

    [Fact]
    public void Write_Twice_GivesTheSame() => Assert.Equal(Files, Sdk.Write(KubernetesSchema.BuiltIn));

    private static void AssertEndsWith(string path, string text) => Assert.EndsWith(text, Files[path], StringComparison.Ordinal);
}
