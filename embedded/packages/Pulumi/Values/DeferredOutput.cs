namespace Pulumi;

/// <summary>An output that can be handed out before the output that it will follow is there.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public sealed class DeferredOutput<T>
{
    private readonly TaskCompletionSource<Output<T>> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Makes an output that follows none yet.</summary>
    public DeferredOutput() => Output = new(FollowAsync(_source.Task));

    /// <summary>The output to hand out.</summary>
    public Output<T> Output { get; }

    /// <summary>Lets <see cref="Output"/> settle as another output does.</summary>
    /// <param name="output">The other output.</param>
    /// <exception cref="InvalidOperationException">It follows one already.</exception>
    public void Resolve(Output<T> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (!_source.TrySetResult(output))
        {
            throw new InvalidOperationException("A deferred output can be resolved only once.");
        }
    }

    private static async Task<OutputState<T>> FollowAsync(Task<Output<T>> source) =>
        await (await source.ConfigureAwait(false)).State.ConfigureAwait(false);
}
