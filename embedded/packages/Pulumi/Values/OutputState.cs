using System.Collections.Immutable;

namespace Pulumi;

/// <summary>What an output holds once it has settled: a value and what is known about it.</summary>
/// <param name="value">The value; meaningless while it is not known.</param>
/// <param name="isKnown">False in previews for values that only an update can tell.</param>
/// <param name="isSecret">Whether the value must not be shown.</param>
/// <param name="resources">The resources that the value comes from.</param>
internal readonly struct OutputState<T>(T value, bool isKnown, bool isSecret, ImmutableHashSet<Resource> resources)
{
    public T Value { get; } = value;

    public bool IsKnown { get; } = isKnown;

    public bool IsSecret { get; } = isSecret;

    public ImmutableHashSet<Resource> Resources { get; } = resources;

    /// <summary>The same knowledge about another value.</summary>
    public OutputState<TOther> With<TOther>(TOther value) => new(value, IsKnown, IsSecret, Resources);

    /// <summary>The same value, secret or not.</summary>
    public OutputState<T> WithSecret(bool isSecret) => new(Value, IsKnown, isSecret, Resources);

    /// <summary>The same value, with more resources that it comes from.</summary>
    public OutputState<T> WithResources(IEnumerable<Resource> resources) => new(Value, IsKnown, IsSecret, Resources.Union(resources));

    /// <summary>What comes out when this value was needed to get at the other one.</summary>
    public OutputState<TOther> Then<TOther>(OutputState<TOther> other) =>
        new(other.Value, IsKnown && other.IsKnown, IsSecret || other.IsSecret, Resources.Union(other.Resources));
}

/// <summary>Makes states.</summary>
internal static class OutputState
{
    public static OutputState<T> Known<T>(T value, bool isSecret = false) => new(value, isKnown: true, isSecret, []);

    public static OutputState<T> Unknown<T>(T value) => new(value, isKnown: false, isSecret: false, []);
}

/// <summary>Gathers what is known about a value that is made of several: known if all are, secret if one is.</summary>
internal sealed class StateMerge
{
    private readonly ImmutableHashSet<Resource>.Builder _resources = ImmutableHashSet.CreateBuilder<Resource>();
    private bool _isKnown = true;
    private bool _isSecret;

    /// <summary>Adds one of the parts and gives its value.</summary>
    public T Add<T>(OutputState<T> part)
    {
        _isKnown &= part.IsKnown;
        _isSecret |= part.IsSecret;
        _resources.UnionWith(part.Resources);
        return part.Value;
    }

    /// <summary>The state of the whole.</summary>
    public OutputState<T> Of<T>(T whole) => new(whole, _isKnown, _isSecret, _resources.ToImmutable());
}
