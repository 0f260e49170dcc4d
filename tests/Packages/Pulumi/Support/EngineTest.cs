using System.Text.Json;
using Pulumi;

namespace FogInfra.Tests;

/// <summary>Tests that run one after the other: what an engine tells a program are variables of the process.</summary>
[CollectionDefinition(nameof(EngineTests), DisableParallelization = true)]
public sealed class EngineTests;

/// <summary>A test of a program that the fake engine has started as Pulumi starts one.</summary>
[Collection(nameof(EngineTests))]
public abstract class EngineTest : IAsyncLifetime
{
    private readonly Dictionary<string, string?> _before = [];
    private readonly int _exitCode = Environment.ExitCode;
    private FakeEngine? _engine;

    private protected FakeEngine Engine => _engine!;

    public async ValueTask InitializeAsync()
    {
        _engine = await FakeEngine.StartAsync();
        Set("PULUMI_MONITOR", Engine.Address);
        Set("PULUMI_ENGINE", Engine.Address);
        Set("PULUMI_PROJECT", "proj");
        Set("PULUMI_STACK", "dev");
        Set("PULUMI_ORGANIZATION", "acme");
        Set("PULUMI_DRY_RUN", "false");
        Set("PULUMI_QUERY_MODE", "false");
        Set("PULUMI_PARALLEL", "16");
        Set("PULUMI_ROOT_DIRECTORY", "/srv/proj");
        Set("PULUMI_CONFIG", null);
        Set("PULUMI_CONFIG_SECRET_KEYS", null);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (variable, value) in _before)
        {
            Environment.SetEnvironmentVariable(variable, value);
        }

        Environment.ExitCode = _exitCode; // Programs that fail set it.
        await Engine.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected void Set(string variable, string? value)
    {
        _before.TryAdd(variable, Environment.GetEnvironmentVariable(variable));
        Environment.SetEnvironmentVariable(variable, value);
    }

    private protected void Preview() => Set("PULUMI_DRY_RUN", "true");

    private protected void Configure(Dictionary<string, string> values, params string[] secretKeys)
    {
        Set("PULUMI_CONFIG", JsonSerializer.Serialize(values));
        Set("PULUMI_CONFIG_SECRET_KEYS", JsonSerializer.Serialize(secretKeys));
    }

    /// <summary>Runs a program that must succeed.</summary>
    private protected async Task RunAsync(Action program)
    {
        var exitCode = await Deployment.RunAsync(program);
        Assert.Empty(Engine.Errors);
        Assert.Equal(0, exitCode);
    }

    /// <summary>Runs a program that must succeed.</summary>
    private protected async Task RunAsync(Func<Task> program)
    {
        var exitCode = await Deployment.RunAsync(program);
        Assert.Empty(Engine.Errors);
        Assert.Equal(0, exitCode);
    }

    /// <summary>Runs a program that must fail, and gives the first error that the engine got.</summary>
    private protected async Task<string> FailAsync(Action program)
    {
        var exitCode = await Deployment.RunAsync(program);
        Assert.Equal(32, exitCode);
        return Engine.Errors[0];
    }
}
