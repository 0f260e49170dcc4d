using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using FogInfra.Embedded.Protocol.Messages;
using FogInfra.Embedded.Protocol.Rpc;
using FogInfra.Embedded.Protocol.Services;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;
using FogInfra.Embedded.Provider.Plugins;
using FogInfra.Engine.Tests.Harness;
using Google.Protobuf.WellKnownTypes;

namespace FogInfra.Engine.Tests.Plugins;

/// <summary>Plugins as processes. A shell script plays the executable; the provider itself is served by the test.</summary>
public sealed class PluginProcessTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("plugin-tests");
    private readonly RecordingProvider _provider = new();
    private readonly ConcurrentQueue<string> _output = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    private static ImmutableDictionary<string, string> Environment =>
        ImmutableDictionary<string, string>.Empty.Add("PATH", System.Environment.GetEnvironmentVariable("PATH") ?? "");

    private ProcessCommand Script(string text) => new("sh", ["-c", text, "plugin"], _folder.FullName, Environment);

    private Task<ProviderPlugin> StartAsync(string script) =>
        ProviderPlugin.StartAsync("acme", Script(script), "127.0.0.1:1", "/", (line, _) => _output.Enqueue(line), Cancellation);

    private static int Port(RpcServer server) => int.Parse(server.Address.Split(':')[1]);

    [Fact]
    public async Task Start_PortOnTheFirstLine_IsUsedAndLaterLinesAreShown()
    {
        await using var server = await ProviderPluginServer.StartAsync(_provider, Cancellation);
        await using (var plugin = await StartAsync($"printf ' {Port(server)}\\n'; echo hello; echo trouble >&2; exec sleep 600"))
        {
            Assert.Equal("1.0.0", await plugin.GetVersionAsync(Cancellation));
        }

        Assert.Equal(["hello", "trouble"], _output.Order());
    }

    [Fact]
    public async Task Start_EngineAddress_IsTheLastArgument()
    {
        await using var server = await ProviderPluginServer.StartAsync(_provider, Cancellation);
        await using (await StartAsync($"echo {Port(server)}; echo \"got $1\"; exec sleep 600"))
        {
        }

        Assert.Equal(["got 127.0.0.1:1"], _output);
    }

    [Fact]
    public async Task Start_TerminalEscapesBeforeThePort_AreIgnored()
    {
        await using var server = await ProviderPluginServer.StartAsync(_provider, Cancellation);
        await using var plugin = await StartAsync($"printf '\\033]9;4;1;50\\007\\033[2K{Port(server)}\\n'; exec sleep 600");
        Assert.Equal("1.0.0", await plugin.GetVersionAsync(Cancellation));
    }

    [Fact]
    public async Task Start_NoPort_SaysWhatWasExpectedAndWhatItWrote()
    {
        var exception = await Assert.ThrowsAsync<ProviderException>(() => StartAsync("echo 'missing library' >&2; exit 3"));
        Assert.Contains("expected a port number as the first line of its output", exception.Message);
        Assert.Contains("missing library", exception.Message);
    }

    [Fact]
    public async Task Start_NoSuchProgram_SaysSo()
    {
        var command = new ProcessCommand("no-such-plugin", [], _folder.FullName, Environment);
        var exception = await Assert.ThrowsAsync<ProviderException>(() => ProviderPlugin.StartAsync("acme", command, "x", "/", (_, _) => { }, Cancellation));
        Assert.Equal("could not start 'no-such-plugin': it was not found on the PATH", exception.Message);
    }

    [Fact]
    public async Task Dispose_InterruptsTheProcessAfterCancellingTheProvider()
    {
        await using var server = await ProviderPluginServer.StartAsync(_provider, Cancellation);
        var plugin = await StartAsync($"trap 'echo interrupted; exit 0' INT; echo {Port(server)}; echo $$; while :; do sleep 0.05; done");
        while (_output.IsEmpty)
        {
            await Task.Yield();
        }

        var process = Process.GetProcessById(int.Parse(_output.First()));
        await plugin.DisposeAsync();
        Assert.Equal(1, _provider.Cancellations);
        Assert.Contains("interrupted", _output);
        Assert.True(process.HasExited);
    }

    [Fact]
    public async Task Call_ProcessHasDied_SaysSoAndThatTheStateIsUnknown()
    {
        var server = await ProviderPluginServer.StartAsync(_provider, Cancellation);
        await using var plugin = await StartAsync($"echo {Port(server)}; while ! [ -f die ]; do sleep 0.05; done; exit 1");
        await server.DisposeAsync();
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "die"), "", Cancellation);
        var exception = await Assert.ThrowsAsync<ProviderException>(() => plugin.GetVersionAsync(Cancellation));
        Assert.Equal(("the plugin of 'acme' has ended unexpectedly during GetPluginInfo", true), (exception.Message, exception.StateUnknown));
    }

    [Fact]
    public async Task Server_AsAProgram_AnnouncesItsPortLogsToTheEngineAndEndsOnCancellation()
    {
        var logged = new TaskCompletionSource<LogRequest>();
        await using var engine = await RpcServer.StartAsync(
            new RpcService().Unary(EngineMethods.Log, (request, _) =>
            {
                logged.TrySetResult(request);
                return Task.FromResult(new Empty());
            }),
            Cancellation);
        using var stop = new CancellationTokenSource();
        var output = new AnnouncedPort();
        IProviderHost? host = null;
        var serving = ProviderPluginServer.RunAsync(
            ["-v=3", "--logtostderr", engine.Address],
            created =>
            {
                host = created;
                return _provider;
            },
            output,
            stop.Token);
        await using (var plugin = await ProviderPlugin.AttachAsync("acme", $"127.0.0.1:{await output.Port}", engine.Address, "/", Cancellation))
        {
            Assert.Equal("1.0.0", await plugin.GetVersionAsync(Cancellation));
        }

        host!.Log(FogInfra.Embedded.Provider.LogSeverity.Warning, Urn.Create("d", "p", null, "t", "n"), "careful");
        var message = await logged.Task;
        Assert.Equal(("careful", FogInfra.Embedded.Protocol.Messages.LogSeverity.Warning, "urn:pulumi:d::p::t::n"), (message.Message, message.Severity, message.Urn));
        await stop.CancelAsync();
        await serving;
    }

    [Fact]
    public async Task Server_TwoAddresses_AreRefused() => await Assert.ThrowsAsync<ArgumentException>(
        () => ProviderPluginServer.RunAsync(["a:1", "b:2"], _ => _provider, TextWriter.Null, Cancellation));

    private sealed class AnnouncedPort : StringWriter
    {
        private readonly TaskCompletionSource<string> _port = new();

        public Task<string> Port => _port.Task;

        public override Task FlushAsync(CancellationToken cancellationToken)
        {
            _port.TrySetResult(ToString().Trim());
            return Task.CompletedTask;
        }
    }
}
