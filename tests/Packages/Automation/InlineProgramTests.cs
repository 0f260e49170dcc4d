using System.Collections.Concurrent;
using FogInfra.Embedded.Protocol.Rpc;
using FogInfra.Embedded.Protocol.Services;
using Google.Protobuf.WellKnownTypes;
using Pulumi;
using Pulumi.Automation;

namespace FogInfra.Tests;

/// <summary>Programs that run in this process, asked for by an engine that the tests play.</summary>
public sealed class InlineProgramTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Up_Program_RunsWithWhatTheEngineSays()
    {
        await using var engine = await FakeEngine.StartAsync();
        var seen = new ConcurrentDictionary<string, string>();
        var program = PulumiFn.Create(() =>
        {
            var config = new Config();
            seen["project"] = Deployment.Instance.ProjectName;
            seen["stack"] = Deployment.Instance.StackName;
            seen["organization"] = Deployment.Instance.OrganizationName;
            seen["preview"] = $"{Deployment.Instance.IsDryRun}";
            seen["name"] = config.Require("name");
            return new Dictionary<string, object?> { ["greeting"] = "hello", ["password"] = config.RequireSecret("password") };
        });
        var command = Engine(engine);

        await RunAsync(command, program);

        Assert.Equal(
            new Dictionary<string, string>
            {
                ["project"] = "proj", ["stack"] = "dev", ["organization"] = "acme", ["preview"] = "False", ["name"] = "web",
            },
            seen);
        Assert.Equal("pulumi:pulumi:Stack", engine.Registration("proj-dev").Type);
        var outputs = Assert.Single(engine.Outputs).Outputs.Fields;
        Assert.Equal("hello", outputs["greeting"].StringValue);
        Assert.Equal("hunter2", outputs["password"].StructValue.Fields["value"].StringValue);
        Assert.Contains("SignalAndWaitForShutdown", engine.Calls);
        Assert.Matches(
            @"^up --yes --skip-preview --client=127\.0\.0\.1:\d+ --exec-kind auto\.inline --stack dev$", command.Lines[1]);
    }

    [Fact]
    public async Task Up_ProgramWithAComponent_RegistersItAndItsChild()
    {
        await using var engine = await FakeEngine.StartAsync();
        var program = PulumiFn.Create(() => { _ = new Shop("shop"); });

        await RunAsync(Engine(engine), program);

        Assert.False(engine.Registration("shop").Custom);
        Assert.EndsWith("test:index:Shop::shop", engine.Registration("shop-shelf").Parent, StringComparison.Ordinal);
        Assert.Contains(engine.Outputs, outputs => outputs.Outputs.Fields.ContainsKey("shelf"));
    }

    [Fact]
    public async Task Preview_Program_KnowsThatItIsAPreview()
    {
        await using var engine = await FakeEngine.StartAsync();
        var isPreview = false;
        var command = Engine(engine, request => request.DryRun = true);
        using var workspace = await CreateAsync(command, PulumiFn.Create(() => { isPreview = Deployment.Instance.IsDryRun; }));
        var stack = await WorkspaceStack.SelectAsync("dev", workspace, Cancellation);

        await stack.PreviewAsync(cancellationToken: Cancellation);

        Assert.True(isPreview);
    }

    [Fact]
    public async Task Up_EveryFormOfProgram_Runs()
    {
        var runs = new ConcurrentBag<string>();
        var services = new Services(type => type == typeof(ServedStack) ? new ServedStack(runs) : null);
        PulumiFn[] programs =
        [
            PulumiFn.Create(() => runs.Add("action")),
            PulumiFn.Create(() =>
            {
                runs.Add("function");
                return new Dictionary<string, object?>();
            }),
            PulumiFn.Create(async () =>
            {
                await Task.Yield();
                runs.Add("task");
            }),
            PulumiFn.Create(async (CancellationToken _) =>
            {
                await Task.Yield();
                runs.Add("task with token");
            }),
            PulumiFn.Create(async () =>
            {
                await Task.Yield();
                runs.Add("asynchronous function");
                return (IDictionary<string, object?>)new Dictionary<string, object?>();
            }),
            PulumiFn.Create(async (CancellationToken _) =>
            {
                await Task.Yield();
                runs.Add("asynchronous function with token");
                return (IDictionary<string, object?>)new Dictionary<string, object?>();
            }),
            PulumiFn.Create<ServedStack>(services),
            PulumiFn.Create(services, typeof(ServedStack)),
        ];

        foreach (var program in programs)
        {
            await using var engine = await FakeEngine.StartAsync();
            await RunAsync(Engine(engine), program);
            Assert.Contains("SignalAndWaitForShutdown", engine.Calls);
        }

        Assert.Equal(
            [
                "action", "asynchronous function", "asynchronous function with token", "function", "served stack", "served stack", "task",
                "task with token",
            ],
            runs.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Up_StackClass_ItsOutputsAreRegistered()
    {
        await using var engine = await FakeEngine.StartAsync();

        await RunAsync(Engine(engine), PulumiFn.Create<GreetingStack>());

        Assert.Equal("hello", Assert.Single(engine.Outputs).Outputs.Fields["greeting"].StringValue);
    }

    [Fact]
    public async Task Up_ServiceProviderDoesNotKnowTheStack_IsAnError()
    {
        await using var engine = await FakeEngine.StartAsync();
        var program = PulumiFn.Create<GreetingStack>(new Services(_ => null));

        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(Engine(engine), program));
    }

    [Theory]
    [InlineData(typeof(string))]
    [InlineData(typeof(Stack))]
    public void Create_TypeIsNoStack_IsRefused(System.Type type) =>
        Assert.Throws<ArgumentException>(() => PulumiFn.Create(new Services(_ => null), type));

    [Fact]
    public async Task Up_ProgramThrows_TheCallerSeesThatException()
    {
        await using var engine = await FakeEngine.StartAsync();
        var response = new TaskCompletionSource<Wire.RunResponse>();
        var command = Engine(engine, onResponse: response.SetResult);

        var error = await Assert.ThrowsAsync<InvalidDataException>(
            () => RunAsync(command, PulumiFn.Create(async () =>
            {
                await Task.Yield();
                throw new InvalidDataException("no such shop");
            })));

        Assert.Equal("no such shop", error.Message);
        Assert.Contains(nameof(Up_ProgramThrows_TheCallerSeesThatException), error.StackTrace, StringComparison.Ordinal);
        Assert.True((await response.Task).Bail);
        Assert.Equal("no such shop", (await response.Task).Error);
        Assert.Contains("no such shop", Assert.Single(engine.Errors), StringComparison.Ordinal);
        Assert.Equal(["stack select --stack dev", command.Lines[1]], command.Lines);
    }

    [Fact]
    public async Task Up_EngineFailsButNotTheProgram_TheCallerSeesTheEnginesError()
    {
        await using var engine = await FakeEngine.StartAsync();
        var command = Engine(engine, onResponse: _ => throw new InvalidDataException("the update failed"));

        var error = await Assert.ThrowsAsync<InvalidDataException>(() => RunAsync(command, PulumiFn.Create(() => { })));

        Assert.Equal("the update failed", error.Message);
    }

    [Fact]
    public async Task Up_ProgramOfTheOptions_ComesBeforeTheWorkspaces()
    {
        await using var engine = await FakeEngine.StartAsync();
        var runs = new List<string>();
        using var workspace = await CreateAsync(Engine(engine), PulumiFn.Create(() => runs.Add("workspace")));
        var stack = await WorkspaceStack.SelectAsync("dev", workspace, Cancellation);

        await stack.UpAsync(new UpOptions { Program = PulumiFn.Create(() => runs.Add("options")) }, Cancellation);
        workspace.Program = PulumiFn.Create(() => runs.Add("changed"));
        await stack.UpAsync(cancellationToken: Cancellation);

        Assert.Equal(["options", "changed"], runs);
    }

    [Fact]
    public async Task Up_IsCancelled_TheProgramsTokenIs()
    {
        await using var engine = await FakeEngine.StartAsync();
        using var source = new CancellationTokenSource();
        var ended = new TaskCompletionSource();
        var program = PulumiFn.Create(async cancellationToken =>
        {
            await source.CancelAsync();
            cancellationToken.Register(ended.SetResult);
            await Task.Delay(Timeout.Infinite, cancellationToken);
        });
        using var workspace = await CreateAsync(Engine(engine), program);
        var stack = await WorkspaceStack.SelectAsync("dev", workspace, Cancellation);

        await Assert.ThrowsAnyAsync<Exception>(() => stack.UpAsync(cancellationToken: source.Token));

        await ended.Task.WaitAsync(Cancellation);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task RefreshAndDestroy_ProgramIsRun_OnlyWhenAskedFor(bool? runProgram, bool expected)
    {
        var command = new RecordingCommand();
        using var workspace = await CreateAsync(command, PulumiFn.Create(() => { }));
        var stack = await WorkspaceStack.SelectAsync("dev", workspace, Cancellation);

        await stack.RefreshAsync(new RefreshOptions { RunProgram = runProgram }, Cancellation);
        await stack.DestroyAsync(new DestroyOptions { RunProgram = runProgram }, Cancellation);

        Assert.All([command.Lines[1], command.Lines[3]], line =>
        {
            Assert.Contains("--exec-kind auto.inline", line, StringComparison.Ordinal);
            Assert.Equal(expected, line.Contains("--client=127.0.0.1:", StringComparison.Ordinal));
        });
    }

    [Fact]
    public async Task Up_ManyProgramsAtOnce_EachSeesItsOwnEngine()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            await using var engine = await FakeEngine.StartAsync();
            var program = PulumiFn.Create(async () =>
            {
                for (var turn = 0; turn < 20; turn++)
                {
                    await Task.Yield();
                    Assert.Equal($"dev-{i}", Deployment.Instance.StackName);
                }

                _ = new Shop($"shop-{i}");
                return (IDictionary<string, object?>)new Dictionary<string, object?> { ["stack"] = Deployment.Instance.StackName };
            });

            await RunAsync(Engine(engine, request => request.Stack = $"dev-{i}"), program);

            Assert.Equal(
                [$"proj-dev-{i}", $"shop-{i}", $"shop-{i}-shelf"], engine.Registrations.Select(request => request.Name).Order(StringComparer.Ordinal));
            return engine.Outputs.Single(outputs => outputs.Outputs.Fields.ContainsKey("stack")).Outputs.Fields["stack"].StringValue;
        }));

        Assert.Equal(Enumerable.Range(0, 8).Select(i => $"dev-{i}"), results);
    }

    /// <summary>An engine's part in an operation: it asks the host for the program, and fails if the program does.</summary>
    private static RecordingCommand Engine(
        FakeEngine engine, Action<Wire.RunRequest>? change = null, Action<Wire.RunResponse>? onResponse = null)
    {
        var command = new RecordingCommand();
        var preview = """{"sequence":0,"timestamp":1,"summaryEvent":{"maybeCorrupt":false,"durationSeconds":1,"resourceChanges":{}}}""";
        return command.Answer("up", RunProgramAsync).Answer("preview", async call =>
        {
            call.OnEvent!(new Pulumi.Automation.Serialization.LocalSerializer().DeserializeJson<Pulumi.Automation.Events.EngineEvent>(preview));
            return await RunProgramAsync(call);
        });

        async Task<string> RunProgramAsync(RecordedCall call)
        {
            await using var host = new RpcChannel(call.Option("--client"));
            var info = await host.CallAsync(LanguageRuntimeMethods.GetPluginInfo, new Empty(), call.Cancellation);
            var error = await Assert.ThrowsAsync<RpcException>(
                () => host.CallAsync(LanguageRuntimeMethods.GetRequiredPackages, new Wire.GetRequiredPackagesRequest(), call.Cancellation));
            var plugins = await host.CallAsync(LanguageRuntimeMethods.GetRequiredPlugins, new Wire.GetRequiredPluginsRequest(), call.Cancellation);
            Assert.Equal("1.0.0", info.Version);
            Assert.Equal(RpcStatusCode.Unimplemented, error.Code);
            Assert.Empty(plugins.Plugins);

            var request = new Wire.RunRequest
            {
                Project = "proj",
                Stack = "dev",
                Organization = "acme",
                Pwd = call.WorkDir,
                MonitorAddress = engine.Address,
                Args = { engine.Address },
                Config = { ["proj:name"] = "web", ["proj:password"] = "hunter2" },
                ConfigSecretKeys = { "proj:password" },
                Parallel = 16,
                Info = new Wire.ProgramInfo { RootDirectory = call.WorkDir, ProgramDirectory = call.WorkDir, EntryPoint = "." },
            };
            change?.Invoke(request);
            var response = await host.CallAsync(LanguageRuntimeMethods.Run, request, call.Cancellation);
            onResponse?.Invoke(response);
            return response.Error.Length == 0 && !response.Bail ? "" : throw new InvalidOperationException("error: update failed");
        }
    }

    private static async Task RunAsync(RecordingCommand command, PulumiFn program)
    {
        using var workspace = await CreateAsync(command, program);
        var stack = await WorkspaceStack.SelectAsync("dev", workspace, Cancellation);
        await stack.UpAsync(cancellationToken: Cancellation);
    }

    private static Task<LocalWorkspace> CreateAsync(RecordingCommand command, PulumiFn program) => LocalWorkspace.CreateAsync(
        new LocalWorkspaceOptions { PulumiCommand = command, Program = program }, Cancellation);

    private sealed class Services(Func<System.Type, object?> find) : IServiceProvider
    {
        public object? GetService(System.Type serviceType) => find(serviceType);
    }

    private sealed class Shop : ComponentResource
    {
        public Shop(string name)
            : base("test:index:Shop", name)
        {
            var shelf = new Shelf($"{name}-shelf", new CustomResourceOptions { Parent = this });
            RegisterOutputs(new Dictionary<string, object?> { ["shelf"] = shelf.Id });
        }
    }

    private sealed class Shelf(string name, CustomResourceOptions options) : CustomResource("test:index:Shelf", name, ResourceArgs.Empty, options);

    private sealed class ServedStack : Stack
    {
        public ServedStack(ConcurrentBag<string> runs) => runs.Add("served stack");
    }

    private sealed class GreetingStack : Stack
    {
        [Output("greeting")]
        public Output<string> Greeting { get; private set; } = Output.Create("hello");
    }
}
