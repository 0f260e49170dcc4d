using System.Text.Json;

namespace Pulumi;

// Outputs inside of the value are written as what they hold, and make the text unknown or secret where they are.
public static partial class Output
{
    /// <summary>Writes a value as JSON. Outputs and inputs inside of it are waited for.</summary>
    /// <param name="value">The value.</param>
    /// <param name="options">How to write; the serializer's defaults when null.</param>
    public static Output<string> JsonSerialize<T>(Output<T> value, JsonSerializerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new(SerializeAsync(value, options));
    }

    /// <summary>Reads a value from JSON.</summary>
    /// <param name="json">The JSON text.</param>
    /// <param name="options">How to read; the serializer's defaults when null.</param>
    public static Output<T> JsonDeserialize<T>(Output<string> json, JsonSerializerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        return new(DeserializeAsync<T>(json, options));
    }

    private static async Task<OutputState<string>> SerializeAsync<T>(Output<T> value, JsonSerializerOptions? options)
    {
        var state = await value.State.ConfigureAwait(false);
        if (!state.IsKnown)
        {
            return state.With("");
        }

        while (true)
        {
            var nested = new NestedOutputs();
            var text = JsonSerializer.Serialize(state.Value, WithOutputs(options, nested, state.With("")));
            if (nested.Pending.Count == 0)
            {
                return state.Then(nested.Merge.Of(text));
            }

            // A converter cannot wait. So the outputs that it met unsettled are waited for here, and the value is written again.
            await Task.WhenAll(nested.Pending).ConfigureAwait(false);
        }
    }

    private static async Task<OutputState<T>> DeserializeAsync<T>(Output<string> json, JsonSerializerOptions? options)
    {
        var state = await json.State.ConfigureAwait(false);
        return state.With(state.IsKnown
            ? JsonSerializer.Deserialize<T>(state.Value, WithOutputs(options, new NestedOutputs(), state))!
            : default!);
    }

    private static JsonSerializerOptions WithOutputs(JsonSerializerOptions? options, NestedOutputs nested, OutputState<string> source)
    {
        var result = options is null ? new JsonSerializerOptions() : new JsonSerializerOptions(options);
        result.Converters.Add(new OutputJsonConverterFactory(nested, source));
        return result;
    }
}
