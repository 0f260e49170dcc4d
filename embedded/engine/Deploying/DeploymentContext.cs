using System.Collections.Concurrent;
using FogInfra.Embedded.Engine.Events;
using FogInfra.Embedded.Engine.Providers;
using FogInfra.Embedded.Engine.Secrets;
using FogInfra.Embedded.Engine.State;
using FogInfra.Embedded.Engine.Steps;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.Deploying;

/// <summary>What the parts of a run share.</summary>
internal sealed class DeploymentContext
{
    /// <summary>How the run is carried out.</summary>
    public required DeploymentOptions Options { get; init; }

    /// <summary>The stack's bare name.</summary>
    public required string Stack { get; init; }

    /// <summary>The project.</summary>
    public required string Project { get; init; }

    /// <summary>Tells the time.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>Whether the run goes on.</summary>
    public required RunControl Control { get; init; }

    /// <summary>Where events go.</summary>
    public required EventStream Events { get; init; }

    /// <summary>Where messages go.</summary>
    public required Diagnostics Diagnostics { get; init; }

    /// <summary>Where secrets that are met are noted.</summary>
    public required SecretRedactor Redactor { get; init; }

    /// <summary>The state and its checkpoints.</summary>
    public required Checkpointer Checkpoints { get; init; }

    /// <summary>The providers.</summary>
    public required ProviderRegistry Providers { get; init; }

    /// <summary>The state as the run found it, or as the refresh before it left it.</summary>
    public required PriorState Prior { get; set; }

    /// <summary>What the program wants to happen around steps.</summary>
    public IStepHooks Hooks { get; set; } = new NoStepHooks();

    /// <summary>The creates of earlier runs whose end is not known: the resources as they were to be.</summary>
    public required ILookup<Urn, ResourceState> InterruptedCreates { get; init; }

    /// <summary>How many steps of which kind were done.</summary>
    public ChangeCounter Changes { get; } = new();

    /// <summary>The resources that this run deletes.</summary>
    public ConcurrentDictionary<Urn, bool> Deletions { get; } = new();

    /// <summary>The URN of the stack's root resource.</summary>
    public Urn RootUrn => Urn.Create(Stack, Project, null, Urn.StackType, $"{Project}-{Stack}");
}
