using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using FogInfra.Embedded.Engine.Values;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.State;

/// <summary>Reads resources in the form of Pulumi's deployment format, version 3.</summary>
internal sealed class ResourceJsonReader(ValueJsonReader values)
{
    private readonly KnownUrns _urns = new();

    /// <summary>Reads one resource.</summary>
    /// <exception cref="FormatException">It is malformed.</exception>
    public ResourceState Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("a resource is not an object");
        }

        var urn = _urns.TryParse(Text(json, "urn")) ?? throw new FormatException($"'{Text(json, "urn")}' is no URN of a resource");
        try
        {
            return ReadFields(json, urn);
        }
        catch (FormatException exception)
        {
            throw new FormatException($"resource '{urn}': {exception.Message}", exception);
        }
    }

    private ResourceState ReadFields(JsonElement json, Urn urn)
    {
        var inputs = values.ReadMap(Field(json, "inputs"));
        return new ResourceState
        {
            Urn = urn,
            Type = Text(json, "type") is { Length: > 0 } type ? type : throw new FormatException("the field 'type' is missing"),
            Custom = Flag(json, "custom"),
            Delete = Flag(json, "delete"),
            Id = Text(json, "id"),
            Inputs = inputs,
            Outputs = values.ReadMap(Field(json, "outputs")).SharedWith(inputs), // Most outputs repeat the inputs.
            Parent = OptionalUrn(json, "parent"),
            Protect = Flag(json, "protect"),
            Taint = Flag(json, "taint"),
            External = Flag(json, "external"),
            Dependencies = Urns(Field(json, "dependencies")),
            InitErrors = Texts(json, "initErrors"),
            Provider = Text(json, "provider") is { Length: > 0 } provider
                ? ProviderReference.TryParse(provider) ?? throw new FormatException($"'{provider}' is no reference to a provider")
                : null,
            PropertyDependencies = Field(json, "propertyDependencies") is { ValueKind: JsonValueKind.Object } dependencies
                ? dependencies.EnumerateObject().ToImmutableSortedDictionary(item => item.Name, item => Urns(item.Value), StringComparer.Ordinal)
                : ResourceState.NoPropertyDependencies,
            PendingReplacement = Flag(json, "pendingReplacement"),
            AdditionalSecretOutputs = Texts(json, "additionalSecretOutputs"),
            Timeouts = Field(json, "customTimeouts") is { ValueKind: JsonValueKind.Object } timeouts
                ? new CustomTimeouts(Seconds(timeouts, "create"), Seconds(timeouts, "update"), Seconds(timeouts, "delete"), Seconds(timeouts, "read"))
                : CustomTimeouts.None,
            ImportId = Text(json, "importID"),
            RetainOnDelete = Flag(json, "retainOnDelete"),
            DeletedWith = OptionalUrn(json, "deletedWith"),
            ReplaceWith = Urns(Field(json, "replaceWith")),
            Created = Time(json, "created"),
            Modified = Time(json, "modified"),
            SourcePosition = Text(json, "sourcePosition"),
            StackTrace = [.. Items(Field(json, "stackTrace")).Select(frame => Text(frame, "sourcePosition"))],
            IgnoreChanges = Texts(json, "ignoreChanges"),
            HideDiff = [.. Items(Field(json, "hideDiff")).Select(path => PropertyPath.Of(Items(path).Select(PathElement)).ToString())],
            ReplaceOnChanges = Texts(json, "replaceOnChanges"),
            Hooks = Field(json, "resourceHooks") is { ValueKind: JsonValueKind.Object } hooks
                ? new ResourceHooks(hooks.EnumerateObject().Select(item => KeyValuePair.Create(item.Name, Texts(hooks, item.Name))))
                : ResourceHooks.None,
            ReplacementTrigger = Field(json, "replacementTrigger") is { ValueKind: not JsonValueKind.Null } trigger ? values.Read(trigger) : null,
        };
    }

    private static PropertyPath.Element PathElement(JsonElement json) => json.ValueKind == JsonValueKind.Number
        ? PropertyPath.Element.At(json.GetInt32())
        : PropertyPath.Element.Of(json.GetString() ?? "");

    private static JsonElement? Field(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : null;

    private static string Text(JsonElement json, string name) => Field(json, name) switch
    {
        null or { ValueKind: JsonValueKind.Null } => "",
        { ValueKind: JsonValueKind.String } value => value.GetString()!,
        var value => throw new FormatException($"the field '{name}' must be a text, not a {value.Value.ValueKind}"),
    };

    private static bool Flag(JsonElement json, string name) => Field(json, name) switch
    {
        null or { ValueKind: JsonValueKind.Null or JsonValueKind.False } => false,
        { ValueKind: JsonValueKind.True } => true,
        _ => throw new FormatException($"the field '{name}' must be true or false"),
    };

    private static IEnumerable<JsonElement> Items(JsonElement? json) =>
        json is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    private static ImmutableArray<string> Texts(JsonElement json, string name) =>
        [.. Items(Field(json, name)).Select(item => item.GetString() ?? "")];

    private ImmutableArray<Urn> Urns(JsonElement? json) => [.. Items(json).Select(item => ParseUrn(item.GetString() ?? ""))];

    private Urn? OptionalUrn(JsonElement json, string name) => Text(json, name) is { Length: > 0 } text ? ParseUrn(text) : null;

    private Urn ParseUrn(string text) => _urns.TryParse(text) ?? throw new FormatException($"'{text}' is no URN");

    private static TimeSpan? Seconds(JsonElement json, string name) =>
        Field(json, name) is { ValueKind: JsonValueKind.Number } value && value.GetDouble() > 0 ? TimeSpan.FromSeconds(value.GetDouble()) : null;

    private static DateTimeOffset? Time(JsonElement json, string name)
    {
        var text = Text(json, name);
        return text.Length == 0 ? null
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time
            : throw new FormatException($"the field '{name}' must be a time, not '{text}'");
    }
}
