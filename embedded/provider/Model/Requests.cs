using System.Collections.Immutable;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Provider;

/// <summary>A request to check inputs.</summary>
/// <param name="Urn">The resource.</param>
/// <param name="OldInputs">The inputs of the last update; empty for a new resource.</param>
/// <param name="NewInputs">The inputs that the program gives now.</param>
/// <param name="RandomSeed">Bytes from which random names are to be made, so that repeated checks of one registration agree; may be empty.</param>
public sealed record CheckRequest(Urn Urn, PropertyMap OldInputs, PropertyMap NewInputs, ImmutableArray<byte> RandomSeed);

/// <summary>The outcome of a check.</summary>
/// <param name="Inputs">The inputs with defaults filled in.</param>
/// <param name="Failures">What is wrong; empty when all is well.</param>
public sealed record CheckResult(PropertyMap Inputs, ImmutableArray<CheckFailure> Failures)
{
    /// <summary>An outcome without failures.</summary>
    public static CheckResult Passed(PropertyMap inputs) => new(inputs, []);
}

/// <summary>One fault of inputs.</summary>
/// <param name="Property">The property's path; empty when the fault is of the whole.</param>
/// <param name="Reason">What is wrong, as a sentence.</param>
public sealed record CheckFailure(string Property, string Reason);

/// <summary>A request to compare.</summary>
/// <param name="Urn">The resource.</param>
/// <param name="Id">Its id.</param>
/// <param name="OldInputs">The inputs of the last update.</param>
/// <param name="OldOutputs">The outputs of the last update or refresh.</param>
/// <param name="NewInputs">The checked new inputs.</param>
/// <param name="IgnoreChanges">Paths whose changes do not count.</param>
public sealed record DiffRequest(
    Urn Urn, string Id, PropertyMap OldInputs, PropertyMap OldOutputs, PropertyMap NewInputs, ImmutableArray<string> IgnoreChanges);

/// <summary>Whether anything changes.</summary>
public enum DiffChanges
{
    /// <summary>The provider cannot say; the engine compares inputs itself.</summary>
    Unknown = 0,

    /// <summary>Nothing changes.</summary>
    None = 1,

    /// <summary>Something changes.</summary>
    Some = 2,
}

/// <summary>How one property changes.</summary>
public enum PropertyDiffKind
{
    /// <summary>It is added.</summary>
    Add = 0,

    /// <summary>It is added, and that replaces the resource.</summary>
    AddReplace = 1,

    /// <summary>It goes.</summary>
    Delete = 2,

    /// <summary>It goes, and that replaces the resource.</summary>
    DeleteReplace = 3,

    /// <summary>It changes.</summary>
    Update = 4,

    /// <summary>It changes, and that replaces the resource.</summary>
    UpdateReplace = 5,
}

/// <summary>The change of one property.</summary>
/// <param name="Kind">How it changes.</param>
/// <param name="InputDiff">The old value is one of the old inputs, not of the old outputs.</param>
public sealed record PropertyDiff(PropertyDiffKind Kind, bool InputDiff = false)
{
    /// <summary>Whether this change replaces the resource.</summary>
    public bool IsReplace => Kind is PropertyDiffKind.AddReplace or PropertyDiffKind.DeleteReplace or PropertyDiffKind.UpdateReplace;
}

/// <summary>The outcome of a comparison.</summary>
public sealed record DiffResult
{
    /// <summary>Whether anything changes.</summary>
    public required DiffChanges Changes { get; init; }

    /// <summary>Top-level properties, or paths, whose change replaces the resource.</summary>
    public ImmutableArray<string> Replaces { get; init; } = [];

    /// <summary>Output properties that keep their value.</summary>
    public ImmutableArray<string> Stables { get; init; } = [];

    /// <summary>Names of the properties that change, where there is no detailed diff.</summary>
    public ImmutableArray<string> Diffs { get; init; } = [];

    /// <summary>The changes by path; null when the provider gives none.</summary>
    public ImmutableSortedDictionary<string, PropertyDiff>? DetailedDiff { get; init; }

    /// <summary>A replacement must delete the old resource first.</summary>
    public bool DeleteBeforeReplace { get; init; }

    /// <summary>Nothing changes.</summary>
    public static DiffResult NoChanges { get; } = new() { Changes = DiffChanges.None };

    /// <summary>Whether this asks for a replacement.</summary>
    public bool IsReplace => !Replaces.IsEmpty || (DetailedDiff?.Values.Any(diff => diff.IsReplace) ?? false);
}

/// <summary>A request to configure a provider.</summary>
/// <param name="Urn">The provider resource, or null where the engine does not tell.</param>
/// <param name="Inputs">The checked configuration.</param>
public sealed record ConfigureRequest(Urn? Urn, PropertyMap Inputs);

/// <summary>What a provider can do beyond the least.</summary>
public sealed record ProviderFeatures
{
    /// <summary>It takes and gives values marked as secret; otherwise it gets plain values, and the engine marks the results.</summary>
    public bool AcceptsSecrets { get; init; }

    /// <summary>It takes references to resources; otherwise it gets ids.</summary>
    public bool AcceptsReferences { get; init; }

    /// <summary>Components and methods take values with what is known of their origin; otherwise they get them without.</summary>
    public bool AcceptsOutputs { get; init; }

    /// <summary>It can create and update in a preview, without effect, to tell the outputs.</summary>
    public bool SupportsPreview { get; init; }
}

/// <summary>A request to create a resource.</summary>
/// <param name="Urn">The resource.</param>
/// <param name="Inputs">Its checked inputs.</param>
/// <param name="Timeout">How long it may take, waiting included; null is the provider's default.</param>
/// <param name="Preview">Nothing is to be created, only foretold.</param>
public sealed record CreateRequest(Urn Urn, PropertyMap Inputs, TimeSpan? Timeout, bool Preview)
{
    /// <summary>
    /// An earlier run began this create and was ended before it knew what came of it. What the provider finds that is surely of this
    /// resource is to be taken over, not made a second time. Only providers in the engine's process are told.
    /// </summary>
    public bool MayExist { get; init; }
}

/// <summary>A created resource.</summary>
/// <param name="Id">Its id; empty in a preview.</param>
/// <param name="Outputs">Its outputs.</param>
public sealed record CreateResult(string Id, PropertyMap Outputs);

/// <summary>A request to read a resource.</summary>
/// <param name="Urn">The resource.</param>
/// <param name="Id">Its id.</param>
/// <param name="Inputs">The inputs known so far; empty for an import.</param>
/// <param name="Outputs">The outputs known so far; empty for an import.</param>
/// <param name="Timeout">How long it may take; null is the provider's default.</param>
public sealed record ReadRequest(Urn Urn, string Id, PropertyMap Inputs, PropertyMap Outputs, TimeSpan? Timeout);

/// <summary>A resource as it is now.</summary>
/// <param name="Id">Its id; empty when it is gone.</param>
/// <param name="Inputs">The inputs that would make it so; null when the provider cannot say.</param>
/// <param name="Outputs">Its outputs.</param>
public sealed record ReadResult(string Id, PropertyMap? Inputs, PropertyMap Outputs)
{
    /// <summary>The resource is gone.</summary>
    public static ReadResult Gone { get; } = new("", null, PropertyMap.Empty);
}

/// <summary>A request to change a resource in place.</summary>
/// <param name="Urn">The resource.</param>
/// <param name="Id">Its id.</param>
/// <param name="OldInputs">The inputs of the last update.</param>
/// <param name="OldOutputs">The outputs of the last update or refresh.</param>
/// <param name="NewInputs">The checked new inputs.</param>
/// <param name="Timeout">How long it may take, waiting included; null is the provider's default.</param>
/// <param name="IgnoreChanges">Paths that are to be left as they are.</param>
/// <param name="Preview">Nothing is to be changed, only foretold.</param>
public sealed record UpdateRequest(
    Urn Urn,
    string Id,
    PropertyMap OldInputs,
    PropertyMap OldOutputs,
    PropertyMap NewInputs,
    TimeSpan? Timeout,
    ImmutableArray<string> IgnoreChanges,
    bool Preview);

/// <summary>A changed resource.</summary>
/// <param name="Outputs">Its outputs.</param>
public sealed record UpdateResult(PropertyMap Outputs);

/// <summary>A request to delete a resource.</summary>
/// <param name="Urn">The resource.</param>
/// <param name="Id">Its id.</param>
/// <param name="OldInputs">The inputs of the last update.</param>
/// <param name="OldOutputs">The outputs of the last update or refresh.</param>
/// <param name="Timeout">How long it may take, waiting included; null is the provider's default.</param>
public sealed record DeleteRequest(Urn Urn, string Id, PropertyMap OldInputs, PropertyMap OldOutputs, TimeSpan? Timeout);

/// <summary>A request to call a function.</summary>
/// <param name="Token">The function's token, for example <c>kubernetes:yaml:decode</c>.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Preview">The call is part of a preview.</param>
public sealed record InvokeRequest(string Token, PropertyMap Arguments, bool Preview);

/// <summary>What a function gave.</summary>
/// <param name="Return">The result; empty when there are failures.</param>
/// <param name="Failures">What is wrong with the arguments.</param>
public sealed record InvokeResult(PropertyMap Return, ImmutableArray<CheckFailure> Failures);
