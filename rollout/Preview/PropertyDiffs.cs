using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FogInfra.Rollout.Preview;

/// <summary>A path that the provider says changes.</summary>
/// <param name="Path">The path.</param>
/// <param name="Replaces">Whether the resource must be replaced because of it.</param>
/// <param name="OfOutputs">Whether the value before is what the provider saw, not what the program gave.</param>
internal sealed record DiffPath(string Path, bool Replaces, bool OfOutputs);

/// <summary>The states of a resource before and after, as the engine's events tell them.</summary>
internal sealed record ResourceStates
{
    /// <summary>The type token.</summary>
    public required string Type { get; init; }

    /// <summary>What the program gave before; empty when the resource is new.</summary>
    public JsonObject OldInputs { get; init; } = [];

    /// <summary>What the provider gave before.</summary>
    public JsonObject OldOutputs { get; init; } = [];

    /// <summary>What the program gives now; empty when the resource goes.</summary>
    public JsonObject NewInputs { get; init; } = [];

    /// <summary>What the provider says changes; empty when it does not say.</summary>
    public ImmutableArray<DiffPath> Paths { get; init; } = [];

    /// <summary>The properties because of which the resource must be replaced.</summary>
    public ImmutableArray<string> ReplaceKeys { get; init; } = [];
}

/// <summary>Finds which properties of a resource change, leaf by leaf. Pure functions.</summary>
internal static class PropertyDiffs
{
    /// <summary>What stands for a secret value.</summary>
    public const string Secret = "[secret]";

    /// <summary>What stands for a value that only the update brings to light.</summary>
    public const string Unknown = "[known after the update]";

    // Pulumi's mark of an unknown value in JSON.
    private const string UnknownMark = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The properties that change, in the order of their paths.</summary>
    public static ImmutableArray<PropertyChange> Of(ResourceStates states)
    {
        var changes = states.Paths.IsEmpty
            ? Compare(states, "", states.OldInputs, states.NewInputs, false)
            : states.Paths.SelectMany(path => Compare(
                states,
                path.Path,
                PropertyLookup.Find(path.OfOutputs ? states.OldOutputs : states.OldInputs, path.Path),
                PropertyLookup.Find(states.NewInputs, path.Path),
                path.Replaces));
        return [.. changes.DistinctBy(change => change.Path).OrderBy(change => change.Path, StringComparer.Ordinal)];
    }

    private static IEnumerable<PropertyChange> Compare(ResourceStates states, string path, JsonNode? before, JsonNode? after, bool replaces)
    {
        if ((before, after) is (JsonObject or null, JsonObject or null) and not (null, null))
        {
            var (old, @new) = (before as JsonObject ?? [], after as JsonObject ?? []);
            return from name in old.Select(pair => pair.Key).Union(@new.Select(pair => pair.Key))
                   where !name.StartsWith("__", StringComparison.Ordinal) // Pulumi's own notes, such as __defaults.
                   from change in Compare(states, PropertyLookup.Member(path, name), old[name], @new[name], replaces)
                   select change;
        }

        if ((before, after) is (JsonArray or null, JsonArray or null) and not (null, null))
        {
            var (old, @new) = (before as JsonArray ?? [], after as JsonArray ?? []);
            return from index in Enumerable.Range(0, Math.Max(old.Count, @new.Count))
                   let item = PropertyLookup.Item(path, index)
                   from change in Compare(states, item, index < old.Count ? old[index] : null, index < @new.Count ? @new[index] : null, replaces)
                   select change;
        }

        var (was, will) = (Text(before), Text(after));
        if (was == will && was != Secret && was != Unknown)
        {
            return [];
        }

        // Of an unlisted path two equal secrets are most likely the same.
        return was == will && states.Paths.IsEmpty
            ? []
            : [new PropertyChange(path, Masked(states.Type, path, was), Masked(states.Type, path, will), replaces || states.ReplaceKeys.Any(key => IsUnder(path, key)))];
    }

    private static string? Text(JsonNode? node) => node switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out string? text) => text switch
        {
            UnknownMark => Unknown,
            Secret => Secret,
            _ => node.ToJsonString(Options),
        },
        _ => node.ToJsonString(Options),
    };

    // What a provider does not mark as secret can still be one: the content of a Secret, and the credentials of a provider.
    private static string? Masked(string type, string path, string? text)
    {
        var isSecret = type.StartsWith("pulumi:providers:", StringComparison.Ordinal)
            || (type == "kubernetes:core/v1:Secret" && (IsUnder(path, "data") || IsUnder(path, "stringData")));
        return text is null || !isSecret ? text : Secret;
    }

    private static bool IsUnder(string path, string root) =>
        path == root || (path.StartsWith(root, StringComparison.Ordinal) && path[root.Length] is '.' or '[');
}
