namespace Pulumi;

/// <summary>An output of whatever type.</summary>
internal interface IOutput
{
    /// <summary>Waits for the output to settle.</summary>
    Task<OutputState<object?>> GetStateAsync();
}

/// <summary>An input of whatever type.</summary>
internal interface IInput
{
    /// <summary>The output that the input stands for.</summary>
    IOutput ToOutput();
}

/// <summary>A list or map of inputs: each item keeps its own secrecy and its own dependencies.</summary>
internal interface IInputCollection
{
    /// <summary>The items, each still an input.</summary>
    IOutput Items { get; }
}
