using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using FogInfra.Embedded.Engine.Projects;
using FogInfra.Embedded.Provider.Plugins;

namespace FogInfra.Embedded.Engine.Programs;

/// <summary>A program on .NET: a project that is built and run, or a binary.</summary>
internal sealed class DotnetProgram(
    ProjectFile project, ProjectRuntime runtime, string programDirectory, IReadOnlyDictionary<string, string> environment) : IProgram
{
    /// <inheritdoc/>
    public Task<ProgramOutcome> RunAsync(ProgramRun run, CancellationToken cancellationToken)
    {
        var (file, arguments) = CommandLine();
        return ProgramProcess.RunAsync(
            new ProcessCommand(file, arguments, programDirectory, environment.ToImmutableDictionary().SetItems(ToEnvironment(run))), run, cancellationToken);
    }

    /// <summary>The program and arguments that run it.</summary>
    public (string File, ImmutableArray<string> Arguments) CommandLine()
    {
        if (runtime.Text("binary") is { Length: > 0 } binary)
        {
            var path = Path.GetFullPath(binary, programDirectory);
            return path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? ("dotnet", [path]) : (path, []);
        }

        var entry = Path.GetFullPath(Path.Combine(project.Directory, project.Main));
        return ("dotnet", ["run", "--project", entry]);
    }

    private static Dictionary<string, string> ToEnvironment(ProgramRun run) => new(StringComparer.Ordinal)
    {
        ["PULUMI_MONITOR"] = run.MonitorAddress,
        ["PULUMI_ENGINE"] = run.EngineAddress,
        ["PULUMI_PROJECT"] = run.Info.Project,
        ["PULUMI_STACK"] = run.Info.Stack,
        ["PULUMI_ORGANIZATION"] = run.Info.Organization,
        ["PULUMI_ROOT_DIRECTORY"] = run.Info.RootDirectory,
        ["PULUMI_PWD"] = run.Info.RootDirectory,
        ["PULUMI_DRY_RUN"] = run.Info.DryRun ? "true" : "false",
        ["PULUMI_QUERY_MODE"] = "false",
        ["PULUMI_PARALLEL"] = run.Info.Parallel.ToString(CultureInfo.InvariantCulture),
        ["PULUMI_CONFIG"] = JsonSerializer.Serialize(run.Info.Config),
        ["PULUMI_CONFIG_SECRET_KEYS"] = JsonSerializer.Serialize(run.Info.ConfigSecretKeys),
    };
}
