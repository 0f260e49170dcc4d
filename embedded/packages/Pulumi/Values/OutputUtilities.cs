using System.Collections.Immutable;

namespace Pulumi.Utilities;

/// <summary>What tests and special tools need to know about outputs.</summary>
public static class OutputUtilities
{
    /// <summary>Makes an output whose value is not known.</summary>
    /// <param name="value">What <see cref="GetValueAsync"/> does not give: it gives the default instead.</param>
    public static Output<T> CreateUnknown<T>(T value) => new(Task.FromResult(OutputState.Unknown(value)));

    /// <summary>Makes an output whose value is not known.</summary>
    /// <param name="valueFactory">A computation that is never run.</param>
    public static Output<T> CreateUnknown<T>(Func<Task<T>> valueFactory) => CreateUnknown(default(T)!);

    /// <summary>Whether the value is known.</summary>
    /// <param name="output">The output.</param>
    public static async Task<bool> GetIsKnownAsync<T>(Output<T> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        return (await output.State.ConfigureAwait(false)).IsKnown;
    }

    /// <summary>The value; the type's default while it is unknown.</summary>
    /// <param name="output">The output.</param>
    public static Task<T> GetValueAsync<T>(Output<T> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        return output.GetValueAsync(whenUnknown: default!);
    }

    /// <summary>The resources that the value comes from.</summary>
    /// <param name="output">The output.</param>
    public static async Task<ImmutableHashSet<Resource>> GetDependenciesAsync<T>(Output<T> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        return (await output.State.ConfigureAwait(false)).Resources;
    }

    /// <summary>The same output, coming from one more resource.</summary>
    /// <param name="output">The output; it stays as it is.</param>
    /// <param name="resource">The resource.</param>
    public static Output<T> WithDependency<T>(Output<T> output, Resource resource)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(resource);
        return output.Change(state => Task.FromResult(state.WithResources([resource])));
    }
}
