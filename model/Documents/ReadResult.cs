using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace FogInfra.Model.Documents;

/// <summary>What reading a document gave: a value, or all that is wrong with it.</summary>
/// <typeparam name="T">The value.</typeparam>
public sealed class ReadResult<T>
    where T : class
{
    private ReadResult(T? value, ImmutableArray<Problem> problems)
    {
        Value = value;
        Problems = problems;
    }

    /// <summary>The value; null when there are problems.</summary>
    public T? Value { get; }

    /// <summary>All problems, in the order of the document; empty when there is a value.</summary>
    public ImmutableArray<Problem> Problems { get; }

    /// <summary>A value.</summary>
    public static ReadResult<T> Read(T value) => new(value, []);

    /// <summary>Problems.</summary>
    public static ReadResult<T> Failed(IEnumerable<Problem> problems) =>
        new(null, [.. problems.Distinct().OrderBy(problem => problem.Line).ThenBy(problem => problem.Column)]);

    /// <summary>Whether there is a value.</summary>
    public bool TryGet([NotNullWhen(true)] out T? value)
    {
        value = Value;
        return value is not null;
    }
}
