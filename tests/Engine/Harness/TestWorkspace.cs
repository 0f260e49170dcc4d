using System.Collections.Immutable;
using System.Text.Json.Nodes;
using FogInfra.Embedded.Engine;
using FogInfra.Embedded.Engine.Backend;
using FogInfra.Embedded.Engine.Secrets;
using FogInfra.Embedded.Provider;

namespace FogInfra.Engine.Tests.Harness;

/// <summary>A project in a folder of its own, with its own home and backend, and the command line on it.</summary>
internal sealed class TestWorkspace : IDisposable
{
    /// <summary>The passphrase of all stacks.</summary>
    public const string Passphrase = "correct horse";

    // Deriving a key takes about a second by design, so the tests' stacks have one salt in common.
    private static readonly PassphraseKeyCache SharedKeys = new();
    private static readonly Lazy<Task<string>> SharedSalt = new(async () => (await PassphraseSecrets.CreateAsync(Passphrase, SharedKeys)).SaltText);

    private readonly Dictionary<string, Func<IProviderHost, IResourceProvider>> _providers = [];

    public TestWorkspace(string project = "name: proj\nruntime: dotnet\n")
    {
        Root = Path.Combine(Path.GetTempPath(), $"engine-tests-{Guid.NewGuid():N}");
        Directory.CreateDirectory(Root);
        Environment = new Dictionary<string, string>
        {
            ["HOME"] = Root,
            ["PATH"] = System.Environment.GetEnvironmentVariable("PATH") ?? "",
            ["PULUMI_HOME"] = Path.Combine(Root, "home"),
            ["PULUMI_BACKEND_URL"] = $"file://{Root}/store",
            ["PULUMI_CONFIG_PASSPHRASE"] = Passphrase,
        };
        Directory.CreateDirectory(Path.Combine(Root, "store"));
        Write("Pulumi.yaml", project);
    }

    public string Root { get; }

    public Dictionary<string, string> Environment { get; }

    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>Who is told of each change of a stack's files.</summary>
    public IWriteObserver? WriteObserver { get; set; }

    public void Provide(string package, Func<IResourceProvider> create) => _providers[package] = _ => create();

    public void Provide(string package, Func<IProviderHost, IResourceProvider> create) => _providers[package] = create;

    public void Write(string file, string text) => File.WriteAllText(Path.Combine(Root, file), text);

    public string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    public string PathOf(string file) => Path.Combine(Root, file);

    /// <summary>The stack's state as it lies on disk.</summary>
    public JsonObject State(string stack = "dev") =>
        JsonNode.Parse(Read($"store/.pulumi/stacks/proj/{stack}.json"))!["checkpoint"]!["latest"]!.AsObject();

    /// <summary>The resources of the state by name; of two with one name the last.</summary>
    public IReadOnlyDictionary<string, JsonObject> Resources(string stack = "dev") =>
        (State(stack)["resources"]?.AsArray() ?? [])
            .GroupBy(item => item!["urn"]!.GetValue<string>().Split("::")[^1])
            .ToDictionary(group => group.Key, group => group.Last()!.AsObject());

    public Task<CommandOutcome> RunAsync(params string[] arguments) => RunAsync(arguments, TestContext.Current.CancellationToken);

    public async Task<CommandOutcome> RunAsync(string[] arguments, CancellationToken cancellationToken, string input = "")
    {
        var commandLine = new PulumiCommandLine(new PulumiCommandLineOptions
        {
            Providers = _providers.ToImmutableDictionary(), PassphraseKeys = SharedKeys, Clock = Clock, WriteObserver = WriteObserver,
        });
        var (output, error, events) = (new StringWriter(), new StringWriter(), new List<string>());
        var code = await commandLine.RunAsync(
            new CommandInvocation
            {
                Arguments = [.. arguments],
                WorkingDirectory = Root,
                Environment = Environment,
                StandardInput = new StringReader(input),
                StandardOutput = output,
                StandardError = error,
                OnEngineEvent = events.Add,
            },
            cancellationToken);
        return new CommandOutcome(code, output.ToString(), error.ToString(), events);
    }

    /// <summary>Makes a stack named dev.</summary>
    public async Task<TestWorkspace> WithStackAsync(string name = "dev")
    {
        Write($"Pulumi.{name}.yaml", $"encryptionsalt: {await SharedSalt.Value}\n");
        (await RunAsync("stack", "init", name)).ShouldSucceed();
        return this;
    }

    public Task<CommandOutcome> UpAsync(Func<ProgramClient, Task> program, params string[] arguments) =>
        OperateAsync(["up", "--yes", "--skip-preview", .. arguments], program);

    public Task<CommandOutcome> PreviewAsync(Func<ProgramClient, Task> program, params string[] arguments) =>
        OperateAsync(["preview", .. arguments], program);

    public async Task<CommandOutcome> OperateAsync(
        string[] arguments, Func<ProgramClient, Task> program, CancellationToken? cancellationToken = null)
    {
        await using var host = await InlineHost.StartAsync(program, TestContext.Current.CancellationToken);
        return await RunAsync([.. arguments, $"--client={host.Address}"], cancellationToken ?? TestContext.Current.CancellationToken);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
