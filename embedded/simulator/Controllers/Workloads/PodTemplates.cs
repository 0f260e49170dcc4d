using System.Globalization;
using System.Numerics;
using FogInfra.Embedded.Simulator.Rules;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Controllers.Workloads;

/// <summary>Makes pods from the templates of workloads.</summary>
internal static class PodTemplates
{
    /// <summary>The label by which pods of one template are told from those of others.</summary>
    public const string HashLabel = "pod-template-hash";

    /// <summary>A pod of a workload's template.</summary>
    /// <param name="owner">The workload.</param>
    /// <param name="template">The template.</param>
    /// <param name="name">The pod's name; null to have it generated from the workload's.</param>
    public static JsonMap ToPod(JsonMap owner, JsonMap template, string? name = null)
    {
        var metadata = template.Map("metadata");
        return JsonMap.Of(
            ("apiVersion", "v1"),
            ("kind", "Pod"),
            ("metadata", JsonMap.Of(
                ("name", name),
                ("generateName", name is null ? owner.Name + "-" : null),
                ("namespace", owner.Namespace),
                ("labels", metadata["labels"]),
                ("annotations", metadata["annotations"]),
                ("finalizers", metadata["finalizers"]),
                ("ownerReferences", JsonList.Of([owner.ToControllerReference()])))),
            ("spec", template["spec"]));
    }

    /// <summary>A short hash of a template, in the letters of generated names.</summary>
    /// <param name="template">The template.</param>
    /// <param name="collisions">How many names of it were taken by other templates.</param>
    public static string Hash(JsonData template, long collisions)
    {
        var hash = 2166136261u; // FNV-1a, 32 bits, as Kubernetes hashes templates; over JSON instead of its own printed form.
        foreach (var b in JsonWriting.ToUtf8(template)) hash = (hash ^ b) * 16777619u;
        hash = BitOperations.RotateLeft(hash, (int)collisions) + (uint)collisions;
        return string.Concat(hash.ToString(CultureInfo.InvariantCulture).Select(digit => NameSuffixes.Alphabet[digit % NameSuffixes.Alphabet.Length]));
    }
}
