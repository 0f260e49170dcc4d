using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using FogInfra.Embedded.Engine.Deploying;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.Commands;

/// <summary>The file by which <c>pulumi import</c> is told what to import.</summary>
internal static class ImportFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { ReadCommentHandling = JsonCommentHandling.Skip };

    /// <summary>Reads the file.</summary>
    /// <exception cref="JsonException">It is not of the expected form.</exception>
    /// <exception cref="FormatException">A resource lacks something, or refers to a name that the file does not explain.</exception>
    public static ImmutableArray<ImportedResource> Read(ReadOnlySpan<byte> json, bool protect)
    {
        var file = JsonSerializer.Deserialize<Document>(json, Options) ?? new Document([], null);
        var names = file.NameTable ?? ImmutableDictionary<string, string>.Empty;
        return [.. (file.Resources ?? []).Select((resource, index) => ToResource(resource, index, names, protect))];
    }

    /// <summary>Reads <c>NAME=URN</c>, or a URN alone; null for nothing.</summary>
    /// <exception cref="CommandException">It is neither.</exception>
    public static Urn? ParseNamed(string? text, string what) => text is null ? null
        : Urn.TryParse(text) ?? Urn.TryParse(text[(text.IndexOf('=', StringComparison.Ordinal) + 1)..])
            ?? throw new CommandException($"{what} '{text}' must be of the form NAME=URN", ExitCode.WrongInvocation);

    private static ImportedResource ToResource(Entry entry, int index, IReadOnlyDictionary<string, string> names, bool protect)
    {
        string Required(string? value, string field) => value is { Length: > 0 } ? value : throw new FormatException($"resource {index} has no {field}");
        return new ImportedResource
        {
            Type = Required(entry.Type, "type"),
            Name = Required(entry.LogicalName ?? entry.Name, "name"),
            Id = entry.Component ? "" : Required(entry.Id, "id"),
            Parent = Find(entry.Parent, "parent", index, names),
            Provider = Find(entry.Provider, "provider", index, names),
            Version = entry.Version ?? "",
            PluginDownloadUrl = entry.PluginDownloadUrl ?? "",
            IsComponent = entry.Component,
            Protect = protect && !entry.Component,
        };
    }

    private static Urn? Find(string? name, string field, int index, IReadOnlyDictionary<string, string> names) => name is not { Length: > 0 } ? null
        : Urn.TryParse(names.GetValueOrDefault(name) ?? name)
            ?? throw new FormatException($"the {field} '{name}' of resource {index} has no entry in 'nameTable', or one that is no URN");

    private sealed record Document(ImmutableArray<Entry>? Resources, ImmutableDictionary<string, string>? NameTable);

    private sealed record Entry
    {
        public string? Type { get; init; }

        public string? Name { get; init; }

        public string? LogicalName { get; init; }

        public string? Id { get; init; }

        public string? Parent { get; init; }

        public string? Provider { get; init; }

        public string? Version { get; init; }

        [JsonPropertyName("pluginDownloadUrl")]
        public string? PluginDownloadUrl { get; init; }

        public bool Component { get; init; }
    }
}
