namespace Pulumi;

/// <summary>A value for a resource: at hand, or an output of another resource.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public class Input<T> : IInput
{
    private readonly Output<T>? _output;

    private protected Input(Output<T>? output) => _output = output;

    /// <summary>Takes a value.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator Input<T>(T value) => new(Output.Create(value));

    /// <summary>Takes an output.</summary>
    /// <param name="value">The output.</param>
    public static implicit operator Input<T>(Output<T> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new(value);
    }

    /// <summary>The output that the input stands for.</summary>
    /// <param name="input">The input.</param>
    public static implicit operator Output<T>(Input<T> input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.Resolve();
    }

    IOutput IInput.ToOutput() => Resolve();

    /// <summary>The output that this input stands for. Collections compute it from their items.</summary>
    private protected virtual Output<T> Resolve() =>
        _output ?? throw new InvalidOperationException($"{GetType()} has neither an output nor a way to make one.");
}
