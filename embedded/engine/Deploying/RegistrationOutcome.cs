using FogInfra.Embedded.Engine.State;

namespace FogInfra.Embedded.Engine.Deploying;

/// <summary>What became of a registration or a read.</summary>
internal abstract record RegistrationOutcome
{
    private RegistrationOutcome()
    {
    }

    /// <summary>It is done.</summary>
    /// <param name="State">The resource as it is now.</param>
    /// <param name="IsUnknown">It was left out because it is no target, so nothing is known of it.</param>
    public sealed record Done(ResourceState State, bool IsUnknown = false) : RegistrationOutcome;

    /// <summary>It failed, and the run goes on without it.</summary>
    public sealed record Failed(ResourceState State) : RegistrationOutcome;

    /// <summary>Something that it depends on failed.</summary>
    public sealed record Skipped(ResourceState State) : RegistrationOutcome;

    /// <summary>The run has stopped.</summary>
    public sealed record Stopped : RegistrationOutcome;
}

/// <summary>A registration that cannot be carried out; the message says why. The run fails.</summary>
internal sealed class RegistrationException(string message) : Exception(message)
{
    /// <summary>What is wrong has been told already.</summary>
    public bool IsReported { get; init; }
}
