using System.Text.Json;
using System.Text.Json.Serialization;
using Pulumi.Automation.Events;

namespace Pulumi.Automation.Serialization;

/// <summary>An enumeration whose values have names of their own, as values and as keys.</summary>
/// <typeparam name="TEnum">The enumeration.</typeparam>
/// <param name="names">The name of each value.</param>
internal abstract class NamedEnumJson<TEnum>(params (string Name, TEnum Value)[] names) : JsonConverter<TEnum>
    where TEnum : struct, Enum
{
    private readonly Dictionary<string, TEnum> _values =
        names.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.OrdinalIgnoreCase);

    private readonly Dictionary<TEnum, string> _names = names.ToDictionary(pair => pair.Value, pair => pair.Name);

    public override TEnum Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Find(reader.GetString() ?? "");

    public override TEnum ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Find(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, TEnum value, JsonSerializerOptions options) => writer.WriteStringValue(Name(value));

    public override void WriteAsPropertyName(Utf8JsonWriter writer, TEnum value, JsonSerializerOptions options) =>
        writer.WritePropertyName(Name(value));

    /// <summary>The value for a name that is none of the known ones.</summary>
    protected virtual TEnum FindUnknown(string name) => throw new InvalidOperationException(
        $"'{name}' is no {typeof(TEnum).Name}; it must be one of {string.Join(", ", _values.Keys)}.");

    private TEnum Find(string name) => _values.TryGetValue(name, out var value) ? value : FindUnknown(name);

    private string Name(TEnum value) => _names.TryGetValue(value, out var name) ? name : value.ToString();
}

/// <summary>Operations; those of newer engines are unknown, not an error.</summary>
internal sealed class OperationTypeJson() : NamedEnumJson<OperationType>(
    ("same", OperationType.Same),
    ("create", OperationType.Create),
    ("update", OperationType.Update),
    ("delete", OperationType.Delete),
    ("replace", OperationType.Replace),
    ("create-replacement", OperationType.CreateReplacement),
    ("delete-replaced", OperationType.DeleteReplaced),
    ("read", OperationType.Read),
    ("read-replacement", OperationType.ReadReplacement),
    ("refresh", OperationType.Refresh),
    ("discard", OperationType.ReadDiscard),
    ("discard-replaced", OperationType.DiscardReplaced),
    ("remove-pending-replace", OperationType.RemovePendingReplace),
    ("import", OperationType.Import),
    ("import-replacement", OperationType.ImportReplacement))
{
    protected override OperationType FindUnknown(string name) => OperationType.Unknown;
}

/// <summary>Kinds of a property's change.</summary>
internal sealed class DiffKindJson() : NamedEnumJson<DiffKind>(
    ("add", DiffKind.Add),
    ("add-replace", DiffKind.AddReplace),
    ("delete", DiffKind.Delete),
    ("delete-replace", DiffKind.DeleteReplace),
    ("update", DiffKind.Update),
    ("update-replace", DiffKind.UpdateReplace));

/// <summary>Kinds of a history's entries.</summary>
internal sealed class UpdateKindJson() : NamedEnumJson<UpdateKind>(
    ("update", UpdateKind.Update),
    ("preview", UpdateKind.Preview),
    ("refresh", UpdateKind.Refresh),
    ("rename", UpdateKind.Rename),
    ("destroy", UpdateKind.Destroy),
    ("import", UpdateKind.Import),
    ("resource-import", UpdateKind.ResourceImport));

/// <summary>Results of a history's entries.</summary>
internal sealed class UpdateStateJson() : NamedEnumJson<UpdateState>(
    ("not-started", UpdateState.NotStarted),
    ("in-progress", UpdateState.InProgress),
    ("succeeded", UpdateState.Succeeded),
    ("failed", UpdateState.Failed));
