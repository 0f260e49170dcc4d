using System.Collections.Concurrent;
using System.Collections.Immutable;
using Pulumi.Testing;

namespace FogInfra.Tests.PulumiKubernetes.Support;

/// <summary>An engine that creates nothing and remembers what it was asked for.</summary>
internal sealed class RecordingMocks(Func<MockResourceArgs, IReadOnlyDictionary<string, object>>? cluster = null) : IMocks
{
    private readonly ConcurrentDictionary<string, MockResourceArgs> _requests = new();

    /// <summary>What was asked for, by the name of the resource in the program.</summary>
    public IReadOnlyDictionary<string, MockResourceArgs> Requests => _requests;

    public Task<(string? id, object state)> NewResourceAsync(MockResourceArgs args)
    {
        _requests[args.Name!] = args;
        var state = args.Inputs.SetItems(cluster?.Invoke(args) ?? ImmutableDictionary<string, object>.Empty);
        return Task.FromResult<(string?, object)>((args.Id is { Length: > 0 } id ? id : $"default/{args.Name}", state));
    }

    public Task<object> CallAsync(MockCallArgs args) => throw new NotSupportedException($"No program here calls {args.Token}.");
}
