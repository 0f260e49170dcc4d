using System.Text.Json;
using System.Text.Json.Nodes;
using Pulumi;
using Pulumi.Testing;

namespace FogInfra.Tests.PulumiKubernetes.Support;

/// <summary>Runs programs on mocks and looks at what they did.</summary>
internal static class TestProgram
{
    /// <summary>Runs a program to its end.</summary>
    public static async Task<RecordingMocks> RunAsync(Action program, RecordingMocks? mocks = null)
    {
        mocks ??= new RecordingMocks();
        await Deployment.TestAsync(mocks, new TestOptions { ProjectName = "shop", StackName = "fog", IsPreview = false }, program);
        return mocks;
    }

    /// <summary>Runs a program and gives the value of the output that it ends with.</summary>
    public static async Task<T> OutputOfAsync<T>(Func<Output<T>> program, RecordingMocks? mocks = null)
    {
        var value = new TaskCompletionSource<T>();
        await RunAsync(() => program().Apply(found => value.TrySetResult(found)), mocks);
        Assert.True(value.Task.IsCompleted, "The output has no value.");
        return await value.Task;
    }

    /// <summary>Asserts on all inputs that the engine got for a resource.</summary>
    public static void AssertInputs(this RecordingMocks mocks, string name, string json)
    {
        var expected = JsonNode.Parse(json);
        var actual = JsonSerializer.SerializeToNode(mocks.Requests[name].Inputs);
        Assert.True(JsonNode.DeepEquals(expected, actual), $"Expected: {expected}\nActual: {actual}");
    }
}
