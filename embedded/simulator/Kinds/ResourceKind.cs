using FogInfra.Embedded.Simulator.Schema;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Kinds;

/// <summary>A kind that the API serves, in one version.</summary>
internal sealed record ResourceKind
{
    /// <summary>The API group; empty for the core group.</summary>
    public required string Group { get; init; }

    /// <summary>The version in the group, for example <c>v1</c>.</summary>
    public required string Version { get; init; }

    /// <summary>The kind, for example <c>Deployment</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The name in URLs.</summary>
    public required string Plural { get; init; }

    /// <summary>The name of one object, which kubectl accepts too.</summary>
    public required string Singular { get; init; }

    /// <summary>Whether objects lie in namespaces.</summary>
    public required bool Namespaced { get; init; }

    /// <summary>The kind's type.</summary>
    public required StructSchema Schema { get; init; }

    /// <summary>The version in which objects are stored.</summary>
    public required string StorageVersion { get; init; }

    /// <summary>The kind of lists of it.</summary>
    public required string ListKind { get; init; }

    /// <summary>Abbreviations that kubectl accepts.</summary>
    public IReadOnlyList<string> ShortNames { get; init; } = [];

    /// <summary>Groups of kinds that kubectl accepts, such as <c>all</c>.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>The subresources that are served.</summary>
    public IReadOnlyList<string> Subresources { get; init; } = [];

    /// <summary>Whether <c>metadata.generation</c> counts the changes of what is wanted.</summary>
    public bool HasGeneration { get; init; }

    /// <summary>Whether this version is served, not only stored.</summary>
    public bool IsServed { get; init; } = true;

    /// <summary>What the custom resource definition adds; null for built-in kinds.</summary>
    public CustomKind? Custom { get; init; }

    /// <summary>Group and version as objects spell them.</summary>
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>The resource without its version.</summary>
    public GroupResource Resource => new(Group, Plural);

    /// <summary>Whether the status is written apart from the rest.</summary>
    public bool HasStatus => Subresources.Contains("status");

    /// <summary>The kind with its group, as messages about invalid objects spell it.</summary>
    public string QualifiedKind => Group.Length == 0 ? Kind : $"{Kind}.{Group}";
}

/// <summary>What a custom resource definition says beyond what built-in kinds have.</summary>
/// <param name="Columns">The columns that kubectl shows besides the name.</param>
/// <param name="Scale">Where the numbers of the scale subresource lie; null without one.</param>
/// <param name="OpenApi">The schema as it was given, with its descriptions.</param>
internal sealed record CustomKind(IReadOnlyList<PrinterColumn> Columns, ScalePaths? Scale, JsonMap OpenApi);

/// <summary>A column that kubectl shows.</summary>
/// <param name="Name">The heading.</param>
/// <param name="Type"><c>string</c>, <c>integer</c>, <c>number</c>, <c>boolean</c> or <c>date</c>.</param>
/// <param name="Path">A simple JSON path to the value.</param>
/// <param name="Priority">0 to show it always, more for wide output only.</param>
internal sealed record PrinterColumn(string Name, string Type, string Path, int Priority);

/// <summary>The JSON paths of the numbers of the scale subresource.</summary>
internal sealed record ScalePaths(string SpecReplicas, string StatusReplicas, string? LabelSelector);
