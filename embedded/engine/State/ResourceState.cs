using System.Collections.Immutable;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.State;

/// <summary>What the state of a stack says of one resource: an entry of <c>resources</c> of Pulumi's deployment format.</summary>
internal sealed record ResourceState
{
    /// <summary>The resource's name.</summary>
    public required Urn Urn { get; init; }

    /// <summary>Its own type.</summary>
    public required string Type { get; init; }

    /// <summary>A provider manages it; otherwise it is a component.</summary>
    public required bool Custom { get; init; }

    /// <summary>The id that the provider gave; empty for components, and in previews for what is not there yet.</summary>
    public string Id { get; init; } = "";

    /// <summary>The checked inputs.</summary>
    public PropertyMap Inputs { get; init; } = PropertyMap.Empty;

    /// <summary>The outputs as the provider, or the component, gave them.</summary>
    public PropertyMap Outputs { get; init; } = PropertyMap.Empty;

    /// <summary>The parent, if there is one.</summary>
    public Urn? Parent { get; init; }

    /// <summary>The provider of a custom resource; null for components and providers.</summary>
    public ProviderReference? Provider { get; init; }

    /// <summary>All resources that it depends on.</summary>
    public ImmutableArray<Urn> Dependencies { get; init; } = [];

    /// <summary>The resources that each input depends on.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<Urn>> PropertyDependencies { get; init; } = NoPropertyDependencies;

    /// <summary>It must not be deleted.</summary>
    public bool Protect { get; init; }

    /// <summary>It is to be replaced at the next update.</summary>
    public bool Taint { get; init; }

    /// <summary>It was only read and is managed elsewhere.</summary>
    public bool External { get; init; }

    /// <summary>It was replaced and waits for its delete.</summary>
    public bool Delete { get; init; }

    /// <summary>It is deleted in the provider and waits to be created anew.</summary>
    public bool PendingReplacement { get; init; }

    /// <summary>Deleting it only forgets it.</summary>
    public bool RetainOnDelete { get; init; }

    /// <summary>Why it is not as it should be, one line each; empty when it is.</summary>
    public ImmutableArray<string> InitErrors { get; init; } = [];

    /// <summary>Outputs that are secret by the program's wish.</summary>
    public ImmutableArray<string> AdditionalSecretOutputs { get; init; } = [];

    /// <summary>How long operations may take.</summary>
    public CustomTimeouts Timeouts { get; init; } = CustomTimeouts.None;

    /// <summary>The id that it was imported by, or empty.</summary>
    public string ImportId { get; init; } = "";

    /// <summary>It goes when this resource is deleted.</summary>
    public Urn? DeletedWith { get; init; }

    /// <summary>It is replaced when one of these is.</summary>
    public ImmutableArray<Urn> ReplaceWith { get; init; } = [];

    /// <summary>When it was created.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>When it was last changed.</summary>
    public DateTimeOffset? Modified { get; init; }

    /// <summary>Where the program registers it, as <c>project:///file#line,column</c>; or empty.</summary>
    public string SourcePosition { get; init; } = "";

    /// <summary>The positions of the calls that led there.</summary>
    public ImmutableArray<string> StackTrace { get; init; } = [];

    /// <summary>Paths of inputs whose changes do not count.</summary>
    public ImmutableArray<string> IgnoreChanges { get; init; } = [];

    /// <summary>Paths of inputs whose changes are not shown.</summary>
    public ImmutableArray<string> HideDiff { get; init; } = [];

    /// <summary>Paths of inputs whose changes replace it.</summary>
    public ImmutableArray<string> ReplaceOnChanges { get; init; } = [];

    /// <summary>A value whose change replaces it; null without one.</summary>
    public PropertyValue? ReplacementTrigger { get; init; }

    /// <summary>The hooks that it is bound to.</summary>
    public ResourceHooks Hooks { get; init; } = ResourceHooks.None;

    /// <summary>No input depends on anything.</summary>
    public static ImmutableSortedDictionary<string, ImmutableArray<Urn>> NoPropertyDependencies { get; } =
        ImmutableSortedDictionary.Create<string, ImmutableArray<Urn>>(StringComparer.Ordinal);

    /// <summary>Whether it is a provider.</summary>
    public bool IsProvider => ProviderReference.IsProviderType(Type);

    /// <summary>Whether it is the root of the stack.</summary>
    public bool IsStack => Type == Urn.StackType;

    /// <summary>Every resource that it refers to: parent, dependencies, provider and the like. May repeat.</summary>
    public IEnumerable<Urn> References
    {
        get
        {
            if (Parent is { } parent)
            {
                yield return parent;
            }

            if (Provider is { } provider)
            {
                yield return provider.Urn;
            }

            foreach (var urn in Dependencies)
            {
                yield return urn;
            }

            foreach (var urn in PropertyDependencies.Values.SelectMany(urns => urns))
            {
                yield return urn;
            }

            if (DeletedWith is { } deletedWith)
            {
                yield return deletedWith;
            }

            foreach (var urn in ReplaceWith)
            {
                yield return urn;
            }
        }
    }

    /// <summary>This state with every reference to a resource changed.</summary>
    /// <param name="change">Gives the new URN; null drops the reference, for a parent and provider it keeps the old.</param>
    public ResourceState MapReferences(Func<Urn, Urn?> change) => this with
    {
        Parent = Parent is null ? null : change(Parent),
        Provider = Provider is null ? null : Provider with { Urn = change(Provider.Urn) ?? Provider.Urn },
        Dependencies = MapAll(Dependencies, change),
        PropertyDependencies = PropertyDependencies.ToImmutableSortedDictionary(
            pair => pair.Key, pair => MapAll(pair.Value, change), StringComparer.Ordinal),
        DeletedWith = DeletedWith is null ? null : change(DeletedWith),
        ReplaceWith = MapAll(ReplaceWith, change),
    };

    private static ImmutableArray<Urn> MapAll(ImmutableArray<Urn> urns, Func<Urn, Urn?> change) =>
        [.. urns.Select(change).OfType<Urn>()];
}
