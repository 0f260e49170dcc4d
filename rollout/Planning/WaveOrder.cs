using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace FogInfra.Rollout.Planning;

/// <summary>The order in which the clusters of a ring are taken.</summary>
internal static class WaveOrder
{
    /// <summary>
    /// From the cloud outwards; inside a layer in the order given, or, with a seed, in one drawn from it: each cluster's place comes
    /// from the seed and its own name, so that a cluster more or less leaves the order of the others as it is.
    /// </summary>
    public static ImmutableArray<StackStep> Sort(ImmutableArray<StackStep> steps, int? seed) =>
        seed is { } given
            ? [.. steps.OrderBy(step => step.Cluster.Layer).ThenBy(step => Draw(given, step.Cluster.Name)).ThenBy(step => step.Cluster.Name, StringComparer.Ordinal)]
            : [.. steps.OrderBy(step => step.Cluster.Layer)];

    /// <summary>A number drawn from a seed and a text: the same on every machine and in every version.</summary>
    public static ulong Draw(int seed, string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}/{text}"), hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }
}
