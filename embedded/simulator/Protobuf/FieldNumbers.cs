using System.Globalization;

namespace FogInfra.Embedded.Simulator.Protobuf;

/// <summary>
/// The field numbers of Kubernetes' messages, from the generated.proto files that Kubernetes publishes (github.com/kubernetes/api and apimachinery).
/// A line of the data names a type and then <c>NUMBER:MEMBER</c> for each field; <c>NUMBER:&gt;TYPE</c> is a message whose members belong to the type itself.
/// </summary>
internal sealed class FieldNumbers
{
    private const string Resource = "field-numbers.txt";

    private readonly Dictionary<string, Dictionary<int, Field>> _types;

    private FieldNumbers(Dictionary<string, Dictionary<int, Field>> types) => _types = types;

    /// <summary>The numbers that come with this assembly. Immutable.</summary>
    public static FieldNumbers Instance { get; } = Read();

    /// <summary>The fields of a type by number; null when the type has no message.</summary>
    public IReadOnlyDictionary<int, Field>? Of(string type) => _types.GetValueOrDefault(type);

    private static FieldNumbers Read()
    {
        using var stream = typeof(FieldNumbers).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidOperationException($"The assembly lacks {Resource}.");
        using var reader = new StreamReader(stream);
        var types = new Dictionary<string, Dictionary<int, Field>>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var package = words[0][..words[0].LastIndexOf('.')];
            types[words[0]] = words.Skip(1).Select(word => word.Split(':')).ToDictionary(
                word => int.Parse(word[0], CultureInfo.InvariantCulture),
                word => word[1][0] == '>' ? new Field("", $"{package}.{word[1][1..]}") : new Field(word[1], null));
        }
        return new FieldNumbers(types);
    }
}

/// <summary>A field of a message.</summary>
/// <param name="Member">The member of the type; empty for an inlined message.</param>
/// <param name="Inlined">The type of an inlined message; null for an ordinary field.</param>
internal sealed record Field(string Member, string? Inlined);
