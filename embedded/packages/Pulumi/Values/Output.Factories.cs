using System.Collections.Immutable;
using System.Globalization;

namespace Pulumi;

/// <summary>Makes and combines outputs.</summary>
public static partial class Output
{
    /// <summary>Makes a known output.</summary>
    /// <param name="value">The value.</param>
    public static Output<T> Create<T>(T value) => new(Task.FromResult(OutputState.Known(value)));

    /// <summary>Makes a known output of what the task will give.</summary>
    /// <param name="value">The task.</param>
    public static Output<T> Create<T>(Task<T> value) => new(CreateAsync(value, isSecret: false));

    /// <summary>Makes a known secret output.</summary>
    /// <param name="value">The value.</param>
    public static Output<T> CreateSecret<T>(T value) => new(Task.FromResult(OutputState.Known(value, isSecret: true)));

    /// <summary>Makes a known secret output of what the task will give.</summary>
    /// <param name="value">The task.</param>
    public static Output<T> CreateSecret<T>(Task<T> value) => new(CreateAsync(value, isSecret: true));

    /// <summary>The same output, secret.</summary>
    /// <param name="value">The output; it stays as it is.</param>
    public static Output<T> CreateSecret<T>(Output<T> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Change(state => Task.FromResult(state.WithSecret(true)));
    }

    /// <summary>The same output, not secret.</summary>
    /// <param name="output">The output; it stays as it is.</param>
    public static Output<T> Unsecret<T>(Output<T> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        return output.Change(state => Task.FromResult(state.WithSecret(false)));
    }

    /// <summary>Whether the output is secret.</summary>
    /// <param name="output">The output.</param>
    public static async Task<bool> IsSecretAsync<T>(Output<T> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        return (await output.State.ConfigureAwait(false)).IsSecret;
    }

    /// <summary>Writes a text with the values of inputs and outputs in its holes.</summary>
    /// <param name="formattableString">The text. Values are written in the invariant culture.</param>
    public static Output<string> Format(FormattableString formattableString)
    {
        ArgumentNullException.ThrowIfNull(formattableString);
        return new(FormatAsync(formattableString.Format, [.. formattableString.GetArguments().Select(AsOutput)]));
    }

    /// <summary>Any value as an output: an input or output stands for what it holds, everything else for itself.</summary>
    private static IOutput AsOutput(object? value) => value switch
    {
        IInput input => input.ToOutput(),
        IOutput output => output,
        _ => Create(value),
    };

    private static async Task<OutputState<T>> CreateAsync<T>(Task<T> value, bool isSecret)
    {
        ArgumentNullException.ThrowIfNull(value);
        return OutputState.Known(await value.ConfigureAwait(false), isSecret);
    }

    private static async Task<OutputState<string>> FormatAsync(string format, ImmutableArray<IOutput> arguments)
    {
        var merge = new StateMerge();
        var values = new object?[arguments.Length];
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = merge.Add(await arguments[index].GetStateAsync().ConfigureAwait(false));
        }

        var state = merge.Of("");
        return state.With(state.IsKnown ? string.Format(CultureInfo.InvariantCulture, format, values) : "");
    }
}
