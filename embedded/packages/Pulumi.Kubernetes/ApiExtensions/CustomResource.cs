namespace Pulumi.Kubernetes.ApiExtensions;

/// <summary>
/// An object of a kind that the SDK has no class for. To read more than its metadata, derive a class with
/// <see cref="OutputAttribute"/> properties.
/// </summary>
public class CustomResource : KubernetesResource
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
    public CustomResource(string name, CustomResourceArgs args, CustomResourceOptions? options = null)
        : base(args.Type, name, args, options)
    {
    }
}
