using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using FogInfra.Rollout.Commands;
using FogInfra.Rollout.Show;

namespace FogInfra.Tests;

/// <summary><c>fog fleet</c> on a copy of the example, as a user would type it.</summary>
public sealed class FleetCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fog-fleet-").FullName;
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public FleetCommandTests() => File.Copy("fleet.yaml", FleetFile);

    private string FleetFile => Path.Combine(_folder, "fleet.yaml");

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _output.Dispose();
        _error.Dispose();
    }

    [Theory]
    [InlineData("fleet-applications", "application", "list")]
    [InlineData("fleet-application", "app", "show", "shop")]
    [InlineData("fleet-map", "application", "map", "shop")]
    [InlineData("fleet-services", "service", "list")]
    [InlineData("fleet-service", "svc", "show", "inventory")]
    [InlineData("fleet-clusters", "cluster", "list", "--layer", "edge")]
    [InlineData("fleet-cluster", "cluster", "show", "fog-1")]
    [InlineData("fleet-siblings", "cluster", "siblings", "fog-1")]
    [InlineData("fleet-rings", "ring", "list")]
    public async Task Show_ForPeople_AndAsJson(string approved, params string[] arguments)
    {
        Assert.Equal(0, await RunAsync(arguments));
        var text = Take();
        Assert.Equal(0, await RunAsync([.. arguments, "--json"]));
        var json = Take();

        Assert.NotNull(JsonNode.Parse(json));
        Approved.Equal(approved, $"{text}\n{json}");
    }

    [Fact]
    public async Task Version_ChangesOneLine_ShowsIt_AndLeavesTheRest()
    {
        var before = await File.ReadAllTextAsync(FleetFile, TestContext.Current.CancellationToken);

        Assert.Equal(0, await RunAsync("service", "version", "web", "2.0.0"));

        var after = await File.ReadAllTextAsync(FleetFile, TestContext.Current.CancellationToken);
        var changed = Assert.Single(before.Split('\n').Zip(after.Split('\n')), pair => pair.First != pair.Second);
        Assert.Equal("        version: 2.0.0", changed.Second);
        Assert.Contains("-         version: 1.0.0\n+         version: 2.0.0\n", Take(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_DryRun_WritesNothing()
    {
        var before = await File.ReadAllBytesAsync(FleetFile, TestContext.Current.CancellationToken);

        Assert.Equal(0, await RunAsync("service", "version", "web", "2.0.0", "--dry-run"));

        Assert.Equal(before, await File.ReadAllBytesAsync(FleetFile, TestContext.Current.CancellationToken));
        Assert.Contains("dry run", Take(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_AsItIs_SaysSo()
    {
        Assert.Equal(0, await RunAsync("service", "version", "web", "1.0.0"));
        Assert.Equal("fleet.yaml says so already.\n", Take());
    }

    [Theory]
    [InlineData("There is no service 'webb'; did you mean 'web'?", "service", "version", "webb", "2.0.0")]
    [InlineData("The services depend on each other in a circle", "service", "depend", "orders", "--on", "web")]
    [InlineData("Say either --on SERVICE or --none.", "service", "depend", "orders")]
    [InlineData("is not of the form LAYER[=REPLICAS]", "service", "add", "x", "--version", "1", "--layer", "edge=many")]
    [InlineData("There is no ring 'beta'", "cluster", "move", "edge-1", "--ring", "beta")]
    [InlineData("a cluster never goes before its parent", "cluster", "move", "fog-1", "--ring", "rest")]
    [InlineData("is the parent of edge-1, edge-2, edge-3", "cluster", "remove", "fog-1")]
    [InlineData("There is no cluster 'edge-9'", "cluster", "siblings", "edge-9")]
    [InlineData("Option '--ring' is required", "cluster", "move", "edge-1")]
    public async Task WhatIsWrong_IsRefusedWithExitCode2_AndNothingIsWritten(string message, params string[] arguments)
    {
        var before = await File.ReadAllBytesAsync(FleetFile, TestContext.Current.CancellationToken);

        Assert.Equal(2, await RunAsync(arguments));

        Assert.Contains(message, _error.ToString(), StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(FleetFile, TestContext.Current.CancellationToken));
        Assert.Equal([FleetFile], Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public async Task AddApplication_Service_Cluster_ThenMoveAndRemove_LeavesTheDocumentAsItWas()
    {
        var before = await File.ReadAllTextAsync(FleetFile, TestContext.Current.CancellationToken);
        string[][] commands =
        [
            ["application", "add", "bank", "--namespace", "money", "--service", "vault", "--version", "1.0.0", "--image", "bank/vault", "--port", "8443", "--layer", "cloud=2"],
            ["service", "add", "till", "-a", "bank", "--version", "1.0.0", "--layer", "edge", "--depends-on", "vault"],
            ["cluster", "add", "edge-4", "--layer", "edge", "--ring", "pilot", "--parent", "fog-1"],
            ["cluster", "move", "edge-4", "--ring", "rest"],
            ["service", "depend", "bank/till", "--none"],
            ["service", "remove", "till"],
            ["cluster", "remove", "edge-4"],
            ["application", "remove", "bank"],
        ];

        foreach (var command in commands)
        {
            Assert.True(await RunAsync(command) == 0, $"{string.Join(' ', command)}: {_error}");
        }

        Assert.Equal(before, await File.ReadAllTextAsync(FleetFile, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Edit_KeepsByteOrderMark_FileMode_AndSymbolicLink()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a system with Unix file modes and symbolic links");
        var target = Path.Combine(_folder, "real.yaml");
        await File.WriteAllTextAsync(target, await File.ReadAllTextAsync("fleet.yaml", TestContext.Current.CancellationToken), new UTF8Encoding(true), TestContext.Current.CancellationToken);
        File.Delete(FleetFile);
        File.CreateSymbolicLink(FleetFile, target);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(target, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        }

        Assert.Equal(0, await RunAsync("service", "version", "web", "2.0.0"));

        Assert.Equal(target, File.ResolveLinkTarget(FleetFile, returnFinalTarget: true)!.FullName);
        Assert.Equal(Encoding.UTF8.GetPreamble(), (await File.ReadAllBytesAsync(target, TestContext.Current.CancellationToken))[..3]);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(target));
        }
    }

    [Fact]
    public void Help_EveryCommandArgumentAndOption_SaysWhatItIs()
    {
        var command = FleetCommand.Create(Context());

        Assert.All(All(command), each => Assert.False(string.IsNullOrWhiteSpace(each.Description), each.Name));
    }

    private static IEnumerable<Symbol> All(Command command) =>
        command.Arguments.Concat<Symbol>(command.Options).Append(command).Concat(command.Subcommands.SelectMany(All));

    private Task<int> RunAsync(params string[] arguments) =>
        FogCommandLine.RunAsync(["fleet", .. arguments], Context(), TestContext.Current.CancellationToken);

    private CommandContext Context() => new()
    {
        Out = Consoles.For(_output, redirected: true),
        Error = Consoles.For(_error, redirected: true),
        Time = TimeProvider.System,
        Environment = new Dictionary<string, string>(),
        CurrentDirectory = _folder,
    };

    private string Take()
    {
        var text = _output.ToString();
        _output.GetStringBuilder().Clear();
        return text;
    }
}
