using System.Collections.Immutable;

namespace Pulumi;

/// <summary>Arguments of a resource that are not known when the program is written.</summary>
public sealed class DictionaryResourceArgs : ResourceArgs
{
    private readonly ImmutableDictionary<string, object?> _dictionary;

    /// <summary>Takes the arguments.</summary>
    /// <param name="dictionary">The arguments by name.</param>
    /// <exception cref="InvalidOperationException">A value is of a type that Pulumi does not know.</exception>
    public DictionaryResourceArgs(ImmutableDictionary<string, object?> dictionary)
    {
        DictionaryValues.Check(dictionary);
        _dictionary = dictionary;
    }

    internal override ImmutableDictionary<string, object?> ToDictionary(string path) => _dictionary;
}

/// <summary>Arguments of a function that are not known when the program is written.</summary>
public sealed class DictionaryInvokeArgs : InvokeArgs
{
    private readonly ImmutableDictionary<string, object?> _dictionary;

    /// <summary>Takes the arguments.</summary>
    /// <param name="dictionary">The arguments by name.</param>
    /// <exception cref="InvalidOperationException">A value is of a type that Pulumi does not know.</exception>
    public DictionaryInvokeArgs(ImmutableDictionary<string, object?> dictionary)
    {
        DictionaryValues.Check(dictionary);
        _dictionary = dictionary;
    }

    internal override ImmutableDictionary<string, object?> ToDictionary(string path) => _dictionary;
}

/// <summary>Checks the values of dictionaries that are given as arguments.</summary>
internal static class DictionaryValues
{
    public static void Check(ImmutableDictionary<string, object?> dictionary)
    {
        ArgumentNullException.ThrowIfNull(dictionary);
        var types = new OutputTypes();
        foreach (var (name, value) in dictionary)
        {
            if (value is not null)
            {
                types.Check(name, TypeOf(value));
            }
        }
    }

    // An output or input has the type of what it holds.
    private static Type TypeOf(object value) =>
        value.GetType() is { IsGenericType: true } type
        && (type.GetGenericTypeDefinition() == typeof(Output<>) || type.GetGenericTypeDefinition() == typeof(Input<>))
            ? type.GenericTypeArguments[0]
            : value.GetType();
}
