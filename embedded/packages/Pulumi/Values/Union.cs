namespace Pulumi;

/// <summary>A union of whatever types.</summary>
internal interface IUnion
{
    /// <summary>The value that the union holds.</summary>
    object Value { get; }
}

/// <summary>A value of one of two types.</summary>
/// <typeparam name="T0">The first type.</typeparam>
/// <typeparam name="T1">The second type.</typeparam>
public readonly struct Union<T0, T1> : IEquatable<Union<T0, T1>>, IUnion
{
    private readonly bool _isSecond;
    private readonly T0 _first;
    private readonly T1 _second;

    private Union(bool isSecond, T0 first, T1 second)
    {
        _isSecond = isSecond;
        _first = first;
        _second = second;
    }

    /// <summary>Whether the value is of the first type.</summary>
    public bool IsT0 => !_isSecond;

    /// <summary>Whether the value is of the second type.</summary>
    public bool IsT1 => _isSecond;

    /// <summary>The value of the first type.</summary>
    /// <exception cref="InvalidOperationException">The value is of the second type.</exception>
    public T0 AsT0 => IsT0 ? _first : throw OtherType(typeof(T0), typeof(T1));

    /// <summary>The value of the second type.</summary>
    /// <exception cref="InvalidOperationException">The value is of the first type.</exception>
    public T1 AsT1 => IsT1 ? _second : throw OtherType(typeof(T1), typeof(T0));

    /// <summary>The value, whichever type it has.</summary>
    public object Value => _isSecond ? _second! : _first!;

    /// <summary>Takes a value of the first type.</summary>
    /// <param name="t">The value.</param>
    public static implicit operator Union<T0, T1>(T0 t) => FromT0(t);

    /// <summary>Takes a value of the second type.</summary>
    /// <param name="t">The value.</param>
    public static implicit operator Union<T0, T1>(T1 t) => FromT1(t);

    /// <summary>Whether both hold the same type and equal values.</summary>
    public static bool operator ==(Union<T0, T1> left, Union<T0, T1> right) => left.Equals(right);

    /// <summary>Whether the two differ.</summary>
    public static bool operator !=(Union<T0, T1> left, Union<T0, T1> right) => !left.Equals(right);

#pragma warning disable CA1000 // The real type has these members.
    /// <summary>Takes a value of the first type.</summary>
    /// <param name="input">The value.</param>
    public static Union<T0, T1> FromT0(T0 input) => new(isSecond: false, input, default!);

    /// <summary>Takes a value of the second type.</summary>
    /// <param name="input">The value.</param>
    public static Union<T0, T1> FromT1(T1 input) => new(isSecond: true, default!, input);
#pragma warning restore CA1000

    /// <summary>Computes a result by one of two functions.</summary>
    /// <param name="f0">For a value of the first type.</param>
    /// <param name="f1">For a value of the second type.</param>
    public TResult Match<TResult>(Func<T0, TResult> f0, Func<T1, TResult> f1) => _isSecond ? f1(_second) : f0(_first);

    /// <summary>Runs one of two actions.</summary>
    /// <param name="f0">For a value of the first type.</param>
    /// <param name="f1">For a value of the second type.</param>
    public void Switch(Action<T0> f0, Action<T1> f1)
    {
        if (_isSecond)
        {
            f1(_second);
        }
        else
        {
            f0(_first);
        }
    }

    /// <summary>The union with a value of the first type replaced.</summary>
    /// <param name="mapFunc">What replaces it.</param>
    public Union<TResult, T1> MapT0<TResult>(Func<T0, TResult> mapFunc) =>
        _isSecond ? Union<TResult, T1>.FromT1(_second) : Union<TResult, T1>.FromT0(mapFunc(_first));

    /// <summary>The union with a value of the second type replaced.</summary>
    /// <param name="mapFunc">What replaces it.</param>
    public Union<T0, TResult> MapT1<TResult>(Func<T1, TResult> mapFunc) =>
        _isSecond ? Union<T0, TResult>.FromT1(mapFunc(_second)) : Union<T0, TResult>.FromT0(_first);

    /// <summary>The union with its value replaced.</summary>
    /// <param name="mapFunc0">What replaces a value of the first type.</param>
    /// <param name="mapFunc1">What replaces a value of the second type.</param>
    public Union<TResult0, TResult1> Bimap<TResult0, TResult1>(Func<T0, TResult0> mapFunc0, Func<T1, TResult1> mapFunc1) =>
        _isSecond
            ? Union<TResult0, TResult1>.FromT1(mapFunc1(_second))
            : Union<TResult0, TResult1>.FromT0(mapFunc0(_first));

    /// <summary>Takes the value if it is of the first type.</summary>
    /// <param name="value">The value, or the type's default.</param>
    /// <param name="remainder">The value of the second type, or that type's default.</param>
    public bool TryPickT0(out T0 value, out T1 remainder)
    {
        value = _first;
        remainder = _second;
        return IsT0;
    }

    /// <summary>Takes the value if it is of the second type.</summary>
    /// <param name="value">The value, or the type's default.</param>
    /// <param name="remainder">The value of the first type, or that type's default.</param>
    public bool TryPickT1(out T1 value, out T0 remainder)
    {
        value = _second;
        remainder = _first;
        return IsT1;
    }

    /// <inheritdoc/>
    public bool Equals(Union<T0, T1> other) => _isSecond == other._isSecond && Equals(Value, other.Value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Union<T0, T1> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_isSecond, Value);

    /// <inheritdoc/>
    public override string ToString() => $"{(_isSecond ? typeof(T1) : typeof(T0)).FullName}: {Value}";

    private static InvalidOperationException OtherType(Type wanted, Type held) =>
        new($"The union holds a value of type {held.FullName}, not of type {wanted.FullName}.");
}
