using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pulumi;

/// <summary>The outputs that were met while a value was written as JSON.</summary>
internal sealed class NestedOutputs
{
    /// <summary>What is known about all that had settled.</summary>
    public StateMerge Merge { get; } = new();

    /// <summary>Those that had not.</summary>
    public List<Task> Pending { get; } = [];
}

/// <summary>Reads and writes outputs and inputs as what they hold.</summary>
/// <param name="nested">Where to note what was met.</param>
/// <param name="source">What is known about the text that is read: it holds for every output made from it.</param>
internal sealed class OutputJsonConverterFactory(NestedOutputs nested, OutputState<string> source) : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() is var type
        && (type == typeof(Output<>) || type == typeof(Input<>) || type == typeof(InputList<>) || type == typeof(InputMap<>));

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options)
    {
        var element = typeToConvert.GetGenericArguments()[0];
        var definition = typeToConvert.GetGenericTypeDefinition();
        var converter =
            definition == typeof(Output<>) ? typeof(OutputConverter<>)
            : definition == typeof(Input<>) ? typeof(InputConverter<>)
            : definition == typeof(InputList<>) ? typeof(ListConverter<>)
            : typeof(MapConverter<>);
        return (JsonConverter)Activator.CreateInstance(converter.MakeGenericType(element), nested, source)!;
    }

    private static void Write<T>(Utf8JsonWriter writer, Output<T> output, JsonSerializerOptions options, NestedOutputs nested)
    {
        if (!output.State.IsCompleted)
        {
            nested.Pending.Add(output.State);
            writer.WriteNullValue();
            return;
        }

        // The task has ended, so this does not block; a failed one throws its own exception.
        var state = output.State.GetAwaiter().GetResult();
        nested.Merge.Add(state);
        if (state.IsKnown)
        {
            JsonSerializer.Serialize(writer, state.Value, options);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    private static Output<T> Read<T>(ref Utf8JsonReader reader, JsonSerializerOptions options, OutputState<string> source) =>
        new(Task.FromResult(source.With(JsonSerializer.Deserialize<T>(ref reader, options)!)));

    private sealed class OutputConverter<T>(NestedOutputs nested, OutputState<string> source) : JsonConverter<Output<T>>
    {
        public override Output<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Read<T>(ref reader, options, source);

        public override void Write(Utf8JsonWriter writer, Output<T> value, JsonSerializerOptions options) =>
            Write<T>(writer, value, options, nested);
    }

    private sealed class InputConverter<T>(NestedOutputs nested, OutputState<string> source) : JsonConverter<Input<T>>
    {
        public override Input<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Read<T>(ref reader, options, source);

        public override void Write(Utf8JsonWriter writer, Input<T> value, JsonSerializerOptions options) =>
            Write<T>(writer, value, options, nested);
    }

    private sealed class ListConverter<T>(NestedOutputs nested, OutputState<string> source) : JsonConverter<InputList<T>>
    {
        public override InputList<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Read<ImmutableArray<T>>(ref reader, options, source);

        public override void Write(Utf8JsonWriter writer, InputList<T> value, JsonSerializerOptions options) =>
            Write<ImmutableArray<T>>(writer, value, options, nested);
    }

    private sealed class MapConverter<T>(NestedOutputs nested, OutputState<string> source) : JsonConverter<InputMap<T>>
    {
        public override InputMap<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Read<ImmutableDictionary<string, T>>(ref reader, options, source);

        public override void Write(Utf8JsonWriter writer, InputMap<T> value, JsonSerializerOptions options) =>
            Write<ImmutableDictionary<string, T>>(writer, value, options, nested);
    }
}
