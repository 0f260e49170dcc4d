using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using FogInfra.Embedded.Kubernetes.Objects;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Kubernetes.Inputs;

/// <summary>Names objects that the program does not name: the resource's name, a dash and eight random characters.</summary>
internal static partial class Autonaming
{
    private const int SuffixLength = 8;

    /// <summary>Names the object if it has to be named.</summary>
    /// <param name="inputs">The new inputs.</param>
    /// <param name="oldInputs">The inputs of the last update; empty for a new resource.</param>
    /// <param name="resourceName">The resource's name.</param>
    /// <param name="seed">Bytes that decide the random part; without any it is really random.</param>
    public static PropertyMap Apply(PropertyMap inputs, PropertyMap oldInputs, string resourceName, ImmutableArray<byte> seed)
    {
        if (inputs.At("metadata", "name") is not null || inputs.At("metadata", "generateName") is not null)
        {
            return inputs;
        }

        // An object that the program named until now gets a new name, which makes the change a replacement: as asked for.
        var oldName = IsAutonamed(oldInputs) ? oldInputs.TextAt("metadata", "name") : null;
        return inputs
            .WithAt(["metadata", "name"], oldName ?? $"{resourceName}-{Suffix(seed)}")
            .WithAt(["metadata", "annotations", Annotations.Autonamed], "true");
    }

    /// <summary>Whether the provider chose the object's name.</summary>
    public static bool IsAutonamed(PropertyMap inputs) => inputs.Annotation(Annotations.Autonamed) == "true";

    /// <summary>Whether names may be made of that resource name: the API server wants a DNS subdomain, but for roles and their bindings.</summary>
    public static bool IsValidPrefix(ResourceType type, string resourceName) =>
        type.ApiVersion.StartsWith("rbac.authorization.k8s.io/", StringComparison.Ordinal)
        || (Subdomain().IsMatch($"{resourceName}-0") && resourceName.Length <= 253 - SuffixLength - 1);

    private static string Suffix(ImmutableArray<byte> seed) => seed.IsDefaultOrEmpty
        ? RandomNumberGenerator.GetHexString(SuffixLength, lowercase: true)
        : Convert.ToHexStringLower(SHA256.HashData(seed.AsSpan()))[..SuffixLength];

    [GeneratedRegex("^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$")]
    private static partial Regex Subdomain();
}
