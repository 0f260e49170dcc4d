using System.Collections.Immutable;
namespace FogInfra.Embedded.Engine.Deploying;

/// <summary>What a run is for.</summary>
internal enum DeploymentKind
{
    /// <summary>Brings the stack to what the program says.</summary>
    Update,

    /// <summary>Brings the state to what the providers say.</summary>
    Refresh,

    /// <summary>Deletes all resources.</summary>
    Destroy,

    /// <summary>Takes over resources that exist, without a program.</summary>
    Import,
}

/// <summary>How a run is to be carried out.</summary>
internal sealed record DeploymentOptions
{
    /// <summary>What an import takes over.</summary>
    public ImmutableArray<ImportedResource> Imports { get; init; } = [];

    /// <summary>What it is for.</summary>
    public required DeploymentKind Kind { get; init; }

    /// <summary>Nothing is to be changed, only foretold.</summary>
    public bool DryRun { get; init; }

    /// <summary>A refresh comes first.</summary>
    public bool Refresh { get; init; }

    /// <summary>How many operations may run at one time.</summary>
    public required int Parallel { get; init; }

    /// <summary>After a failure, what does not depend on it goes on.</summary>
    public bool ContinueOnError { get; init; }

    /// <summary>Only these resources are touched.</summary>
    public UrnTargets Targets { get; init; } = UrnTargets.None;

    /// <summary>And those that depend on them.</summary>
    public bool TargetDependents { get; init; }

    /// <summary>These resources are not touched.</summary>
    public UrnTargets Excludes { get; init; } = UrnTargets.None;

    /// <summary>Nor are those that depend on them.</summary>
    public bool ExcludeDependents { get; init; }

    /// <summary>These resources are replaced.</summary>
    public UrnTargets Replace { get; init; } = UrnTargets.None;

    /// <summary>A destroy leaves protected resources and what they need.</summary>
    public bool ExcludeProtected { get; init; }

    /// <summary>A destroy or refresh runs the program, so that providers have their current configuration.</summary>
    public bool RunProgram { get; init; }

    /// <summary>A refresh forgets creates that were interrupted.</summary>
    public bool ClearPendingCreates { get; init; }
}
