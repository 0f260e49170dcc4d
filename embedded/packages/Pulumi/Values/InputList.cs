using System.Collections;
using System.Collections.Immutable;

namespace Pulumi;

/// <summary>
/// A list for a resource: of values, of outputs, or itself an output. Fill it with a collection initializer, with <c>Add</c>, or
/// assign a value or a collection to it. It cannot be enumerated with foreach, as its items may not be there yet.
/// </summary>
/// <typeparam name="T">The type of the items.</typeparam>
public sealed partial class InputList<T> : Input<ImmutableArray<T>>, IEnumerable, IAsyncEnumerable<Input<T>>, IInputCollection
{
    // The list is these, one after the other. It changes by being given another value, so that copies need no copying.
    private ImmutableList<Output<ImmutableArray<Input<T>>>> _parts;
    private Output<ImmutableArray<Input<T>>>? _items;
    private Output<ImmutableArray<T>>? _values;

    /// <summary>Makes an empty list.</summary>
    public InputList()
        : this([])
    {
    }

    private InputList(ImmutableList<Output<ImmutableArray<Input<T>>>> parts)
        : base(output: null) => _parts = parts;

    IOutput IInputCollection.Items => Items;

    private Output<ImmutableArray<Input<T>>> Items => _items ??= _parts.Count == 1 ? _parts[0] : new(JoinAsync(_parts));

    /// <summary>Adds items at the end.</summary>
    /// <param name="inputs">The items.</param>
    public void Add(params Input<T>[] inputs) => Append([Output.Create(ImmutableArray.Create(inputs))]);

    /// <summary>Adds the items of another list at the end.</summary>
    /// <param name="inputs">The other list.</param>
    public void Add(InputList<T> inputs) => AddRange(inputs);

    /// <summary>Adds the items of another list at the end.</summary>
    /// <param name="inputs">The other list.</param>
    public void AddRange(InputList<T> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        Append(inputs._parts);
    }

    /// <summary>A new list of the items of this one and another.</summary>
    /// <param name="other">The other list.</param>
    public InputList<T> Concat(InputList<T> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new(_parts.AddRange(other._parts));
    }

    /// <summary>Waits for the list and gives its items; none when the list is unknown.</summary>
    /// <param name="cancellationToken">Not used: an output cannot be cancelled.</param>
    public async IAsyncEnumerator<Input<T>> GetAsyncEnumerator(CancellationToken cancellationToken)
    {
        foreach (var value in await Resolve().GetValueAsync(whenUnknown: []).ConfigureAwait(false))
        {
            yield return value;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() =>
        throw new NotSupportedException("The items of an InputList may not be there yet: use 'await foreach', or Apply on its output.");

    internal InputList<T> Clone() => new(_parts);

    private protected override Output<ImmutableArray<T>> Resolve() =>
        _values ??= Items.Apply(items => items.IsDefault ? Output.Create(default(ImmutableArray<T>)) : Output.All(items));

    private void Append(ImmutableList<Output<ImmutableArray<Input<T>>>> parts)
    {
        _parts = _parts.AddRange(parts);
        _items = null;
        _values = null;
    }

    private static async Task<OutputState<ImmutableArray<Input<T>>>> JoinAsync(ImmutableList<Output<ImmutableArray<Input<T>>>> parts)
    {
        var all = new StateMerge();
        var items = ImmutableArray.CreateBuilder<Input<T>>();
        foreach (var part in parts)
        {
            var more = all.Add(await part.State.ConfigureAwait(false));
            items.AddRange(more.IsDefault ? [] : more);
        }

        return all.Of(items.ToImmutable());
    }
}
