using System.Collections.Immutable;
using FogInfra.Embedded.Engine.State;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.Deploying;

/// <summary>What a program wants of one resource: a registration with everything inherited and resolved.</summary>
internal sealed record Goal
{
    /// <summary>The resource's own type.</summary>
    public required string Type { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>A provider manages it.</summary>
    public required bool Custom { get; init; }

    /// <summary>The parent; null for the root and for default providers.</summary>
    public Urn? Parent { get; init; }

    /// <summary>The inputs as the program gives them.</summary>
    public PropertyMap Inputs { get; init; } = PropertyMap.Empty;

    /// <summary>The provider of a custom resource that is no provider itself.</summary>
    public ProviderReference? Provider { get; init; }

    /// <summary>Everything that it depends on.</summary>
    public ImmutableArray<Urn> Dependencies { get; init; } = [];

    /// <summary>What each input depends on.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<Urn>> PropertyDependencies { get; init; } = ResourceState.NoPropertyDependencies;

    /// <summary>It must not be deleted; null when neither it nor an ancestor says.</summary>
    public bool? Protect { get; init; }

    /// <summary>Deleting it only forgets it; null when neither it nor an ancestor says.</summary>
    public bool? RetainOnDelete { get; init; }

    /// <summary>It goes when this resource is deleted.</summary>
    public Urn? DeletedWith { get; init; }

    /// <summary>It is replaced when one of these is.</summary>
    public ImmutableArray<Urn> ReplaceWith { get; init; } = [];

    /// <summary>A value whose change replaces it.</summary>
    public PropertyValue? ReplacementTrigger { get; init; }

    /// <summary>Whether a replacement deletes first; null leaves it to the provider.</summary>
    public bool? DeleteBeforeReplace { get; init; }

    /// <summary>Paths of inputs whose changes do not count.</summary>
    public ImmutableArray<string> IgnoreChanges { get; init; } = [];

    /// <summary>Paths of inputs whose changes replace it.</summary>
    public ImmutableArray<string> ReplaceOnChanges { get; init; } = [];

    /// <summary>Paths of inputs whose changes are not shown.</summary>
    public ImmutableArray<string> HideDiff { get; init; } = [];

    /// <summary>Outputs that are secret.</summary>
    public ImmutableArray<string> AdditionalSecretOutputs { get; init; } = [];

    /// <summary>What it may have been called before.</summary>
    public ImmutableArray<AliasSpec> Aliases { get; init; } = [];

    /// <summary>The id of an existing resource to take over; or empty.</summary>
    public string ImportId { get; init; } = "";

    /// <summary>How long operations may take.</summary>
    public CustomTimeouts Timeouts { get; init; } = CustomTimeouts.None;

    /// <summary>The hooks that it is bound to.</summary>
    public ResourceHooks Hooks { get; init; } = ResourceHooks.None;

    /// <summary>Where the program registers it; or empty.</summary>
    public string SourcePosition { get; init; } = "";

    /// <summary>The positions of the calls that led there.</summary>
    public ImmutableArray<string> StackTrace { get; init; } = [];

    /// <summary>Whether it is a provider.</summary>
    public bool IsProvider => ProviderReference.IsProviderType(Type);

    /// <summary>Whether it is the root of the stack.</summary>
    public bool IsStack => Type == Urn.StackType;

    /// <summary>
    /// An equal goal that has the values of the state where they are equal: most updates change few resources, and the others are then kept
    /// once and not twice.
    /// </summary>
    public Goal SharedWith(ResourceState known) => this with
    {
        Inputs = Inputs.SharedWith(known.Inputs),
        PropertyDependencies = AreEqual(PropertyDependencies, known.PropertyDependencies) ? known.PropertyDependencies : PropertyDependencies,
    };

    /// <summary>The state that the goal leads to, before a provider has filled it in.</summary>
    public ResourceState ToState(Urn urn) => new()
    {
        Urn = urn,
        Type = Type,
        Custom = Custom,
        Inputs = Inputs,
        Parent = Parent,
        Provider = Provider,
        Dependencies = Dependencies,
        PropertyDependencies = PropertyDependencies,
        Protect = Protect ?? false,
        RetainOnDelete = RetainOnDelete ?? false,
        DeletedWith = DeletedWith,
        ReplaceWith = ReplaceWith,
        ReplacementTrigger = ReplacementTrigger,
        IgnoreChanges = IgnoreChanges,
        ReplaceOnChanges = ReplaceOnChanges,
        HideDiff = HideDiff,
        AdditionalSecretOutputs = AdditionalSecretOutputs,
        ImportId = ImportId,
        Timeouts = Timeouts,
        Hooks = Hooks,
        SourcePosition = SourcePosition,
        StackTrace = StackTrace,
    };

    private static bool AreEqual(ImmutableSortedDictionary<string, ImmutableArray<Urn>> some, ImmutableSortedDictionary<string, ImmutableArray<Urn>> others) =>
        some.Count == others.Count
        && some.Zip(others).All(pair => pair.First.Key == pair.Second.Key && pair.First.Value.SequenceEqual(pair.Second.Value));
}

/// <summary>One thing that a resource may have been called before: a URN, or what is different about it.</summary>
internal sealed record AliasSpec
{
    /// <summary>The whole URN; the other fields do not count then.</summary>
    public Urn? Urn { get; init; }

    /// <summary>The name; empty for that of the resource.</summary>
    public string Name { get; init; } = "";

    /// <summary>The type; empty for that of the resource.</summary>
    public string Type { get; init; } = "";

    /// <summary>The stack; empty for that of the resource.</summary>
    public string Stack { get; init; } = "";

    /// <summary>The project; empty for that of the resource.</summary>
    public string Project { get; init; } = "";

    /// <summary>The parent; null for that of the resource.</summary>
    public Urn? Parent { get; init; }

    /// <summary>It had no parent.</summary>
    public bool NoParent { get; init; }
}
