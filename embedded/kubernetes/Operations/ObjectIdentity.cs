using FogInfra.Embedded.Kubernetes.Client;
using FogInfra.Embedded.Kubernetes.Objects;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Kubernetes.Operations;

/// <summary>Which object of a kind: the id of a resource is <c>NAMESPACE/NAME</c>, or <c>NAME</c> for kinds that lie in no namespace.</summary>
/// <param name="Namespace">The namespace, or null.</param>
/// <param name="Name">The name.</param>
internal sealed record ObjectIdentity(string? Namespace, string Name)
{
    /// <summary>The identity of an object.</summary>
    public static ObjectIdentity Of(KubeObject item) => new(item.Namespace, item.Name);

    /// <summary>The identity that inputs give their object.</summary>
    public static ObjectIdentity Of(PropertyMap inputs) => new(inputs.TextAt("metadata", "namespace"), inputs.TextAt("metadata", "name") ?? "");

    /// <summary>Reads an id.</summary>
    public static ObjectIdentity Parse(string id) => id.Split('/') is [var @namespace, var name, ..] ? new(@namespace, name) : new(null, id);

    /// <summary>The id.</summary>
    public override string ToString() => Namespace is null ? Name : $"{Namespace}/{Name}";
}
