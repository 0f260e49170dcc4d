using System.Diagnostics;
using FogInfra.Embedded.Kubernetes;
using FogInfra.Embedded.Kubernetes.Client;
using FogInfra.Embedded.Kubernetes.Connection;
using FogInfra.Tests.Kubernetes.Support;

namespace FogInfra.Tests.Kubernetes.Behaviours;

/// <summary>
/// A cluster to try behaviours on. The tests of this folder are compiled twice, beside a class TestCluster that starts simulated clusters
/// and beside one that uses a real control plane (tests/real-kubernetes); each test has a namespace of its own.
/// </summary>
public abstract class ClusterFixture : IAsyncLifetime
{
    /// <summary>The contents of a kubeconfig.</summary>
    internal abstract string Kubeconfig { get; }

    /// <summary>How patient the provider is: a test must not take minutes to see it give up.</summary>
    internal abstract KubernetesProviderOptions Options { get; }

    public abstract ValueTask InitializeAsync();

    public abstract ValueTask DisposeAsync();

    /// <summary>A provider whose default namespace is new.</summary>
    internal async Task<(ProviderDriver Driver, string Namespace, RecordingHost Host)> ConnectAsync(CancellationToken cancellationToken)
    {
        var name = $"test-{Guid.NewGuid().ToString("N")[..10]}";
        var host = new RecordingHost();
        var driver = await ProviderDriver.ConnectAsync(Kubeconfig, host, Options, ("namespace", name));
        await driver.CreateAsync("kubernetes:core/v1:Namespace", "namespace", $$$"""{"metadata":{"name":"{{{name}}}"} }""", cancellationToken);
        return (driver, name, host);
    }

    /// <summary>A client that does what somebody else might do to the cluster.</summary>
    internal KubernetesClient Somebody() => new(ConnectionResolver.Resolve(Kubeconfig, null, null, HostEnvironment.OfProcess()));

    /// <summary>Does by kubectl what a person might do to the cluster; gives what it printed.</summary>
    internal async Task<string> KubectlAsync(
        string @namespace, IReadOnlyList<string> arguments, CancellationToken cancellationToken, string? input = null)
    {
        var folder = Directory.CreateTempSubdirectory("fog-kubectl-"); // For this user alone.
        var file = Path.Combine(folder.FullName, "kubeconfig");
        await File.WriteAllTextAsync(file, Kubeconfig, cancellationToken);
        try
        {
            var start = new ProcessStartInfo(KubectlProgram, ["--kubeconfig", file, "--namespace", @namespace, .. arguments])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using var process = Process.Start(start)!;
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            Assert.True(process.ExitCode == 0, $"kubectl {string.Join(' ', arguments)}: {await error}");
            return await output;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Whether there is a kubectl; what to do when not.</summary>
    internal void NeedKubectl() => Assert.SkipWhen(FindKubectl() is null, "needs kubectl on PATH: https://kubernetes.io/docs/tasks/tools/");

    private static string KubectlProgram => FindKubectl() ?? "kubectl";

    private static string? FindKubectl() => Environment.GetEnvironmentVariable("FOG_TEST_KUBECTL")
        ?? (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Where(folder => folder != "").Select(folder => Path.Combine(folder, "kubectl")).FirstOrDefault(File.Exists);
}
