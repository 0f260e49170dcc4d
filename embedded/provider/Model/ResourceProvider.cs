namespace FogInfra.Embedded.Provider;

/// <summary>A provider to derive from: what a derived class does not override, it does not support.</summary>
public abstract class ResourceProvider : IResourceProvider
{
    /// <inheritdoc/>
    public abstract Task<string> GetVersionAsync(CancellationToken cancellationToken);

    /// <summary>Takes the configuration as it is.</summary>
    public virtual Task<CheckResult> CheckConfigAsync(CheckRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(CheckResult.Passed(request.NewInputs));

    /// <summary>Leaves the comparison to the engine.</summary>
    public virtual Task<DiffResult> DiffConfigAsync(DiffRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(new DiffResult { Changes = DiffChanges.Unknown });

    /// <inheritdoc/>
    public abstract Task<ProviderFeatures> ConfigureAsync(ConfigureRequest request, CancellationToken cancellationToken);

    /// <summary>Takes the inputs as they are.</summary>
    public virtual Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(CheckResult.Passed(request.NewInputs));

    /// <summary>Leaves the comparison to the engine.</summary>
    public virtual Task<DiffResult> DiffAsync(DiffRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(new DiffResult { Changes = DiffChanges.Unknown });

    /// <inheritdoc/>
    public virtual Task<CreateResult> CreateAsync(CreateRequest request, CancellationToken cancellationToken) => throw NotSupported(request.Urn.Type);

    /// <inheritdoc/>
    public virtual Task<ReadResult> ReadAsync(ReadRequest request, CancellationToken cancellationToken) => throw NotSupported(request.Urn.Type);

    /// <inheritdoc/>
    public virtual Task<UpdateResult> UpdateAsync(UpdateRequest request, CancellationToken cancellationToken) => throw NotSupported(request.Urn.Type);

    /// <inheritdoc/>
    public virtual Task DeleteAsync(DeleteRequest request, CancellationToken cancellationToken) => throw NotSupported(request.Urn.Type);

    /// <inheritdoc/>
    public virtual Task<InvokeResult> InvokeAsync(InvokeRequest request, CancellationToken cancellationToken) => throw NotSupported(request.Token);

    /// <inheritdoc/>
    public virtual Task CancelAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private NotSupportedException NotSupported(string what) => new($"{GetType().Name} does not support this operation on {what}.");
}
