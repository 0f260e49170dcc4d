using System.Collections.Immutable;
using Pulumi;

namespace FogInfra.Tests;

/// <summary>A resource with one output of any type, given whatever inputs a test wants.</summary>
public sealed class Box<T> : CustomResource
{
    public Box(string name, Dictionary<string, object?>? inputs = null, CustomResourceOptions? options = null)
        : base("test:index:Box", name, new BoxArgs(inputs ?? []), options)
    {
    }

    [Output("value")]
    public Output<T> Value { get; private set; } = null!;
}

/// <summary>Three inputs, each of whatever a test gives it.</summary>
public sealed class BoxArgs(Dictionary<string, object?> inputs) : ResourceArgs
{
    [Input("value")]
    public object? Value { get; } = inputs.GetValueOrDefault("value");

    [Input("other")]
    public object? Other { get; } = inputs.GetValueOrDefault("other");

    [Input("third")]
    public object? Third { get; } = inputs.GetValueOrDefault("third");
}

/// <summary>A component without children, until a test gives it some.</summary>
public sealed class Group : ComponentResource
{
    public Group(string name, ComponentResourceOptions? options = null)
        : base("test:index:Group", name, options)
    {
    }

    public Group(string name, ResourceArgs args, bool remote, ComponentResourceOptions? options = null)
        : base("test:index:Group", name, args, options, remote)
    {
    }

    public void Register(Dictionary<string, object?> outputs) => RegisterOutputs(outputs);
}

/// <summary>A provider of the package that the other resources here belong to.</summary>
public sealed class TestProvider(string name) : ProviderResource("test", name, ResourceArgs.Empty, options: null);

/// <summary>Reads outputs in tests.</summary>
internal static class OutputReading
{
    public static Task<T> ValueAsync<T>(this Output<T> output) => Pulumi.Utilities.OutputUtilities.GetValueAsync(output);

    public static Task<bool> IsKnownAsync<T>(this Output<T> output) => Pulumi.Utilities.OutputUtilities.GetIsKnownAsync(output);

    public static Task<bool> IsSecretAsync<T>(this Output<T> output) => Output.IsSecretAsync(output);

    public static Task<ImmutableHashSet<Resource>> ResourcesAsync<T>(this Output<T> output) =>
        Pulumi.Utilities.OutputUtilities.GetDependenciesAsync(output);

    public static Output<T> Unknown<T>(T value = default!) => Pulumi.Utilities.OutputUtilities.CreateUnknown(value);
}
