using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace FogInfra.Embedded.Engine.Projects;

/// <summary>A project: what Pulumi.yaml says.</summary>
internal sealed record ProjectFile
{
    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>The project's name.</summary>
    public required string Name { get; init; }

    /// <summary>What runs the program; null when the file does not say.</summary>
    public ProjectRuntime? Runtime { get; init; }

    /// <summary>The program's folder or entry, relative to the file; or empty.</summary>
    public string Main { get; init; } = "";

    /// <summary>What the project is, for people.</summary>
    public string Description { get; init; } = "";

    /// <summary>The declared configuration, by key as written.</summary>
    public ImmutableArray<ConfigDeclaration> Config { get; init; } = [];

    /// <summary>The folder of the stacks' config files, relative to the file; or empty.</summary>
    public string StackConfigDirectory { get; init; } = "";

    /// <summary>Where states are kept; or empty.</summary>
    public string BackendUrl { get; init; } = "";

    /// <summary>Every update is to begin with a refresh.</summary>
    public bool AlwaysRefresh { get; init; }

    /// <summary>Provider plugins that the project brings along, by package.</summary>
    public ImmutableDictionary<string, string> ProviderPaths { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The folder of the file.</summary>
    public string Directory => System.IO.Path.GetDirectoryName(Path)!;

    /// <summary>The file's ending, by which the stacks' config files end too.</summary>
    public string Extension => System.IO.Path.GetExtension(Path);
}

/// <summary>What runs a program.</summary>
/// <param name="Name">The language, for example <c>dotnet</c>.</param>
/// <param name="Options">Options of that runtime, free in form.</param>
internal sealed record ProjectRuntime(string Name, JsonObject Options)
{
    /// <summary>An option that is a text; null when it is not set.</summary>
    public string? Text(string option) => Options[option] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>An option that is a truth value.</summary>
    public bool? Flag(string option) => Options[option] is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : null;
}

/// <summary>A configuration value that a project declares.</summary>
/// <param name="Key">The key as written, with or without a namespace.</param>
/// <param name="Type">The type that it must have; null for any.</param>
/// <param name="Secret">It must be encrypted.</param>
/// <param name="Default">What it is where a stack does not set it; null without a default.</param>
/// <param name="Value">What it is in every stack that does not set it, for keys of other namespaces; null without one.</param>
internal sealed record ConfigDeclaration(string Key, ConfigType? Type, bool Secret, JsonNode? Default, JsonNode? Value);
