using System.Collections;
using System.Collections.Immutable;

namespace Pulumi;

/// <summary>
/// Named values for a resource: values, outputs, or the whole map an output. Fill it with a collection initializer, with <c>Add</c>,
/// or assign a dictionary to it. It cannot be enumerated with foreach, as its values may not be there yet.
/// </summary>
/// <typeparam name="TValue">The type of the values.</typeparam>
public sealed class InputMap<TValue>
    : Input<ImmutableDictionary<string, TValue>>, IEnumerable, IAsyncEnumerable<Input<KeyValuePair<string, TValue>>>, IInputCollection
{
    // The map is these, added one after the other.
    private ImmutableList<Part> _parts;
    private Output<ImmutableDictionary<string, Input<TValue>>>? _items;
    private Output<ImmutableDictionary<string, TValue>>? _values;

    /// <summary>Makes an empty map.</summary>
    public InputMap()
        : this([])
    {
    }

    private InputMap(ImmutableList<Part> parts)
        : base(output: null) => _parts = parts;

    /// <summary>What happens to a key that is there already.</summary>
    private enum Rule
    {
        /// <summary>Its value must turn out to be equal.</summary>
        MustBeEqual,

        /// <summary>That is an error.</summary>
        Refuse,

        /// <summary>The later value counts.</summary>
        Replace,
    }

    IOutput IInputCollection.Items => Items;

    private Output<ImmutableDictionary<string, Input<TValue>>> Items =>
        _items ??= _parts.Count == 1 ? _parts[0].Entries : new(JoinAsync(_parts));

    /// <summary>Adds a value.</summary>
    /// <param name="key">The key. When the map has it already, the two values must be equal.</param>
    public Input<TValue> this[string key]
    {
        set => Add(key, value);
    }

    /// <summary>A dictionary as map.</summary>
    /// <param name="values">The dictionary.</param>
    public static implicit operator InputMap<TValue>(Dictionary<string, TValue> values) => Output.Create(values);

    /// <summary>A dictionary as map.</summary>
    /// <param name="values">The dictionary.</param>
    public static implicit operator InputMap<TValue>(ImmutableDictionary<string, TValue> values) => Output.Create(values);

    /// <summary>A map that is there later.</summary>
    /// <param name="values">The map.</param>
    public static implicit operator InputMap<TValue>(Output<Dictionary<string, TValue>> values) => Later(values.Apply(AsInputs));

    /// <summary>A map that is there later.</summary>
    /// <param name="values">The map.</param>
    public static implicit operator InputMap<TValue>(Output<IDictionary<string, TValue>> values) => Later(values.Apply(AsInputs));

    /// <summary>A map that is there later.</summary>
    /// <param name="values">The map.</param>
    public static implicit operator InputMap<TValue>(Output<ImmutableDictionary<string, TValue>> values) =>
        Later(values.Apply(entries => entries is null ? null! : AsInputs(entries)));

    /// <summary>A new map of the values of two; where both have a key, the second counts.</summary>
    /// <param name="first">The one map.</param>
    /// <param name="second">The other.</param>
#pragma warning disable CA1000 // The real type has this member.
    public static InputMap<TValue> Merge(InputMap<TValue> first, InputMap<TValue> second)
#pragma warning restore CA1000
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        return new(first._parts.Add(new Part(second.Items, Rule.Replace)));
    }

    /// <summary>Adds a value.</summary>
    /// <param name="key">The key. When the map has it already, the two values must be equal.</param>
    /// <param name="value">The value.</param>
    public void Add(string key, Input<TValue> value) =>
        Append(Output.Create(ImmutableDictionary<string, Input<TValue>>.Empty.Add(key, value)), Rule.MustBeEqual);

    /// <summary>Adds the values of another map; the two must have no key in common.</summary>
    /// <param name="values">The other map.</param>
    public void Add(InputMap<TValue> values) => AddRange(values);

    /// <summary>Adds the values of another map; the two must have no key in common.</summary>
    /// <param name="values">The other map.</param>
    public void AddRange(InputMap<TValue> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        Append(values.Items, Rule.Refuse);
    }

    /// <summary>Waits for the map and gives its values; none when the map is unknown.</summary>
    /// <param name="cancellationToken">Not used: an output cannot be cancelled.</param>
    public async IAsyncEnumerator<Input<KeyValuePair<string, TValue>>> GetAsyncEnumerator(CancellationToken cancellationToken)
    {
        var values = await Resolve().GetValueAsync(whenUnknown: ImmutableDictionary<string, TValue>.Empty).ConfigureAwait(false);
        foreach (var pair in values)
        {
            yield return pair;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() =>
        throw new NotSupportedException("The values of an InputMap may not be there yet: use 'await foreach', or Apply on its output.");

    private protected override Output<ImmutableDictionary<string, TValue>> Resolve() => _values ??= Items.Apply(items =>
        items is null
            ? Output.Create((ImmutableDictionary<string, TValue>)null!)
            : Output.All(items.Select(pair => pair.Value.Apply(value => KeyValuePair.Create(pair.Key, value))))
                .Apply(pairs => ImmutableDictionary.CreateRange(pairs)));

    private static InputMap<TValue> Later(Output<ImmutableDictionary<string, Input<TValue>>> entries) =>
        new([new Part(entries, Rule.Refuse)]);

    private static ImmutableDictionary<string, Input<TValue>> AsInputs(IEnumerable<KeyValuePair<string, TValue>> values) =>
        values.ToImmutableDictionary(pair => pair.Key, pair => (Input<TValue>)pair.Value);

    private void Append(Output<ImmutableDictionary<string, Input<TValue>>> entries, Rule rule)
    {
        _parts = _parts.Add(new Part(entries, rule));
        _items = null;
        _values = null;
    }

    private static async Task<OutputState<ImmutableDictionary<string, Input<TValue>>>> JoinAsync(ImmutableList<Part> parts)
    {
        var all = new StateMerge();
        var items = ImmutableDictionary.CreateBuilder<string, Input<TValue>>();
        foreach (var part in parts)
        {
            foreach (var (key, value) in all.Add(await part.Entries.State.ConfigureAwait(false)) ?? [])
            {
                items[key] = items.TryGetValue(key, out var present) && !ReferenceEquals(present, value)
                    ? Decide(key, present, value, part.Rule)
                    : value;
            }
        }

        return all.Of(items.ToImmutable());
    }

    private static Input<TValue> Decide(string key, Input<TValue> first, Input<TValue> second, Rule rule) => rule switch
    {
        Rule.Replace => second,
        Rule.MustBeEqual => Output.Tuple(first, second).Apply(pair =>
            EqualityComparer<TValue>.Default.Equals(pair.Item1, pair.Item2) ? pair.Item1 : throw Duplicate(key)),
        _ => throw Duplicate(key),
    };

    private static ArgumentException Duplicate(string key) => new($"The key '{key}' is in the map already, with another value.");

    private sealed record Part(Output<ImmutableDictionary<string, Input<TValue>>> Entries, Rule Rule);
}
