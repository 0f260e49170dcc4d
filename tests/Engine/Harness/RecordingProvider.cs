using System.Collections.Concurrent;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;

namespace FogInfra.Engine.Tests.Harness;

/// <summary>
/// A provider in memory that notes every call. A resource named X gets the id X-1, then X-2; its outputs are its inputs and
/// <c>serial</c>. Hooks stand in for what real providers do otherwise.
/// </summary>
internal sealed class RecordingProvider : ResourceProvider
{
    private readonly ConcurrentDictionary<string, int> _serials = new();

    /// <summary>The calls, as <c>verb name</c>, in the order in which they came.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    /// <summary>What exists: id to outputs.</summary>
    public ConcurrentDictionary<string, PropertyMap> Existing { get; } = new();

    public ConcurrentQueue<PropertyMap> Configurations { get; } = new();

    public ProviderFeatures Features { get; set; } = new() { AcceptsSecrets = true, AcceptsReferences = true, SupportsPreview = true };

    public Func<CheckRequest, CheckResult>? OnCheck { get; set; }

    public Func<DiffRequest, DiffResult>? OnDiff { get; set; }

    public Func<DiffRequest, DiffResult>? OnDiffConfig { get; set; }

    public Func<CreateRequest, CancellationToken, Task>? OnCreate { get; set; }

    /// <summary>Called for each create that is none of a preview, before anything else.</summary>
    public Action<CreateRequest>? Creating { get; set; }

    public Func<UpdateRequest, CancellationToken, Task>? OnUpdate { get; set; }

    public Func<DeleteRequest, CancellationToken, Task>? OnDelete { get; set; }

    public Func<ReadRequest, ReadResult>? OnRead { get; set; }

    public Func<InvokeRequest, InvokeResult>? OnInvoke { get; set; }

    public int Cancellations { get; private set; }

    /// <summary>The calls that change something.</summary>
    public IReadOnlyList<string> Changes => [.. Calls.Where(call => call.Split(' ')[0] is "create" or "update" or "delete")];

    public override Task<string> GetVersionAsync(CancellationToken cancellationToken) => Task.FromResult("1.0.0");

    public override Task<ProviderFeatures> ConfigureAsync(ConfigureRequest request, CancellationToken cancellationToken)
    {
        Configurations.Enqueue(request.Inputs);
        return Task.FromResult(Features);
    }

    public override Task<DiffResult> DiffConfigAsync(DiffRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(OnDiffConfig?.Invoke(request) ?? new DiffResult { Changes = DiffChanges.Unknown });

    public override Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancellationToken)
    {
        Calls.Enqueue($"check {request.Urn.Name}");
        return Task.FromResult(OnCheck?.Invoke(request) ?? CheckResult.Passed(request.NewInputs));
    }

    public override Task<DiffResult> DiffAsync(DiffRequest request, CancellationToken cancellationToken)
    {
        Calls.Enqueue($"diff {request.Urn.Name}");
        return Task.FromResult(OnDiff?.Invoke(request) ?? new DiffResult { Changes = DiffChanges.Unknown });
    }

    public override async Task<CreateResult> CreateAsync(CreateRequest request, CancellationToken cancellationToken)
    {
        Calls.Enqueue($"{(request.Preview ? "preview-" : "")}create {request.Urn.Name}");
        if (request.Preview)
        {
            return new CreateResult("", request.Inputs.With("serial", PropertyValue.Unknown));
        }

        Creating?.Invoke(request);
        await (OnCreate?.Invoke(request, cancellationToken) ?? Task.CompletedTask);
        var serial = _serials.AddOrUpdate(request.Urn.Name, 1, (_, last) => last + 1);
        var id = $"{request.Urn.Name}-{serial}";
        var outputs = request.Inputs.With("serial", (double)serial);
        Existing[id] = outputs;
        return new CreateResult(id, outputs);
    }

    public override async Task<UpdateResult> UpdateAsync(UpdateRequest request, CancellationToken cancellationToken)
    {
        Calls.Enqueue($"{(request.Preview ? "preview-" : "")}update {request.Urn.Name}");
        if (!request.Preview)
        {
            await (OnUpdate?.Invoke(request, cancellationToken) ?? Task.CompletedTask);
        }

        var outputs = request.NewInputs.With("serial", request.OldOutputs["serial"] ?? PropertyValue.Null);
        Existing[request.Id] = outputs;
        return new UpdateResult(outputs);
    }

    public override async Task DeleteAsync(DeleteRequest request, CancellationToken cancellationToken)
    {
        Calls.Enqueue($"delete {request.Id}");
        await (OnDelete?.Invoke(request, cancellationToken) ?? Task.CompletedTask);
        Existing.TryRemove(request.Id, out _);
    }

    public override Task<ReadResult> ReadAsync(ReadRequest request, CancellationToken cancellationToken)
    {
        Calls.Enqueue($"read {request.Id}");
        return Task.FromResult(OnRead?.Invoke(request)
            ?? (Existing.TryGetValue(request.Id, out var outputs) ? new ReadResult(request.Id, outputs.Without("serial"), outputs) : ReadResult.Gone));
    }

    public override Task<InvokeResult> InvokeAsync(InvokeRequest request, CancellationToken cancellationToken)
    {
        Calls.Enqueue($"invoke {request.Token}");
        return Task.FromResult(OnInvoke?.Invoke(request) ?? new InvokeResult(request.Arguments, []));
    }

    public override Task CancelAsync(CancellationToken cancellationToken)
    {
        Cancellations++;
        return Task.CompletedTask;
    }
}
