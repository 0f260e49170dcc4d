using FogInfra.Embedded.Kubernetes.Schema;

namespace FogInfra.Embedded.Kubernetes.SdkGenerator;

/// <summary>
/// A type of the API as a class of the SDK. Each type has up to two: the whole, and the patch, whose members are all optional and
/// whose nested types, where they are given member by member, are patches too.
/// </summary>
internal sealed record SdkClass(string TypeName, KubernetesType Type, bool Patch)
{
    /// <summary>Group and version, for example <c>Core.V1</c>: what follows the prefix of the namespace.</summary>
    public string Namespace => Type.Cs[..Type.Cs.LastIndexOf('.')];

    /// <summary>The name as a resource and as an output, for example <c>Container</c>.</summary>
    public string Name => Type.Cs[(Type.Cs.LastIndexOf('.') + 1)..] + (Patch ? "Patch" : "");

    /// <summary>The name as an input, for example <c>ContainerArgs</c>.</summary>
    public string ArgsName => Name + "Args";
}
