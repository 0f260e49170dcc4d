using System.Diagnostics;
using FogInfra.Embedded.Simulator.Clusters;
using FogInfra.Embedded.Simulator.Hosting;

namespace FogInfra.Tests.Kubectl;

/// <summary>Runs the real kubectl against a simulator in the test's own process.</summary>
internal sealed class KubectlRunner : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly SimulatorServer _server;
    private readonly DirectoryInfo _folder;

    private KubectlRunner(SimulatorServer server, DirectoryInfo folder) => (_server, _folder) = (server, folder);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Starts a cluster; skips the test, saying what is missing, where there is no kubectl.</summary>
    public static async Task<KubectlRunner> StartAsync(ClusterSpec? spec = null)
    {
        Assert.SkipUnless(IsInstalled(), "kubectl is not on PATH; install it from https://kubernetes.io/docs/tasks/tools/ to prove that it works with the simulator.");
        var server = await SimulatorServer.StartAsync(new SimulatorOptions(), Cancellation);
        await server.CreateClusterAsync((spec ?? new ClusterSpec { Name = "test" }) with { Name = "test" }, Cancellation);
        await server.WhenIdleAsync("test");
        var runner = new KubectlRunner(server, Directory.CreateTempSubdirectory("fog-kubectl-"));
        await File.WriteAllTextAsync(runner.Kubeconfig, server.KubeconfigOf("test"), Cancellation);
        return runner;
    }

    private string Kubeconfig => Path.Combine(_folder.FullName, "kubeconfig");

    /// <summary>Writes a file and gives its path.</summary>
    public string Write(string name, string content)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, content);
        return path;
    }

    /// <summary>Runs kubectl, which must succeed, and gives what it printed.</summary>
    public async Task<string> RunAsync(params string[] arguments)
    {
        var (code, output, errors) = await TryAsync(arguments);
        Assert.True(code == 0, $"kubectl {string.Join(' ', arguments)} ended with {code}: {errors}{output}");
        return output.ReplaceLineEndings("\n");
    }

    /// <summary>Runs kubectl, which must fail, and gives what it said.</summary>
    public async Task<string> FailAsync(params string[] arguments)
    {
        var (code, output, errors) = await TryAsync(arguments);
        Assert.True(code != 0, $"kubectl {string.Join(' ', arguments)} succeeded: {output}");
        return errors.ReplaceLineEndings("\n");
    }

    /// <summary>Starts kubectl and leaves it running.</summary>
    public Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("kubectl") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false };
        start.ArgumentList.Add("--cache-dir=" + Path.Combine(_folder.FullName, "cache"));
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.Environment["KUBECONFIG"] = Kubeconfig;
        start.Environment["KUBE_EDITOR"] = OperatingSystem.IsWindows() ? "notepad" : "sed -i s/web:1/web:2/";
        return Process.Start(start)!;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static bool IsInstalled() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? "kubectl.exe" : "kubectl")));

    private async Task<(int Code, string Output, string Errors)> TryAsync(string[] arguments)
    {
        using var process = Start(arguments);
        process.StandardInput.Close();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(Patience);
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }
}
