using System.Collections.Concurrent;
using FogInfra.Embedded.Engine.State;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;

namespace FogInfra.Embedded.Engine.Providers;

/// <summary>
/// The providers of a run by the references that resources have to them: those that the program registers, and, loaded when they
/// are first needed, those of the state before. May be used by many threads at once.
/// </summary>
internal sealed class ProviderRegistry(IProviderSource source, bool preview) : IResourceOperations, IAsyncDisposable
{
    private readonly ConcurrentDictionary<ProviderReference, LoadedProvider> _registered = new();
    private readonly ConcurrentDictionary<ProviderReference, Lazy<Task<LoadedProvider>>> _fromState = new();
    private readonly ConcurrentDictionary<Urn, IResourceProvider> _checked = new();
    private readonly ConcurrentBag<IResourceProvider> _started = [];

    /// <summary>The provider that a reference names.</summary>
    /// <param name="reference">The reference.</param>
    /// <param name="prior">The state before, which may know it when this run does not.</param>
    /// <param name="cancellationToken">Ends the start of a provider.</param>
    /// <exception cref="ProviderException">There is no such provider, or it does not start.</exception>
    public async Task<LoadedProvider> GetAsync(ProviderReference reference, PriorState prior, CancellationToken cancellationToken)
    {
        if (_registered.TryGetValue(reference, out var registered))
        {
            return registered;
        }

        var state = prior.FindProvider(reference)
            ?? throw new ProviderException($"unknown provider '{reference}': it is neither registered by the program nor part of the stack's state");
        var loaded = _fromState.GetOrAdd(reference, _ => new Lazy<Task<LoadedProvider>>(() => StartAsync(state.Urn, state.Inputs, cancellationToken)));
        return await loaded.Value.ConfigureAwait(false);
    }

    /// <summary>Registers a provider resource that did not change.</summary>
    public async Task SameAsync(ResourceState state, CancellationToken cancellationToken) =>
        await RegisterAsync(state.Urn, state.Id, state.Inputs, cancellationToken).ConfigureAwait(false);

    /// <summary>What the provider that is now registered says of the change from another provider's configuration to its own.</summary>
    public async Task<DiffResult> DiffConfigAsync(
        ProviderReference reference, ResourceState before, ResourceState after, PriorState prior, CancellationToken cancellationToken)
    {
        var provider = await GetAsync(reference, prior, cancellationToken).ConfigureAwait(false);
        var request = new DiffRequest(
            after.Urn,
            before.Id,
            Plain(before.Inputs),
            Plain(before.Outputs),
            Plain(after.Inputs),
            []);
        return await DiffConfigAsync(provider.Plugin, request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Checks the inputs of a provider resource: starts the provider and has it check them.</summary>
    public async Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancellationToken)
    {
        var plugin = await StartPluginAsync(request.Urn, request.NewInputs, cancellationToken).ConfigureAwait(false);
        _checked[request.Urn] = plugin;
        try
        {
            var result = await plugin.CheckConfigAsync(
                request with { OldInputs = Plain(request.OldInputs), NewInputs = Plain(request.NewInputs) }, cancellationToken).ConfigureAwait(false);
            var inputs = SecretAnnotation.Annotate(result.Inputs, request.NewInputs);
            return result with { Inputs = ProviderInputs.Restore(inputs, request.NewInputs) };
        }
        catch (NotSupportedException)
        {
            return CheckResult.Passed(request.NewInputs); // A provider need not check its configuration.
        }
    }

    /// <summary>Compares the inputs of a provider resource.</summary>
    public async Task<DiffResult?> DiffAsync(DiffRequest request, CancellationToken cancellationToken)
    {
        if (request.NewInputs.ContainsUnknowns)
        {
            return new DiffResult { Changes = DiffChanges.Unknown };
        }

        var plugin = await StartedAsync(request.Urn, request.NewInputs, cancellationToken).ConfigureAwait(false);
        return await DiffConfigAsync(
            plugin,
            request with { OldInputs = Plain(request.OldInputs), OldOutputs = Plain(request.OldOutputs), NewInputs = Plain(request.NewInputs) },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Configures a provider and gives it an id.</summary>
    public async Task<CreateResult> CreateAsync(CreateRequest request, CancellationToken cancellationToken)
    {
        var id = request.Preview ? Signatures.Unknown : Guid.NewGuid().ToString();
        await RegisterAsync(request.Urn, id, request.Inputs, cancellationToken).ConfigureAwait(false);
        return new CreateResult(request.Preview ? "" : id, ProviderInputs.ForProvider(request.Inputs));
    }

    /// <summary>Configures a provider anew.</summary>
    public async Task<UpdateResult> UpdateAsync(UpdateRequest request, CancellationToken cancellationToken)
    {
        await RegisterAsync(request.Urn, request.Id, request.NewInputs, cancellationToken).ConfigureAwait(false);
        return new UpdateResult(ProviderInputs.ForProvider(request.NewInputs));
    }

    /// <summary>Providers are nowhere but here.</summary>
    public Task<ReadResult> ReadAsync(ReadRequest request, CancellationToken cancellationToken) =>
        throw new ProviderException("provider resources may not be read");

    /// <summary>Nothing is left of a provider that nobody refers to.</summary>
    public Task DeleteAsync(DeleteRequest request, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Asks all providers to end what they do.</summary>
    public async Task CancelAsync()
    {
        foreach (var plugin in _started)
        {
            try
            {
                await plugin.CancelAsync(CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is ProviderException or NotSupportedException)
            {
                // A provider that cannot be asked is waited for like the others.
            }
        }
    }

    /// <summary>Ends all providers.</summary>
    public async ValueTask DisposeAsync()
    {
        while (_started.TryTake(out var plugin))
        {
            await plugin.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<LoadedProvider> StartAsync(Urn urn, PropertyMap inputs, CancellationToken cancellationToken) =>
        await ConfigureAsync(await StartPluginAsync(urn, inputs, cancellationToken).ConfigureAwait(false), urn, inputs, cancellationToken).ConfigureAwait(false);

    private async Task RegisterAsync(Urn urn, string id, PropertyMap inputs, CancellationToken cancellationToken)
    {
        var plugin = await StartedAsync(urn, inputs, cancellationToken).ConfigureAwait(false);
        _registered[new ProviderReference(urn, id)] = await ConfigureAsync(plugin, urn, inputs, cancellationToken).ConfigureAwait(false);
    }

    // The one that checked the inputs, if they were checked in this run.
    private async Task<IResourceProvider> StartedAsync(Urn urn, PropertyMap inputs, CancellationToken cancellationToken) =>
        _checked.TryGetValue(urn, out var plugin) ? plugin : await StartPluginAsync(urn, inputs, cancellationToken).ConfigureAwait(false);

    private async Task<IResourceProvider> StartPluginAsync(Urn urn, PropertyMap inputs, CancellationToken cancellationToken)
    {
        var request = new ProviderRequest(ProviderReference.PackageOf(urn), ProviderInputs.Version(inputs), ProviderInputs.DownloadUrl(inputs));
        var plugin = await source.StartAsync(request, cancellationToken).ConfigureAwait(false);
        _started.Add(plugin);
        return plugin;
    }

    private async Task<LoadedProvider> ConfigureAsync(IResourceProvider plugin, Urn urn, PropertyMap inputs, CancellationToken cancellationToken)
    {
        if (preview && inputs.ContainsUnknowns)
        {
            return new LoadedProvider(plugin, null);
        }

        var features = await plugin.ConfigureAsync(new ConfigureRequest(urn, ProviderInputs.ForProvider(inputs)), cancellationToken).ConfigureAwait(false);
        return new LoadedProvider(plugin, features);
    }

    private static async Task<DiffResult> DiffConfigAsync(IResourceProvider plugin, DiffRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await plugin.DiffConfigAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (NotSupportedException)
        {
            return new DiffResult { Changes = DiffChanges.Unknown }; // A provider need not compare its configuration.
        }
    }

    private static PropertyMap Plain(PropertyMap inputs) => ProviderInputs.ForProvider(inputs).Select(value => value.Reveal());
}
