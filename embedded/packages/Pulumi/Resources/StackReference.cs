using System.Collections.Immutable;

namespace Pulumi;

/// <summary>Reads the outputs of another stack.</summary>
public class StackReference : CustomResource
{
    /// <summary>Reads the outputs of a stack.</summary>
    /// <param name="name">The name of this resource, and of the stack (<c>organization/project/stack</c>) unless args has another.</param>
    /// <param name="args">The stack.</param>
    /// <param name="options">How the resource is managed.</param>
    public StackReference(string name, StackReferenceArgs? args = null, CustomResourceOptions? options = null)
        : base(
            "pulumi:pulumi:StackReference",
            name,
            new StackReferenceArgs { Name = args?.Name ?? name },
            CustomResourceOptions.Merge(options, new CustomResourceOptions { Id = args?.Name ?? name }))
    {
    }

    /// <summary>The stack.</summary>
    [Output("name")]
    public Output<string> Name { get; private set; } = null!;

    /// <summary>Its outputs. All are secret when one is; <see cref="GetOutput"/> tells them apart.</summary>
    [Output("outputs")]
    public Output<ImmutableDictionary<string, object>> Outputs { get; private set; } = null!;

    /// <summary>The names of its secret outputs.</summary>
    [Output("secretOutputNames")]
    public Output<ImmutableArray<string>> SecretOutputNames { get; private set; } = null!;

    /// <summary>An output of the stack; null when the stack has none of that name.</summary>
    /// <param name="name">The output's name.</param>
    public Output<object?> GetOutput(Input<string> name) =>
        WithOwnSecrecy(name, Output.Tuple(name.ToOutput(), Outputs).Apply(pair => pair.Item2.GetValueOrDefault(pair.Item1)));

    /// <summary>An output of the stack that must be there.</summary>
    /// <param name="name">The output's name. Without it the program fails with a <see cref="KeyNotFoundException"/>.</param>
    public Output<object> RequireOutput(Input<string> name) =>
        WithOwnSecrecy(name, Output.Tuple(name.ToOutput(), Outputs, Name).Apply(all =>
            all.Item2.TryGetValue(all.Item1, out var value)
                ? value
                : throw new KeyNotFoundException($"The stack '{all.Item3}' has no output '{all.Item1}', which is required.")));

    /// <summary>An output of the stack as a value.</summary>
    /// <param name="name">The output's name.</param>
    /// <returns>The value, where a secret does not pass for an open one; both null when the stack has none of that name.</returns>
    public async Task<StackReferenceOutputDetails> GetOutputDetailsAsync(string name)
    {
        var state = await GetOutput(name).State.ConfigureAwait(false);
        return state.IsSecret
            ? new StackReferenceOutputDetails { SecretValue = state.Value }
            : new StackReferenceOutputDetails { Value = state.Value };
    }

    /// <summary>An output of the stack as a value; null when the stack has none of that name.</summary>
    /// <param name="name">The output's name.</param>
    /// <exception cref="InvalidOperationException">The output is secret.</exception>
    public async Task<object?> GetValueAsync(Input<string> name) =>
        OpenValue(await GetOutput(name).State.ConfigureAwait(false), nameof(GetOutput));

    /// <summary>An output of the stack, which must be there, as a value.</summary>
    /// <param name="name">The output's name.</param>
    /// <exception cref="InvalidOperationException">The output is secret.</exception>
    /// <exception cref="KeyNotFoundException">The stack has none of that name.</exception>
    public async Task<object> RequireValueAsync(Input<string> name) =>
        OpenValue(await RequireOutput(name).State.ConfigureAwait(false), nameof(RequireOutput));

    private static T OpenValue<T>(OutputState<T> state, string alternative) => state.IsSecret
        ? throw new InvalidOperationException($"The output is secret, so it cannot be had as a plain value; use {alternative}.")
        : state.Value;

    private Output<T> WithOwnSecrecy<T>(Input<string> name, Output<T> value) => value.Change(async state =>
    {
        var wanted = await name.ToOutput().State.ConfigureAwait(false);
        var secrets = await SecretOutputNames.State.ConfigureAwait(false);
        // Without the list of secrets every output has to pass for one if any is.
        return state.WithSecret(wanted.IsKnown && secrets.IsKnown
            ? !secrets.Value.IsDefault && secrets.Value.Contains(wanted.Value)
            : (await Outputs.State.ConfigureAwait(false)).IsSecret);
    });
}

/// <summary>Which stack a <see cref="StackReference"/> reads.</summary>
public class StackReferenceArgs : ResourceArgs
{
    /// <summary>The stack: <c>organization/project/stack</c>.</summary>
    [Input("name", required: true)]
    public Input<string>? Name { get; set; }
}

/// <summary>An output of another stack as a value.</summary>
public sealed class StackReferenceOutputDetails
{
    /// <summary>The value, when it is not secret.</summary>
    public object? Value { get; set; }

    /// <summary>The value, when it is secret.</summary>
    public object? SecretValue { get; set; }
}
