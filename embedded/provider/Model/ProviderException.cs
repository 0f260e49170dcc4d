using System.Collections.Immutable;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Provider;

/// <summary>A call that a provider could not carry out.</summary>
public class ProviderException : Exception
{
    /// <summary>Makes the error.</summary>
    /// <param name="message">What went wrong and what to do, for people.</param>
    /// <param name="innerException">The cause, if it was an exception.</param>
    public ProviderException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>The call may have had an effect that is not known, for example when a plugin died during a create.</summary>
    public bool StateUnknown { get; init; }
}

/// <summary>A resource that was created, read or changed, but is not as it should be: for example a workload that does not become ready.</summary>
public sealed class ResourceInitException : ProviderException
{
    /// <summary>Makes the error.</summary>
    /// <param name="message">What went wrong, in one line.</param>
    /// <param name="reasons">The reasons, one line each; kept in the state until the resource is well.</param>
    public ResourceInitException(string message, ImmutableArray<string> reasons)
        : base(message) =>
        Reasons = reasons;

    /// <summary>The reasons, one line each.</summary>
    public ImmutableArray<string> Reasons { get; }

    /// <summary>The resource's id.</summary>
    public required string Id { get; init; }

    /// <summary>The resource's outputs as far as they are known.</summary>
    public required PropertyMap Outputs { get; init; }

    /// <summary>The resource's inputs, when a read found them; else null.</summary>
    public PropertyMap? Inputs { get; init; }
}
