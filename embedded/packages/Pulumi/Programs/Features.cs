using System.Collections.Concurrent;

namespace Pulumi;

/// <summary>What the engine can do. Each feature is asked for once, when it is first needed.</summary>
internal sealed class Features(IMonitor monitor)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<bool>>> _answers = new(StringComparer.Ordinal);

    /// <summary>References to resources travel as such.</summary>
    public Task<bool> ResourceReferences => HasAsync("resourceReferences");

    /// <summary>Outputs in arguments travel with their dependencies.</summary>
    public Task<bool> OutputValues => HasAsync("outputValues");

    /// <summary>The engine computes the URNs of aliases.</summary>
    public Task<bool> AliasSpecs => HasAsync("aliasSpecs");

    /// <summary>Fails unless the engine can do what an option asks for.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="wanted">What the program uses, for the error.</param>
    /// <exception cref="InvalidOperationException">It cannot.</exception>
    public async Task RequireAsync(string feature, string wanted)
    {
        if (!await HasAsync(feature).ConfigureAwait(false))
        {
            throw new InvalidOperationException($"The program uses {wanted}, which this engine does not support (feature '{feature}').");
        }
    }

    private Task<bool> HasAsync(string feature) => _answers.GetOrAdd(feature, name => new(() => AskAsync(name))).Value;

    private async Task<bool> AskAsync(string feature) =>
        (await monitor.SupportsFeatureAsync(new() { Id = feature }).ConfigureAwait(false)).HasSupport;
}
