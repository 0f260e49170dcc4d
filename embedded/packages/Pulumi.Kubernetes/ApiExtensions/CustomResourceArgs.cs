namespace Pulumi.Kubernetes.ApiExtensions;

/// <summary>
/// The inputs of a <see cref="CustomResource"/>. Derive a class per kind, with an <see cref="InputAttribute"/> property per field.
/// </summary>
public abstract class CustomResourceArgs : ResourceArgs
{
    /// <summary>Group and version, for example <c>example.com/v1</c>.</summary>
    [Input("apiVersion")]
    public Input<string> ApiVersion { get; }

    /// <summary>The kind.</summary>
    [Input("kind")]
    public Input<string> Kind { get; }

    /// <summary>Name, namespace, labels and annotations.</summary>
    [Input("metadata")]
    public Input<Types.Inputs.Meta.V1.ObjectMetaArgs>? Metadata { get; set; }

    /// <summary>The type token: a plain string, because the resource needs it before its inputs have values.</summary>
    internal string Type { get; }

    /// <summary>Says what kind the inputs are of.</summary>
    /// <param name="apiVersion">Group and version, for example <c>example.com/v1</c>.</param>
    /// <param name="kind">The kind.</param>
    protected CustomResourceArgs(string apiVersion, string kind)
    {
        ApiVersion = apiVersion;
        Kind = kind;
        Type = $"kubernetes:{apiVersion}:{kind}";
    }
}
