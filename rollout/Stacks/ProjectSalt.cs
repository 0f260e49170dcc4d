using FogInfra.Model;
using FogInfra.Rollout.Engines;
using Pulumi.Automation;

namespace FogInfra.Rollout.Stacks;

/// <summary>
/// The salt that the stacks of a project share. Pulumi derives the key of a stack's secrets from passphrase and salt by a million rounds of
/// PBKDF2, about half a second of processor time for each salt, by design; the embedded engine keeps the keys that it has derived. A salt is
/// no secret: Pulumi writes it into the settings file of a stack.
/// </summary>
/// <param name="project">The project.</param>
/// <param name="engine">The engine.</param>
internal sealed class ProjectSalt(ProjectLayout project, Engine engine)
{
    private readonly SemaphoreSlim _place = new(1);

    private string File => Path.Combine(project.RunnerFolder, "encryptionsalt");

    /// <summary>Makes a stack that has the project's salt, unless its settings say otherwise.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="workspace">Its workspace.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<WorkspaceStack> CreateStackAsync(string name, LocalWorkspace workspace, CancellationToken cancellationToken)
    {
        // A Pulumi CLI may be logged in to a service that keeps the keys; it does as its user has told it.
        if (engine.IsEmbedded)
        {
            var settings = await workspace.GetStackSettingsAsync(name, cancellationToken).ConfigureAwait(false) ?? new StackSettings();
            if (settings is { EncryptionSalt: null or "", SecretsProvider: null or "" or "passphrase" })
            {
                settings.EncryptionSalt = await EnsureAsync(cancellationToken).ConfigureAwait(false);
                await workspace.SaveStackSettingsAsync(name, settings, cancellationToken).ConfigureAwait(false);
            }
        }

        return await WorkspaceStack.CreateAsync(name, workspace, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The project's salt, if there is one already; else one that is forgotten again.</summary>
    public async Task<string?> ReadOrMakeAsync(CancellationToken cancellationToken) =>
        await ReadAsync(cancellationToken).ConfigureAwait(false) ?? await MakeAsync(engine, cancellationToken).ConfigureAwait(false);

    private async Task<string?> EnsureAsync(CancellationToken cancellationToken)
    {
        await _place.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (await ReadAsync(cancellationToken).ConfigureAwait(false) is { } known)
            {
                return known;
            }

            var temporary = $"{File}.{Guid.NewGuid():N}";
            await System.IO.File.WriteAllTextAsync(temporary, await MakeAsync(engine, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            try
            {
                System.IO.File.Move(temporary, File, overwrite: false);
            }
            catch (IOException) when (System.IO.File.Exists(File))
            {
                System.IO.File.Delete(temporary); // Of two processes that come here at once the first one's counts.
            }

            return await ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _place.Release();
        }
    }

    private async Task<string?> ReadAsync(CancellationToken cancellationToken) =>
        System.IO.File.Exists(File) ? await System.IO.File.ReadAllTextAsync(File, cancellationToken).ConfigureAwait(false) : null;

    // By giving a secret to a stack that is of no other use, in a backend of its own.
    private static async Task<string?> MakeAsync(Engine engine, CancellationToken cancellationToken)
    {
        const string name = "salt";
        var folder = Directory.CreateTempSubdirectory("fog-salt-").FullName;
        try
        {
            using var workspace = await LocalWorkspace.CreateAsync(
                new LocalWorkspaceOptions
                {
                    WorkDir = folder,
                    PulumiCommand = engine.Command,
                    EnvironmentVariables = new Dictionary<string, string?>(engine.Environment) { [EngineEnvironment.BackendUrl] = $"file://{folder}" },
                    ProjectSettings = new ProjectSettings(name, ProjectRuntimeName.Dotnet),
                },
                cancellationToken).ConfigureAwait(false);
            using var stack = await WorkspaceStack.CreateAsync(name, workspace, cancellationToken).ConfigureAwait(false);
            await stack.SetConfigAsync($"{name}:secret", new ConfigValue("", isSecret: true), cancellationToken).ConfigureAwait(false);
            return (await workspace.GetStackSettingsAsync(name, cancellationToken).ConfigureAwait(false))?.EncryptionSalt;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
