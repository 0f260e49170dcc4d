using System.Collections.Concurrent;
using Pulumi.Testing;

namespace FogInfra.Tests;

/// <summary>Answers with the inputs, and remembers what it was asked.</summary>
internal sealed class Mocks : IMocks
{
    public ConcurrentQueue<MockResourceArgs> Resources { get; } = [];

    public ConcurrentQueue<MockCallArgs> Calls { get; } = [];

    public ConcurrentQueue<MockRegisterResourceOutputsRequest> Outputs { get; } = [];

    public object? State { get; init; }

    public string? Failure { get; init; }

    public Task<(string? id, object state)> NewResourceAsync(MockResourceArgs args)
    {
        if (Failure is not null)
        {
            throw new InvalidOperationException(Failure);
        }

        Resources.Enqueue(args);
        return Task.FromResult<(string?, object)>(($"{args.Name}-id", State ?? args.Inputs));
    }

    public Task<object> CallAsync(MockCallArgs args)
    {
        Calls.Enqueue(args);
        return Task.FromResult<object>(new Dictionary<string, object> { ["result"] = "called" });
    }

    public Task RegisterResourceOutputs(MockRegisterResourceOutputsRequest args)
    {
        Outputs.Enqueue(args);
        return Task.CompletedTask;
    }
}
