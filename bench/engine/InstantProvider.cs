using System.Diagnostics;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;

namespace FogInfra.Bench;

/// <summary>A provider that answers at once, or after a fixed time; nothing exists but in the answers.</summary>
/// <param name="delay">How long each call takes.</param>
internal sealed class InstantProvider(TimeSpan delay) : ResourceProvider
{
    public override Task<string> GetVersionAsync(CancellationToken cancellationToken) => Task.FromResult("1.0.0");

    public override Task<ProviderFeatures> ConfigureAsync(ConfigureRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(new ProviderFeatures { AcceptsSecrets = true, AcceptsReferences = true, SupportsPreview = true });

    public override async Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancellationToken)
    {
        await WaitAsync(cancellationToken);
        return CheckResult.Passed(request.NewInputs);
    }

    public override async Task<DiffResult> DiffAsync(DiffRequest request, CancellationToken cancellationToken)
    {
        await WaitAsync(cancellationToken);
        return request.OldInputs.Equals(request.NewInputs) ? DiffResult.NoChanges : new DiffResult { Changes = DiffChanges.Some };
    }

    public override async Task<CreateResult> CreateAsync(CreateRequest request, CancellationToken cancellationToken)
    {
        await WaitAsync(cancellationToken);
        return request.Preview
            ? new CreateResult("", request.Inputs.With("address", PropertyValue.Unknown))
            : new CreateResult($"id-{request.Urn.Name}", request.Inputs.With("address", $"10.0.0.0/{request.Urn.Name}"));
    }

    public override async Task<UpdateResult> UpdateAsync(UpdateRequest request, CancellationToken cancellationToken)
    {
        await WaitAsync(cancellationToken);
        return new UpdateResult(request.NewInputs.With("address", $"10.0.0.0/{request.Urn.Name}"));
    }

    /// <summary>
    /// How long a call takes on average in a process that does nothing else. Timers are only as fine as the system's ticks, so that calls of
    /// 10 ms take 10.5 or 16.5 ms, for example; it is their mean of which paths and work consist.
    /// </summary>
    public async Task<TimeSpan> MeasureCallAsync()
    {
        const int calls = 100;
        var started = Stopwatch.GetTimestamp();
        for (var call = 0; call < calls; call++)
        {
            await WaitAsync(CancellationToken.None);
        }

        return Stopwatch.GetElapsedTime(started) / calls;
    }

    private Task WaitAsync(CancellationToken cancellationToken) => delay == TimeSpan.Zero ? Task.CompletedTask : Task.Delay(delay, cancellationToken);
}
