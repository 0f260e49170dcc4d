using FogInfra.Embedded.Engine.Events;
using FogInfra.Embedded.Engine.State;

namespace FogInfra.Embedded.Engine.Steps;

/// <summary>What came of a step.</summary>
internal abstract record StepResult
{
    private StepResult()
    {
    }

    /// <summary>It is done.</summary>
    /// <param name="State">The resource as it is now; null when it is gone.</param>
    public sealed record Succeeded(ResourceState? State) : StepResult;

    /// <summary>The resource was made or changed but is not as it should be.</summary>
    /// <param name="State">The resource as it is now, with the errors.</param>
    /// <param name="Message">What is wrong.</param>
    public sealed record PartiallyFailed(ResourceState State, string Message) : StepResult;

    /// <summary>Nothing was done, as far as is known.</summary>
    /// <param name="Message">Why.</param>
    /// <param name="Status">What is known of the resource.</param>
    public sealed record Failed(string Message, FailureStatus Status = FailureStatus.Unchanged) : StepResult;
}
