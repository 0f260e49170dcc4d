using System.Text.Json.Nodes;
using FogInfra.Rollout.Engines;
using Pulumi.Automation;
using Pulumi.Automation.Commands;

namespace FogInfra.Rollout.Preview;

/// <summary>
/// Exports and imports states with their secrets encrypted. The Automation API's own export shows them in plain text, which has no
/// business here.
/// </summary>
internal sealed class StackTransfer
{
    private readonly PulumiCommand _command;
    private readonly Dictionary<string, string?> _environment;

    private StackTransfer(PulumiCommand command, IReadOnlyDictionary<string, string?> environment) =>
        (_command, _environment) = (command, new Dictionary<string, string?>(environment));

    /// <summary>Opens an engine.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="backend">The backend, if it is another than the engine's.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<StackTransfer> OpenAsync(Engine engine, string? backend, CancellationToken cancellationToken)
    {
        var transfer = new StackTransfer(
            engine.Command ?? await LocalPulumiCommand.CreateAsync(null, cancellationToken).ConfigureAwait(false), engine.Environment);
        if (backend is not null)
        {
            transfer._environment[EngineEnvironment.BackendUrl] = backend;
        }

        return transfer;
    }

    /// <summary>The state of a stack: <c>{version, deployment}</c>.</summary>
    public async Task<JsonObject> ExportAsync(Workspace workspace, string stack, CancellationToken cancellationToken)
    {
        var result = await RunAsync(["stack", "export", "--stack", stack], workspace, cancellationToken).ConfigureAwait(false);
        return JsonNode.Parse(result.StandardOutput)!.AsObject();
    }

    /// <summary>Replaces the state of a stack.</summary>
    public async Task ImportAsync(Workspace workspace, string stack, JsonObject state, CancellationToken cancellationToken)
    {
        var file = Path.Combine(workspace.WorkDir, $"{Guid.NewGuid():N}.json");
        try
        {
            await File.WriteAllTextAsync(file, state.ToJsonString(), cancellationToken).ConfigureAwait(false);
            await RunAsync(["stack", "import", "--stack", stack, "--file", file], workspace, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private Task<CommandResult> RunAsync(IList<string> arguments, Workspace workspace, CancellationToken cancellationToken) =>
        _command.RunAsync(arguments, workspace.WorkDir, _environment, cancellationToken: cancellationToken);
}
