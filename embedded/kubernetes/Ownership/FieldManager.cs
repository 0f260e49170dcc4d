using System.Security.Cryptography;
using System.Text;
using FogInfra.Embedded.Kubernetes.Objects;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Kubernetes.Ownership;

/// <summary>Names and kinds of those who write fields of objects.</summary>
internal static class FieldManager
{
    private const string OwnPrefix = "pulumi-kubernetes";

    /// <summary>
    /// The name under which a resource's fields are written. It is the same for the resource's whole life, and no two resources
    /// have the same, so that a resource never takes another one's fields unnoticed.
    /// </summary>
    public static string NameFor(Urn urn, PropertyMap inputs, PropertyMap? state) =>
        inputs.Annotation(Annotations.PatchFieldManager)
        ?? state?.GetText(StateKeys.FieldManager)
        ?? $"{OwnPrefix}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(urn.ToString())))[..8]}";

    /// <summary>
    /// Whether the fields of a manager may be taken without asking: those of a person's kubectl commands, which the next update is to
    /// put right, and those that this resource wrote before under another name or by another kind of request.
    /// </summary>
    public static bool MayBeTakenFrom(string manager, string own) =>
        manager == own
        || manager.StartsWith("kubectl", StringComparison.Ordinal)
        || manager is "before-first-apply" or OwnPrefix or $"{OwnPrefix}.exe" or "pulumi-resource-kubernetes";
}
