namespace Pulumi;

/// <summary>What an engine asks to be run in this process.</summary>
internal sealed record InlineDeploymentSettings
{
    /// <summary>Where resources are registered: <c>HOST:PORT</c>.</summary>
    public required string MonitorAddress { get; init; }

    /// <summary>Where messages go: <c>HOST:PORT</c>.</summary>
    public required string EngineAddress { get; init; }

    public required string Project { get; init; }

    public required string Stack { get; init; }

    public required string Organization { get; init; }

    /// <summary>The configuration by <c>namespace:key</c>.</summary>
    public required IReadOnlyDictionary<string, string> Config { get; init; }

    /// <summary>The keys whose values are secret.</summary>
    public required IReadOnlyCollection<string> ConfigSecretKeys { get; init; }

    /// <summary>How many steps the engine does at the same time. Programs do not need to know.</summary>
    public required int Parallel { get; init; }

    /// <summary>Whether nothing is to be changed: a preview.</summary>
    public required bool IsDryRun { get; init; }
}

/// <summary>Runs programs in this process, for the Automation API.</summary>
internal static class InlineDeployment
{
    /// <summary>Runs a function that makes resources and returns the stack's outputs.</summary>
    /// <param name="settings">What to run it as.</param>
    /// <param name="program">The function.</param>
    /// <param name="cancellationToken">Ends the program without waiting for what is under way.</param>
    /// <returns>Null when it succeeded, else the exception with which it failed; the engine has been told.</returns>
    internal static Task<Exception?> RunAsync(
        InlineDeploymentSettings settings, Func<Task<IDictionary<string, object?>>> program, CancellationToken cancellationToken) =>
        RunAsync(settings, () => new Stack().RegisterProgramOutputs(program), cancellationToken);

    /// <summary>Runs a stack's class.</summary>
    /// <param name="settings">What to run it as.</param>
    /// <param name="createStack">Makes the stack.</param>
    /// <param name="cancellationToken">Ends the program without waiting for what is under way.</param>
    /// <returns>Null when it succeeded, else the exception with which it failed; the engine has been told.</returns>
    internal static Task<Exception?> RunAsync<TStack>(
        InlineDeploymentSettings settings, Func<TStack> createStack, CancellationToken cancellationToken)
        where TStack : Stack =>
        RunAsync(settings, () => createStack().RegisterPropertyOutputs(), cancellationToken);

    /// <summary>Runs a stack's class that a service provider makes.</summary>
    /// <param name="settings">What to run it as.</param>
    /// <param name="stackType">The class.</param>
    /// <param name="services">The service provider.</param>
    /// <param name="cancellationToken">Ends the program without waiting for what is under way.</param>
    /// <returns>Null when it succeeded, else the exception with which it failed; the engine has been told.</returns>
    internal static Task<Exception?> RunAsync(
        InlineDeploymentSettings settings, Type stackType, IServiceProvider services, CancellationToken cancellationToken) =>
        RunAsync(settings, () => Deployment.CreateStack(stackType, services), cancellationToken);

    private static async Task<Exception?> RunAsync(InlineDeploymentSettings settings, Action start, CancellationToken cancellationToken)
    {
        var connection = new EngineConnection(settings.MonitorAddress, settings.EngineAddress, cancellationToken);
        await using (connection.ConfigureAwait(false))
        {
            var program = new ProgramRun(
                new ProgramSettings
                {
                    Project = settings.Project,
                    Stack = settings.Stack,
                    Organization = settings.Organization,
                    RootDirectory = null, // As in the real package: programs that run inside a client are not told.
                    IsDryRun = settings.IsDryRun,
                    Config = ProgramConfig.Create(settings.Config, settings.ConfigSecretKeys),
                },
                connection,
                connection);
            await using (program.ConfigureAwait(false))
            {
                var result = await Deployment.RunAsync(program, start, cancellationToken).ConfigureAwait(false);
                return result.ToException();
            }
        }
    }
}
