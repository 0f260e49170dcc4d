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

    /// <summary>How long a call really takes in a process that does nothing else: timers are only as fine as the system's ticks.</summary>
    public async Task<TimeSpan> MeasureCallAsync()
    {
        const int calls = 51;
        var lengths = new List<TimeSpan>();
        for (var call = 0; call < calls; call++)
        {
            var started = Stopwatch.GetTimestamp();
            await WaitAsync(CancellationToken.None);
            lengths.Add(Stopwatch.GetElapsedTime(started));
        }

        return lengths.Order().ElementAt(calls / 2);
    }

    private Task WaitAsync(CancellationToken cancellationToken) => delay == TimeSpan.Zero ? Task.CompletedTask : Task.Delay(delay, cancellationToken);
}
