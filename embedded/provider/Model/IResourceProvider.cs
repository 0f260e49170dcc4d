namespace FogInfra.Embedded.Provider;

/// <summary>
/// Manages the resources of one package for an engine. The calls are those of Pulumi's ResourceProvider service.
/// Calls come concurrently, each for one resource; those for one resource come one after the other.
/// </summary>
/// <remarks>
/// A method that fails throws <see cref="ProviderException"/>; one that left a resource behind that is not as it should be
/// throws <see cref="ResourceInitException"/>; one that the provider does not have throws <see cref="NotSupportedException"/>.
/// A cancelled token ends the call as soon as it is safe, with <see cref="OperationCanceledException"/>.
/// </remarks>
public interface IResourceProvider : IAsyncDisposable
{
    /// <summary>The provider's version, or empty.</summary>
    Task<string> GetVersionAsync(CancellationToken cancellationToken);

    /// <summary>Checks the provider's own configuration.</summary>
    Task<CheckResult> CheckConfigAsync(CheckRequest request, CancellationToken cancellationToken);

    /// <summary>Compares two configurations: whether a change replaces the provider, and so all resources made with it.</summary>
    Task<DiffResult> DiffConfigAsync(DiffRequest request, CancellationToken cancellationToken);

    /// <summary>Configures the provider; called once, before any call for a resource.</summary>
    Task<ProviderFeatures> ConfigureAsync(ConfigureRequest request, CancellationToken cancellationToken);

    /// <summary>Checks a resource's inputs and fills in defaults.</summary>
    Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancellationToken);

    /// <summary>Compares a resource's state with new inputs.</summary>
    Task<DiffResult> DiffAsync(DiffRequest request, CancellationToken cancellationToken);

    /// <summary>Creates a resource and waits until it can be used.</summary>
    Task<CreateResult> CreateAsync(CreateRequest request, CancellationToken cancellationToken);

    /// <summary>Reads a resource; the result has no id when the resource is gone.</summary>
    Task<ReadResult> ReadAsync(ReadRequest request, CancellationToken cancellationToken);

    /// <summary>Changes a resource in place and waits until it can be used.</summary>
    Task<UpdateResult> UpdateAsync(UpdateRequest request, CancellationToken cancellationToken);

    /// <summary>Deletes a resource and waits until it is gone; one that is gone already is no error.</summary>
    Task DeleteAsync(DeleteRequest request, CancellationToken cancellationToken);

    /// <summary>Calls a function.</summary>
    Task<InvokeResult> InvokeAsync(InvokeRequest request, CancellationToken cancellationToken);

    /// <summary>Asks the provider to end what it is doing; running calls may fail.</summary>
    Task CancelAsync(CancellationToken cancellationToken);
}
