using System.Collections.Immutable;
using FogInfra.Embedded.Engine.Deploying;

namespace FogInfra.Embedded.Engine.Commands;

/// <summary>An up, preview, refresh or destroy as the command line asks for it.</summary>
internal sealed record OperationRequest
{
    /// <summary>What is to be done.</summary>
    public required DeploymentKind Kind { get; init; }

    /// <summary>Only a preview is wanted.</summary>
    public bool PreviewOnly { get; init; }

    /// <summary>No preview is wanted before.</summary>
    public bool SkipPreview { get; init; }

    /// <summary>The user has confirmed beforehand.</summary>
    public bool Yes { get; init; }

    /// <summary>The stack's name; null for the selected one.</summary>
    public string? Stack { get; init; }

    /// <summary>The stack's settings file; null for the usual one.</summary>
    public string? ConfigFile { get; init; }

    /// <summary>Configuration to set before: KEY=VALUE.</summary>
    public ImmutableArray<string> Config { get; init; } = [];

    /// <summary>The keys of <see cref="Config"/> are paths.</summary>
    public bool ConfigPath { get; init; }

    /// <summary>The configuration is not checked against what the project declares.</summary>
    public bool SkipConfigValidation { get; init; }

    /// <summary>A message for the history.</summary>
    public string Message { get; init; } = "";

    /// <summary>Any change makes the command fail.</summary>
    public bool ExpectNoChanges { get; init; }

    /// <summary>JSON is printed instead of text.</summary>
    public bool Json { get; init; }

    /// <summary>Where events are sent; null for nowhere.</summary>
    public string? EventLog { get; init; }

    /// <summary>Where an inline program is served; null for the project's own program.</summary>
    public string? Client { get; init; }

    /// <summary>How many operations run at one time; null for the default.</summary>
    public int? Parallel { get; init; }

    /// <summary>A refresh comes first; null leaves it to the project.</summary>
    public bool? Refresh { get; init; }

    /// <summary>The program is run for a refresh or destroy.</summary>
    public bool RunProgram { get; init; }

    /// <summary>Independent resources go on after a failure.</summary>
    public bool ContinueOnError { get; init; }

    /// <summary>Resources to touch alone.</summary>
    public ImmutableArray<string> Targets { get; init; } = [];

    /// <summary>Their dependents, too.</summary>
    public bool TargetDependents { get; init; }

    /// <summary>Resources to leave alone.</summary>
    public ImmutableArray<string> Excludes { get; init; } = [];

    /// <summary>Their dependents, too.</summary>
    public bool ExcludeDependents { get; init; }

    /// <summary>Resources to replace.</summary>
    public ImmutableArray<string> Replace { get; init; } = [];

    /// <summary>A destroy leaves protected resources.</summary>
    public bool ExcludeProtected { get; init; }

    /// <summary>A destroy removes the stack afterwards.</summary>
    public bool RemoveStack { get; init; }

    /// <summary>A refresh forgets interrupted creates.</summary>
    public bool ClearPendingCreates { get; init; }

    /// <summary>Messages for developers are shown.</summary>
    public bool Debug { get; init; }

    /// <summary>The stack's outputs are not shown.</summary>
    public bool SuppressOutputs { get; init; }

    /// <summary>Secrets are shown.</summary>
    public bool ShowSecrets { get; init; }

    /// <summary>The properties that change are shown.</summary>
    public bool Diff { get; init; }

    /// <summary>Resources that do not change are shown.</summary>
    public bool ShowSames { get; init; }

    /// <summary>What an import takes over.</summary>
    public ImmutableArray<ImportedResource> Imports { get; init; } = [];

    /// <summary>By what kind of client the command is run.</summary>
    public string ExecKind { get; init; } = "cli";

    /// <summary>The word for the operation in texts and in the history.</summary>
    public string KindName => Kind switch
    {
        DeploymentKind.Update => "update",
        DeploymentKind.Refresh => "refresh",
        DeploymentKind.Import => "import",
        _ => "destroy",
    };
}
