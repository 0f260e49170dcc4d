using System.Diagnostics;
using FogInfra.Embedded.Simulator.Client;
using FogInfra.Embedded.Simulator.Clusters;
using FogInfra.Embedded.Simulator.Hosting;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Tests.Hosting;

public sealed class SimulatorProcessTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fog-simulator-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (await SimulatorClient.FindAsync(_folder.FullName, CancellationToken.None) is { } client)
        {
            using (client) await StopAsync(client, CancellationToken.None);
        }
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task EnsureStarted_NoneThere_StartsOneThatOthersFind()
    {
        using var first = await EnsureStartedAsync();
        using var second = await EnsureStartedAsync();
        var info = await first.DescribeAsync(Cancellation);

        Assert.Equal(first.Address, second.Address);
        Assert.NotEqual(Environment.ProcessId, info!.Pid);
        var file = JsonReading.Parse(await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "simulator.json"), Cancellation));
        Assert.Equal((info.Pid, info.Address, info.Version), ((int)file.Long("pid")!, file.Text("address"), file.Text("version")));
        Assert.StartsWith("http://127.0.0.1:", info.Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EnsureStarted_ManyAtOnce_StartOne()
    {
        var clients = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => EnsureStartedAsync()));

        Assert.Single(clients.Select(client => client.Address).Distinct());
        foreach (var client in clients) client.Dispose();
    }

    [Fact]
    public async Task EnsureStarted_TheProcessIsOnItsOwn()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Sessions are read from /proc.");
        using var client = await EnsureStartedAsync();
        var pid = (await client.DescribeAsync(Cancellation))!.Pid;

        var session = (await File.ReadAllTextAsync($"/proc/{pid}/stat", Cancellation)).Split(") ")[1].Split(' ')[3];
        Assert.Equal(pid.ToString(System.Globalization.CultureInfo.InvariantCulture), session);
        Assert.Equal(Path.Combine(_folder.FullName, "simulator.log"), new FileInfo($"/proc/{pid}/fd/1").ResolveLinkTarget(returnFinalTarget: true)!.FullName);
        Assert.Equal("/dev/null", new FileInfo($"/proc/{pid}/fd/0").LinkTarget);
    }

    [Fact]
    public async Task Clusters_SurviveARestart()
    {
        using var before = await EnsureStartedAsync();
        await before.CreateClusterAsync(new ClusterSpec { Name = "edge-1", Nodes = [new NodeSpec { Name = "n1", Labels = new Dictionary<string, string> { ["layer"] = "edge" } }], Images = ["web:*"] }, Cancellation);
        using var http = new HttpClient();
        using var content = new StringContent("""{"metadata":{"name":"c"},"data":{"a":"1"}}""");
        content.Headers.ContentType = new("application/json");
        var created = await http.PostAsync(new Uri(before.Address + "/clusters/edge-1/api/v1/namespaces/default/configmaps"), content, Cancellation);
        var written = JsonReading.Parse(await created.Content.ReadAsByteArrayAsync(Cancellation));
        await StopAsync(before, Cancellation);

        using var after = await EnsureStartedAsync();

        Assert.Equal(before.Address, after.Address); // Kubeconfigs of before still work.
        var cluster = Assert.Single(await after.ListClustersAsync(Cancellation));
        Assert.Equal(("edge-1", "n1"), (cluster.Name, cluster.Nodes.Single()));
        var read = JsonReading.Parse(await http.GetByteArrayAsync(new Uri(cluster.Server + "/api/v1/namespaces/default/configmaps/c"), Cancellation));
        Assert.Equal(written, read);
        var node = JsonReading.Parse(await http.GetByteArrayAsync(new Uri(cluster.Server + "/api/v1/nodes/n1"), Cancellation));
        Assert.Equal("edge", node.Text("metadata", "labels", "layer"));
    }

    [Fact]
    public async Task Files_AreReadableByTheirOwnerOnly()
    {
        using var client = await EnsureStartedAsync();
        await client.CreateClusterAsync(new ClusterSpec { Name = "edge-1" }, Cancellation);
        await StopAsync(client, Cancellation);

        var file = Path.Combine(_folder.FullName, "clusters", "edge-1.json");
        if (OperatingSystem.IsWindows()) Assert.Skip("Modes are a matter of Unix.");
        else Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task ADeletedCluster_StaysGone()
    {
        using var before = await EnsureStartedAsync();
        await before.CreateClusterAsync(new ClusterSpec { Name = "edge-1" }, Cancellation);
        Assert.True(await before.DeleteClusterAsync("edge-1", Cancellation));
        Assert.False(await before.DeleteClusterAsync("edge-1", Cancellation));
        await StopAsync(before, Cancellation);

        using var after = await EnsureStartedAsync();

        Assert.Empty(await after.ListClustersAsync(Cancellation));
    }

    [Fact]
    public async Task Serve_AFolderThatIsTaken_IsRefusedAndNamesTheHolder()
    {
        using var client = await EnsureStartedAsync();
        using var errors = new StringWriter();

        var code = await ServeCommand.RunAsync(_folder.FullName, 0, TextWriter.Null, errors, Cancellation);

        Assert.Equal(ServeCommand.Taken, code);
        Assert.Contains(client.Address, errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EnsureStarted_ADamagedCluster_SaysWhichFileIsWrong()
    {
        var clusters = Directory.CreateDirectory(Path.Combine(_folder.FullName, "clusters"));
        await File.WriteAllTextAsync(Path.Combine(clusters.FullName, "bad.json"), "{", Cancellation);

        var error = await Assert.ThrowsAsync<SimulatorException>(EnsureStartedAsync);

        Assert.Contains(Path.Combine(clusters.FullName, "bad.json") + " is damaged", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AfterAKill_TheFolderIsFreeAgain()
    {
        using var first = await EnsureStartedAsync();
        using (var process = Process.GetProcessById((await first.DescribeAsync(Cancellation))!.Pid))
        {
            process.Kill();
            await process.WaitForExitAsync(Cancellation);
        }
        Assert.False(await first.IsAliveAsync(Cancellation));

        using var second = await EnsureStartedAsync();

        Assert.True(await second.IsAliveAsync(Cancellation));
    }

    private static async Task StopAsync(SimulatorClient client, CancellationToken cancellationToken)
    {
        var pid = (await client.DescribeAsync(cancellationToken))!.Pid;
        await client.StopAsync(cancellationToken);
        try
        {
            using var process = Process.GetProcessById(pid);
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (ArgumentException)
        {
            // It has ended already.
        }
    }

    private Task<SimulatorClient> EnsureStartedAsync() => SimulatorProcess.EnsureStartedAsync(_folder.FullName, TimeProvider.System, Cancellation);
}
