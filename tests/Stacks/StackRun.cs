using System.Text.Json;
using System.Text.Json.Nodes;
using FogInfra.Model;
using FogInfra.Rollout.Engines;
using FogInfra.Stacks;
using Pulumi.Automation;

namespace FogInfra.Tests;

/// <summary>The stack program of this repository on the embedded engine, by way of the Automation API, in a folder of its own.</summary>
internal sealed class StackRun : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fog-stacks-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Brings a workload to a cluster.</summary>
    public async Task<UpResult> UpAsync(ClusterWorkload workload, string kubeconfig, params (string Key, string Value)[] config)
    {
        using var stack = await OpenAsync(workload, kubeconfig, config);
        return await UpAsync(stack);
    }

    // The engine's own words say more than the exception by which the program ends.
    private static async Task<UpResult> UpAsync(WorkspaceStack stack)
    {
        var errors = new List<string>();
        try
        {
            return await stack.UpAsync(
                new UpOptions { OnEvent = happened => errors.AddRange(happened.DiagnosticEvent is { Severity: "error" } error ? [error.Message] : []) },
                TestContext.Current.CancellationToken);
        }
        catch (Exception exception) when (errors.Count > 0)
        {
            throw new InvalidOperationException(string.Join(Environment.NewLine, errors), exception);
        }
    }

    /// <summary>Runs another program on a cluster, and takes away again what it made.</summary>
    public async Task<UpResult> UpAndDestroyAsync<TStack>(string project, string kubeconfig, Func<Task> whileUp, params (string Key, string Value)[] config)
        where TStack : Pulumi.Stack, new()
    {
        using var stack = await OpenAsync(
            project,
            "test",
            PulumiFn.Create<TStack>(),
            file => config.Append(("kubeconfig", file)).ToDictionary(pair => $"{project}:{pair.Item1}", pair => new ConfigValue(pair.Item2, IsSecret(pair.Item1))),
            kubeconfig);
        try
        {
            var up = await UpAsync(stack);
            await whileUp();
            Assert.Equal(0, Changes(await UpAsync(stack)));
            return up;
        }
        finally
        {
            await stack.DestroyAsync(cancellationToken: TestContext.Current.CancellationToken);
        }
    }

    private static bool IsSecret(string key) => key.EndsWith("Password", StringComparison.Ordinal);

    /// <summary>Says what bringing a workload to a cluster would do.</summary>
    public async Task<PreviewResult> PreviewAsync(ClusterWorkload workload, string kubeconfig, params (string Key, string Value)[] config)
    {
        using var stack = await OpenAsync(workload, kubeconfig, config);
        return await stack.PreviewAsync(cancellationToken: TestContext.Current.CancellationToken);
    }

    /// <summary>Looks at the cluster anew.</summary>
    public async Task RefreshAsync(ClusterWorkload workload, string kubeconfig, params (string Key, string Value)[] config)
    {
        using var stack = await OpenAsync(workload, kubeconfig, config);
        await stack.RefreshAsync(cancellationToken: TestContext.Current.CancellationToken);
    }

    /// <summary>Takes a workload away from its cluster.</summary>
    public async Task DestroyAsync(ClusterWorkload workload, string kubeconfig)
    {
        using var stack = await OpenAsync(workload, kubeconfig, []);
        await stack.DestroyAsync(cancellationToken: TestContext.Current.CancellationToken);
    }

    /// <summary>The state of a stack, as its file has it.</summary>
    public async Task<string> StateAsync(ClusterWorkload workload) =>
        await File.ReadAllTextAsync(Path.Combine(_folder, ".pulumi", "stacks", workload.Application, $"{workload.Cluster}.json"), TestContext.Current.CancellationToken);

    /// <summary>A cluster's outputs.</summary>
    public static JsonNode Outputs(UpResult result, string cluster) =>
        JsonSerializer.SerializeToNode(result.Outputs[StackContract.Clusters].Value)![cluster]!;

    /// <summary>How many resources an update changed.</summary>
    public static int Changes(UpResult result) =>
        result.Summary.ResourceChanges!.Where(change => change.Key != OperationType.Same).Sum(change => change.Value);

    private Task<WorkspaceStack> OpenAsync(ClusterWorkload workload, string kubeconfig, IEnumerable<(string Key, string Value)> config) => OpenAsync(
        workload.Application,
        workload.Cluster,
        PulumiFn.Create<FogStack>(),
        file =>
        {
            var settings = config.ToDictionary(pair => Key(pair.Key), pair => new ConfigValue(pair.Value));
            settings[Key(StackContract.Workload)] = new ConfigValue(WorkloadJson.Write(workload));
            settings[Key(StackContract.Kubeconfig)] = new ConfigValue(file);
            return settings;

            static string Key(string name) => $"{StackContract.ConfigNamespace}:{name}";
        },
        kubeconfig);

    private async Task<WorkspaceStack> OpenAsync(
        string project, string name, PulumiFn program, Func<string, Dictionary<string, ConfigValue>> config, string kubeconfig)
    {
        var work = Path.Combine(_folder, project, name);
        Directory.CreateDirectory(work);
        var file = Path.Combine(work, "kubeconfig");
        await File.WriteAllTextAsync(file, kubeconfig, TestContext.Current.CancellationToken);
        var workspace = await LocalWorkspace.CreateAsync(
            new LocalWorkspaceOptions
            {
                WorkDir = work,
                PulumiCommand = EmbeddedPulumiCommand.Create(TimeProvider.System),
                EnvironmentVariables = new Dictionary<string, string?>
                {
                    ["PULUMI_BACKEND_URL"] = $"file://{_folder}",
                    ["PULUMI_HOME"] = Path.Combine(_folder, "home"),
                    ["PULUMI_CONFIG_PASSPHRASE"] = "test",
                },
                Program = program,
                ProjectSettings = new ProjectSettings(project, ProjectRuntimeName.Dotnet) { Main = work },
            },
            TestContext.Current.CancellationToken);
        var known = await workspace.ListStacksAsync(TestContext.Current.CancellationToken);
        var stack = known.Any(summary => summary.Name == name)
            ? await WorkspaceStack.SelectAsync(name, workspace, TestContext.Current.CancellationToken)
            : await WorkspaceStack.CreateAsync(name, workspace, TestContext.Current.CancellationToken);
        await stack.SetAllConfigAsync(config(file), TestContext.Current.CancellationToken);
        return stack;
    }
}
