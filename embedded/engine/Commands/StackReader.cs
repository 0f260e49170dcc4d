using FogInfra.Embedded.Engine.Backend;
using FogInfra.Embedded.Engine.Deploying;
using FogInfra.Embedded.Engine.Providers;
using FogInfra.Embedded.Engine.Secrets;
using FogInfra.Embedded.Engine.State;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;

namespace FogInfra.Embedded.Engine.Commands;

/// <summary>Reads other stacks of the same backend for references to them, and the resources of this run.</summary>
internal sealed class StackReader(CommandContext context, OpenedStack current, RegistrationTable table) : IStackReader
{
    /// <inheritdoc/>
    public async Task<Snapshot?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var files = current.Backend.FilesOf(StackName.Parse(name, current.Name.Project));
            return !files.Exists ? null
                : await new OpenedStack(context, current.Backend, files, current.Project, null).ReadSnapshotAsync().ConfigureAwait(false)
                    ?? new Snapshot { Manifest = Manifest.Create(default, "") };
        }
        catch (Exception exception) when (exception is BackendException or SecretsException or SnapshotException or IOException)
        {
            throw new ProviderException($"could not read stack '{name}': {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public ResourceState? FindRegistered(Urn urn) => table.TryGet(urn, out var registration) ? registration.State : null;
}
