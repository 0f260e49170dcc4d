using System.Collections.Concurrent;
using System.Collections.Immutable;
using FogInfra.Embedded.Engine.Providers;
using FogInfra.Embedded.Engine.State;
using FogInfra.Embedded.Engine.Steps;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.Deploying;

/// <summary>Makes the providers of resources that name none: one for each package, version and download address.</summary>
/// <param name="registrar">Registers them like any resource.</param>
/// <param name="config">The stack's configuration by namespace: what is set for the package are the provider's inputs.</param>
/// <param name="disabled">Packages that must not have one; <c>*</c> is all.</param>
internal sealed class DefaultProviders(
    Registrar registrar, ImmutableDictionary<string, PropertyMap> config, ImmutableHashSet<string> disabled)
{
    private readonly ConcurrentDictionary<ProviderRequest, Lazy<Task<RegistrationOutcome>>> _providers = new();

    /// <summary>The provider for resources of a package; made when it is first asked for.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="user">What wants it, for the error when it may not have one.</param>
    /// <returns>The reference; null when the run has stopped.</returns>
    /// <exception cref="RegistrationException">The package must not have one, or it cannot be made.</exception>
    public async Task<ProviderReference?> GetAsync(ProviderRequest request, string user)
    {
        if (disabled.Contains(request.Package) || disabled.Contains("*"))
        {
            throw new RegistrationException($"Default provider for '{request.Package}' disabled. '{user}' must use an explicit provider.");
        }

        var outcome = await _providers.GetOrAdd(request, key => new Lazy<Task<RegistrationOutcome>>(() => registrar.RegisterAsync(ToGoal(key))))
            .Value.ConfigureAwait(false);
        return outcome switch
        {
            RegistrationOutcome.Done done => ToReference(done.State),
            RegistrationOutcome.Stopped => null,
            _ => throw new RegistrationException($"the default provider for '{request.Package}' could not be made") { IsReported = true },
        };
    }

    /// <summary>The reference to a provider that was registered; in a preview a new one has no id yet.</summary>
    public static ProviderReference ToReference(ResourceState provider) =>
        new(provider.Urn, provider.Id.Length > 0 ? provider.Id : Signatures.Unknown);

    private Goal ToGoal(ProviderRequest request) => new()
    {
        Type = ProviderReference.TypePrefix + request.Package,
        Name = DefaultProviderName.Of(request.Version, request.DownloadUrl),
        Custom = true,
        Inputs = ProviderInputs.With(config.GetValueOrDefault(request.Package, PropertyMap.Empty), request.Version, request.DownloadUrl),
    };
}
