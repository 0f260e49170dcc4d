using System.Collections.Immutable;

namespace Pulumi;

/// <summary>
/// A value that a deployment will have later, with the resources that it comes from. Outputs of resources become known when the
/// engine has done its work; in a preview some stay unknown.
/// </summary>
/// <typeparam name="T">The type of the value.</typeparam>
public sealed class Output<T> : IOutput
{
    /// <summary>Makes an output that settles with the task. A running program ends only when all its outputs have settled.</summary>
    internal Output(Task<OutputState<T>> state)
    {
        State = state;
        ProgramRun.TryGetCurrent()?.Work.Track(state);
    }

    internal Task<OutputState<T>> State { get; }

    /// <summary>Makes a known output of what the task will give.</summary>
    /// <param name="value">The task.</param>
#pragma warning disable CA1000 // The real type has this member.
    public static Output<T> Create(Task<T> value) => Output.Create(value);
#pragma warning restore CA1000

    /// <summary>
    /// Computes an output from this one's value. The result is secret, and comes from a resource, when either this output or the one
    /// that the function gives is.
    /// </summary>
    /// <param name="func">The computation. It does not run while the value is unknown; the result is then unknown too.</param>
    public Output<TResult> Apply<TResult>(Func<T, Output<TResult>?> func) => new(BindAsync(func));

    /// <summary>Computes an output from this one's value.</summary>
    /// <param name="func">The computation. It does not run while the value is unknown.</param>
    public Output<TResult> Apply<TResult>(Func<T, Input<TResult>?> func) =>
        new(BindAsync(value => func(value) is { } input ? (Output<TResult>)input : null));

    /// <summary>Computes an output from this one's value.</summary>
    /// <param name="func">The computation. It does not run while the value is unknown.</param>
    public Output<TResult> Apply<TResult>(Func<T, TResult> func) => new(MapAsync(value => new ValueTask<TResult>(func(value))));

    /// <summary>Computes an output from this one's value.</summary>
    /// <param name="func">The computation. It does not run while the value is unknown.</param>
    public Output<TResult> Apply<TResult>(Func<T, Task<TResult>> func) => new(MapAsync(value => new ValueTask<TResult>(func(value))));

    /// <summary>Does something with this output's value.</summary>
    /// <param name="func">What to do. It does not run while the value is unknown.</param>
    /// <returns>An output that settles when it is done.</returns>
    public Output<ValueTuple> Apply(Func<T, Task> func) => new(MapAsync(async value =>
    {
        await func(value).ConfigureAwait(false);
        return default(ValueTuple);
    }));

    /// <summary>Does not give the value, which is not there yet, but a text that says how to use it.</summary>
    /// <exception cref="InvalidOperationException">The environment variable PULUMI_ERROR_OUTPUT_STRING is 1 or true.</exception>
    public override string ToString()
    {
        const string Explanation =
            "An Output<T> has no text of its own: its value is there only later. Use output.Apply(value => ...) to work with the value, "
            + "or Output.Format($\"...\") to put it into a text.";
        if (Environment.GetEnvironmentVariable("PULUMI_ERROR_OUTPUT_STRING") is { } strict
            && (strict == "1" || strict.Equals("true", StringComparison.OrdinalIgnoreCase)))
        {
            throw new InvalidOperationException(Explanation);
        }

        ProgramRun.TryGetCurrent()?.Log.WriteAsync(Wire.LogSeverity.Warning, Explanation);
        return Explanation;
    }

    async Task<OutputState<object?>> IOutput.GetStateAsync()
    {
        var state = await State.ConfigureAwait(false);
        return state.With<object?>(state.Value);
    }

    /// <summary>An output with the state that the function makes of this one's.</summary>
    internal Output<T> Change(Func<OutputState<T>, Task<OutputState<T>>> change)
    {
        return new(ChangeAsync());

        async Task<OutputState<T>> ChangeAsync() => await change(await State.ConfigureAwait(false)).ConfigureAwait(false);
    }

    /// <summary>The value, or another where it is unknown.</summary>
    internal async Task<T> GetValueAsync(T whenUnknown)
    {
        var state = await State.ConfigureAwait(false);
        return state.IsKnown ? state.Value : whenUnknown;
    }

    private async Task<OutputState<TResult>> BindAsync<TResult>(Func<T, Output<TResult>?> func)
    {
        var outer = await State.ConfigureAwait(false);
        if (!outer.IsKnown || func(outer.Value) is not { } result)
        {
            return outer.With(default(TResult)!);
        }

        return outer.Then(await result.State.ConfigureAwait(false));
    }

    private async Task<OutputState<TResult>> MapAsync<TResult>(Func<T, ValueTask<TResult>> func)
    {
        var state = await State.ConfigureAwait(false);
        return state.With(state.IsKnown ? await func(state.Value).ConfigureAwait(false) : default!);
    }
}
