using Pulumi.Automation.Commands;

namespace FogInfra.Rollout.Engines;

/// <summary>What runs deployments.</summary>
/// <param name="Description">For people, for example <c>the embedded engine</c>.</param>
/// <param name="Command">What the Automation API is to call instead of the <c>pulumi</c> of PATH; null for that one.</param>
/// <param name="Environment">Environment variables for each call.</param>
internal sealed record Engine(string Description, PulumiCommand? Command, IReadOnlyDictionary<string, string?> Environment)
{
    /// <summary>Whether it is the engine in this process.</summary>
    public bool IsEmbedded => Command is not null;
}
