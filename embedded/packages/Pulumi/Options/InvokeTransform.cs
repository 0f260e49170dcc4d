using System.Collections.Immutable;

namespace Pulumi;

/// <summary>Changes the arguments and options of a call of a provider's function; the engine calls it.</summary>
/// <param name="args">The call.</param>
/// <param name="cancellationToken">Cancelled when the engine gives up.</param>
/// <returns>The arguments and options to use; null to leave them as they are.</returns>
public delegate Task<InvokeTransformResult?> InvokeTransform(InvokeTransformArgs args, CancellationToken cancellationToken = default);

/// <summary>A call of a provider's function, as the engine sees it.</summary>
public readonly struct InvokeTransformArgs
{
    /// <summary>Takes what is known about the call.</summary>
    /// <param name="token">The function.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">How it is called.</param>
    public InvokeTransformArgs(string token, ImmutableDictionary<string, object?> args, InvokeOptions options)
    {
        Token = token;
        Args = args;
        Options = options;
    }

    /// <summary>The function.</summary>
    public string Token { get; }

    /// <summary>Its arguments.</summary>
    public ImmutableDictionary<string, object?> Args { get; }

    /// <summary>How it is called.</summary>
    public InvokeOptions Options { get; }
}

/// <summary>What a transform made of a call.</summary>
public readonly struct InvokeTransformResult
{
    /// <summary>Takes the arguments and options to use.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="options">The options.</param>
    public InvokeTransformResult(ImmutableDictionary<string, object?> args, InvokeOptions options)
    {
        Args = args;
        Options = options;
    }

    /// <summary>The arguments.</summary>
    public ImmutableDictionary<string, object?> Args { get; }

    /// <summary>The options.</summary>
    public InvokeOptions Options { get; }
}
