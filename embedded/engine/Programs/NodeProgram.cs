using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using FogInfra.Embedded.Engine.Projects;
using FogInfra.Embedded.Provider.Plugins;

namespace FogInfra.Embedded.Engine.Programs;

/// <summary>A program on Node.js. Pulumi's SDK brings the script that runs it.</summary>
internal sealed class NodeProgram(
    ProjectFile project, ProjectRuntime runtime, string programDirectory, IReadOnlyDictionary<string, string> environment) : IProgram
{
    private const string RunModule = "@pulumi/pulumi/cmd/run";

    /// <inheritdoc/>
    public async Task<ProgramOutcome> RunAsync(ProgramRun run, CancellationToken cancellationToken)
    {
        var script = await NodeModules.ResolveAsync(RunModule, programDirectory, environment, cancellationToken).ConfigureAwait(false);
        if (script is null)
        {
            return ProgramOutcome.Failure(
                $"the package @pulumi/pulumi was not found from '{programDirectory}'; run `npm install` (or `yarn install`) there first");
        }

        return await ProgramProcess.RunAsync(
            new ProcessCommand("node", ToArguments(run, script), programDirectory, environment.ToImmutableDictionary().SetItems(ToEnvironment(run))),
            run,
            cancellationToken).ConfigureAwait(false);
    }

    private ImmutableArray<string> ToArguments(ProgramRun run, string script)
    {
        var nodeArguments = (runtime.Text("nodeargs") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var isFile = project.Main.Length > 0 && File.Exists(Path.Combine(project.Directory, project.Main));
        return
        [
            .. nodeArguments,
            script,
            "--monitor", run.MonitorAddress,
            "--engine", run.EngineAddress,
            "--organization", run.Info.Organization,
            "--project", run.Info.Project,
            "--root-directory", run.Info.RootDirectory,
            "--stack", run.Info.Stack,
            "--pwd", programDirectory,
            .. run.Info.DryRun ? (string[])["--dry-run"] : [],
            "--parallel", run.Info.Parallel.ToString(CultureInfo.InvariantCulture),
            isFile ? Path.GetFileName(project.Main) : ".",
        ];
    }

    private Dictionary<string, string> ToEnvironment(ProgramRun run)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PULUMI_CONFIG"] = JsonSerializer.Serialize(run.Info.Config),
            ["PULUMI_CONFIG_SECRET_KEYS"] = JsonSerializer.Serialize(run.Info.ConfigSecretKeys),
            ["PULUMI_NODEJS_TYPESCRIPT"] = runtime.Flag("typescript") is false ? "false" : "true",
        };
        if (runtime.Text("tsconfig") is { Length: > 0 } tsconfig)
        {
            variables["PULUMI_NODEJS_TSCONFIG_PATH"] = tsconfig;
        }

        return variables;
    }
}
