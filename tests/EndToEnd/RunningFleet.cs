using System.Text.Json;

namespace FogInfra.Tests;

/// <summary>The example fleet after its first <c>fog up</c>. Tests that share it leave it as they found it.</summary>
public sealed class RunningFleet : IAsyncLifetime
{
    public FogProject Project { get; } = new();

    public CommandOutcome FirstUp { get; private set; } = new(-1, "", "not run");

    public async ValueTask InitializeAsync() => FirstUp = await UpAsync();

    public async ValueTask DisposeAsync()
    {
        await Project.RunAsync("down", "--engine", "embedded");
        Project.Dispose();
    }

    public Task<CommandOutcome> UpAsync(params string[] arguments) => Project.RunAsync(["up", "--engine", "embedded", .. arguments]);

    /// <summary>The report of a rollout that is asked for as JSON.</summary>
    public async Task<(int ExitCode, JsonElement Report)> UpAsJsonAsync(params string[] arguments)
    {
        var outcome = await UpAsync([.. arguments, "--json"]);
        return (outcome.ExitCode, JsonDocument.Parse(outcome.Output).RootElement);
    }

    /// <summary>What each cluster runs: <c>edge-1 shop web 1.0.0</c>, a line for each service.</summary>
    public async Task<IReadOnlyList<string>> VersionsAsync()
    {
        var status = JsonDocument.Parse((await Project.RunAsync("status", "--engine", "embedded", "--json")).Output).RootElement;
        return
        [
            .. from stack in status.EnumerateArray()
               from service in stack.GetProperty("workload").GetProperty("services").EnumerateArray()
               select $"{stack.GetProperty("cluster")} {stack.GetProperty("application")} {service.GetProperty("name")} {service.GetProperty("version")}",
        ];
    }
}
