using Pulumi;

namespace FogInfra.Tests;

/// <summary>Programs that the Automation API runs in its own process.</summary>
public sealed class InlineDeploymentTests : IAsyncLifetime
{
    private FakeEngine? _engine;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private FakeEngine Engine => _engine!;

    public async ValueTask InitializeAsync() => _engine = await FakeEngine.StartAsync();

    public async ValueTask DisposeAsync() => await Engine.DisposeAsync();

    [Fact]
    public async Task Program_ThatSucceeds_GivesNoException()
    {
        var exception = await InlineDeployment.RunAsync(
            SettingsFor(Engine, "p"),
            () => Task.FromResult<IDictionary<string, object?>>(new Dictionary<string, object?> { ["id"] = new Box<string>("box").Id }),
            Cancellation);

        Assert.Null(exception);
        Assert.Equal("box-id", Assert.Single(Engine.Outputs).Outputs.Fields["id"].StringValue);
        Assert.Equal("SignalAndWaitForShutdown", Engine.Calls[^1]);
    }

    [Fact]
    public async Task Settings_Given_AreWhatTheProgramSees()
    {
        var settings = SettingsFor(Engine, "p") with
        {
            IsDryRun = true,
            Config = new Dictionary<string, string> { ["p:name"] = "n", ["other:config:key"] = "k" },
            ConfigSecretKeys = ["p:name"],
        };

        var exception = await InlineDeployment.RunAsync(
            settings,
            () =>
            {
                Assert.Equal(("p", "dev", "acme", true), Describe(Deployment.Instance));
                Assert.Equal("n", new Config().Get("name"));
                Assert.Equal("k", new Config("other").Get("key"));
                Assert.Throws<InvalidOperationException>(() => Deployment.Instance.RootDirectory);
                return NoOutputs();
            },
            Cancellation);

        Assert.Null(exception);

        static (string, string, string, bool) Describe(DeploymentInstance instance) =>
            (instance.ProjectName, instance.StackName, instance.OrganizationName, instance.IsDryRun);
    }

    [Fact]
    public async Task StackClass_MadeByAFunction_IsRun()
    {
        var exception = await InlineDeployment.RunAsync(SettingsFor(Engine, "p"), () => new NamedStack("made"), Cancellation);

        Assert.Null(exception);
        Assert.Equal("made", Assert.Single(Engine.Outputs).Outputs.Fields["Name"].StringValue);
    }

    [Fact]
    public async Task StackClass_MadeByAServiceProvider_IsRun()
    {
        var exception = await InlineDeployment.RunAsync(
            SettingsFor(Engine, "p"), typeof(NamedStack), new NamedStackServices(), Cancellation);

        Assert.Null(exception);
        Assert.Equal("served", Assert.Single(Engine.Outputs).Outputs.Fields["Name"].StringValue);
    }

    [Fact]
    public async Task StackClass_ThatTheServiceProviderLacks_GivesAnException()
    {
        var exception = await InlineDeployment.RunAsync(SettingsFor(Engine, "p"), typeof(Stack), new NamedStackServices(), Cancellation);

        Assert.Contains("Pulumi.Stack", Assert.IsType<InvalidOperationException>(exception).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_ThatThrows_GivesTheExceptionAndTellsTheEngine()
    {
        var thrown = new InvalidOperationException("odd");
        var exitCode = Environment.ExitCode;

        var exception = await InlineDeployment.RunAsync(SettingsFor(Engine, "p"), () => throw thrown, Cancellation);

        Assert.Same(thrown, exception);
        Assert.Contains("odd", Assert.Single(Engine.Errors), StringComparison.Ordinal);
        Assert.Equal(exitCode, Environment.ExitCode); // The process is not the program's.
    }

    [Fact]
    public async Task Program_ThatOnlyLogsAnError_FailsToo()
    {
        var exception = await InlineDeployment.RunAsync(
            SettingsFor(Engine, "p"),
            () =>
            {
                Log.Error("bad");
                return NoOutputs();
            },
            Cancellation);

        Assert.IsType<RunException>(exception);
        Assert.DoesNotContain("SignalAndWaitForShutdown", Engine.Calls);
    }

    [Fact]
    public async Task Programs_AtTheSameTime_DoNotMeet()
    {
        await using var other = await FakeEngine.StartAsync();
        var bothRun = new Barrier(2);

        var results = await Task.WhenAll(RunAsync(Engine, "one"), RunAsync(other, "two"));

        Assert.All(results, Assert.Null);
        Assert.Equal("one", Engine.Inputs("box")["value"].StringValue);
        Assert.Equal("two", other.Inputs("box")["value"].StringValue);
        Assert.Equal("one-dev", Engine.Registrations[0].Name);
        Assert.Equal("two-dev", other.Registrations[0].Name);
        Assert.Throws<InvalidOperationException>(() => Deployment.Instance);

        Task<Exception?> RunAsync(FakeEngine engine, string project) => Task.Run(
            () => InlineDeployment.RunAsync(
                SettingsFor(engine, project),
                async () =>
                {
                    bothRun.SignalAndWait(Cancellation);
                    await Task.Yield();
                    var group = new Group("group");
                    await group.Urn.ValueAsync();
                    _ = new Box<string>("box", new() { ["value"] = group.Urn.Apply(_ => Deployment.Instance.ProjectName) });
                    return new Dictionary<string, object?>();
                },
                Cancellation),
            Cancellation);
    }

    [Fact]
    public async Task Program_InsideOfAnother_BelongsToItself()
    {
        await using var other = await FakeEngine.StartAsync();

        var exception = await InlineDeployment.RunAsync(
            SettingsFor(Engine, "outer"),
            async () =>
            {
                Assert.Null(await InlineDeployment.RunAsync(
                    SettingsFor(other, "inner"),
                    () =>
                    {
                        Assert.Equal("inner", Deployment.Instance.ProjectName);
                        return NoOutputs();
                    },
                    Cancellation));
                Assert.Equal("outer", Deployment.Instance.ProjectName);
                return new Dictionary<string, object?>();
            },
            Cancellation);

        Assert.Null(exception);
    }

    [Fact]
    public async Task Cancel_WhileTheEngineWorks_EndsTheProgramQuietly()
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var answer = Engine.OnRegister;
        var never = new TaskCompletionSource<Wire.RegisterResourceResponse>();
        Engine.OnRegister = request =>
        {
            if (request.Name != "box")
            {
                return answer(request);
            }

            cancellation.Cancel();
            return never.Task;
        };

        var exception = await InlineDeployment.RunAsync(
            SettingsFor(Engine, "p"),
            () =>
            {
                _ = new Box<string>("box");
                return NoOutputs();
            },
            cancellation.Token);
        never.SetCanceled(Cancellation);

        Assert.IsAssignableFrom<OperationCanceledException>(exception);
        Assert.Empty(Engine.Errors);
        Assert.DoesNotContain("SignalAndWaitForShutdown", Engine.Calls);
    }

    private static Task<IDictionary<string, object?>> NoOutputs() =>
        Task.FromResult<IDictionary<string, object?>>(new Dictionary<string, object?>());

    private static InlineDeploymentSettings SettingsFor(FakeEngine engine, string project) => new()
    {
        MonitorAddress = engine.Address,
        EngineAddress = engine.Address,
        Project = project,
        Stack = "dev",
        Organization = "acme",
        Config = new Dictionary<string, string>(),
        ConfigSecretKeys = [],
        Parallel = 16,
        IsDryRun = false,
    };

    private sealed class NamedStack(string name) : Stack
    {
        [Output]
        public Output<string> Name { get; set; } = Output.Create(name);
    }

    private sealed class NamedStackServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => serviceType == typeof(NamedStack) ? new NamedStack("served") : null;
    }
}
