using System.Collections.Immutable;

namespace FogInfra.Tests;

/// <summary>Services with random dependencies, the same for the same seed. Each depends on earlier ones only, so there is no circle.</summary>
internal static class RandomDag
{
    public static ImmutableArray<(string Name, ImmutableArray<string> DependsOn)> Of(int seed, int services)
    {
#pragma warning disable CA5394 // What is wanted is repeatable numbers, not secret ones.
        var random = new Random(seed);
        return
        [
            .. Enumerable.Range(0, services).Select(index => (
                $"s{index}",
                Enumerable.Range(0, index).Where(_ => random.NextDouble() < 0.4).Select(other => $"s{other}").ToImmutableArray())),
        ];
#pragma warning restore CA5394
    }
}
