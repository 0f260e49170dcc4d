namespace Pulumi.Kubernetes.ApiExtensions;

/// <summary>Some fields of an object that something else created, of a kind that the SDK has no class for.</summary>
public class CustomResourcePatch : KubernetesResource
{
    /// <summary>Group and version, for example <c>example.com/v1</c>.</summary>
    [Output("apiVersion")]
    public Output<string> ApiVersion { get; private set; } = null!;

    /// <summary>The kind.</summary>
    [Output("kind")]
    public Output<string> Kind { get; private set; } = null!;

    /// <summary>Name, namespace, labels and annotations.</summary>
    [Output("metadata")]
    public Output<Types.Outputs.Meta.V1.ObjectMeta> Metadata { get; private set; } = null!;

    /// <summary>Creates the resource.</summary>
    /// <param name="name">The name of the resource in the program.</param>
    /// <param name="args">The inputs.</param>
    /// <param name="options">How the engine handles the resource.</param>
    public CustomResourcePatch(string name, CustomResourcePatchArgs args, CustomResourceOptions? options = null)
        : base(args.Type, name, args, options)
    {
    }
}
