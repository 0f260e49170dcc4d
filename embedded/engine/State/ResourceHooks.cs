using System.Collections.Immutable;

namespace FogInfra.Embedded.Engine.State;

/// <summary>The names of the hooks that a resource is bound to, by when they run.</summary>
internal sealed record ResourceHooks
{
    /// <summary>Before it is created.</summary>
    public const string BeforeCreate = "before-create";

    /// <summary>After it was created.</summary>
    public const string AfterCreate = "after-create";

    /// <summary>Before it is changed.</summary>
    public const string BeforeUpdate = "before-update";

    /// <summary>After it was changed.</summary>
    public const string AfterUpdate = "after-update";

    /// <summary>Before it is deleted.</summary>
    public const string BeforeDelete = "before-delete";

    /// <summary>After it was deleted.</summary>
    public const string AfterDelete = "after-delete";

    /// <summary>When an operation on it has failed.</summary>
    public const string OnError = "on-error";

    private readonly ImmutableSortedDictionary<string, ImmutableArray<string>> _names;

    /// <summary>Names hooks; times without any do not count.</summary>
    public ResourceHooks(IEnumerable<KeyValuePair<string, ImmutableArray<string>>> names) =>
        _names = names.Where(pair => !pair.Value.IsEmpty).ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>No hooks.</summary>
    public static ResourceHooks None { get; } = new([]);

    /// <summary>Whether there are none.</summary>
    public bool IsEmpty => _names.IsEmpty;

    /// <summary>All of them.</summary>
    public IReadOnlyDictionary<string, ImmutableArray<string>> All => _names;

    /// <summary>The names of those of one time.</summary>
    public ImmutableArray<string> Of(string time) => _names.GetValueOrDefault(time, []);

    /// <inheritdoc/>
    public bool Equals(ResourceHooks? other) =>
        other is not null && _names.Count == other._names.Count
        && _names.All(pair => other._names.TryGetValue(pair.Key, out var names) && pair.Value.AsSpan().SequenceEqual(names.AsSpan()));

    /// <inheritdoc/>
    public override int GetHashCode() => _names.Aggregate(_names.Count, (code, pair) => HashCode.Combine(code, pair.Key, pair.Value.Length));
}
