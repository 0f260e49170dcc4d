using System.Collections.Immutable;

namespace FogInfra.Embedded.Engine.Monitor;

/// <summary>What a program is told of the run.</summary>
internal sealed record RunInfo
{
    /// <summary>The project.</summary>
    public required string Project { get; init; }

    /// <summary>The stack's bare name.</summary>
    public required string Stack { get; init; }

    /// <summary>The organization.</summary>
    public required string Organization { get; init; }

    /// <summary>The folder of the project file.</summary>
    public required string RootDirectory { get; init; }

    /// <summary>The folder of the program, from which relative paths of its assets start.</summary>
    public required string ProgramDirectory { get; init; }

    /// <summary>The configuration, secrets in plain text.</summary>
    public required ImmutableSortedDictionary<string, string> Config { get; init; }

    /// <summary>The keys whose values are secret, or hold a secret.</summary>
    public required ImmutableArray<string> ConfigSecretKeys { get; init; }

    /// <summary>It is a preview.</summary>
    public required bool DryRun { get; init; }

    /// <summary>How many operations run at one time.</summary>
    public required int Parallel { get; init; }
}
