using FogInfra.Embedded.Provider;

namespace FogInfra.Embedded.Engine.Providers;

/// <summary>What a run does with resources of one provider. Values go in and come out as the engine holds them, with secrets marked.</summary>
internal interface IResourceOperations
{
    /// <summary>Checks inputs and fills in defaults.</summary>
    Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancellationToken);

    /// <summary>Compares a state with new inputs; null when the provider cannot be asked because its own configuration is not known yet.</summary>
    Task<DiffResult?> DiffAsync(DiffRequest request, CancellationToken cancellationToken);

    /// <summary>Creates a resource, or foretells it.</summary>
    Task<CreateResult> CreateAsync(CreateRequest request, CancellationToken cancellationToken);

    /// <summary>Reads a resource.</summary>
    Task<ReadResult> ReadAsync(ReadRequest request, CancellationToken cancellationToken);

    /// <summary>Changes a resource, or foretells it.</summary>
    Task<UpdateResult> UpdateAsync(UpdateRequest request, CancellationToken cancellationToken);

    /// <summary>Deletes a resource.</summary>
    Task DeleteAsync(DeleteRequest request, CancellationToken cancellationToken);
}
