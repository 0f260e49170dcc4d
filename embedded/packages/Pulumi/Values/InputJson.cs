using System.Text.Json;

namespace Pulumi;

/// <summary>A JSON value for a resource, at hand or an output.</summary>
public sealed class InputJson : Input<JsonElement>
{
    /// <summary>Makes one that holds no JSON value.</summary>
    public InputJson()
        : base(Output.Create(default(JsonElement)))
    {
    }

    private InputJson(Output<JsonElement> output)
        : base(output)
    {
    }

    /// <summary>Takes a JSON text.</summary>
    /// <param name="json">The text.</param>
    /// <exception cref="JsonException">The text is no JSON.</exception>
    public static implicit operator InputJson(string json) => new(Output.Create(Parse(json)));

    /// <summary>Takes a JSON document.</summary>
    /// <param name="document">The document.</param>
    public static implicit operator InputJson(JsonDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return new(Output.Create(document.RootElement));
    }

    /// <summary>Takes a JSON value.</summary>
    /// <param name="element">The value.</param>
    public static implicit operator InputJson(JsonElement element) => new(Output.Create(element));

    /// <summary>Takes a JSON text that is there later.</summary>
    /// <param name="json">The text.</param>
    public static implicit operator InputJson(Output<string> json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return new(json.Apply(Parse));
    }

    /// <summary>Takes a JSON document that is there later.</summary>
    /// <param name="document">The document.</param>
    public static implicit operator InputJson(Output<JsonDocument> document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return new(document.Apply(value => value.RootElement));
    }

    /// <summary>Takes a JSON value that is there later.</summary>
    /// <param name="element">The value.</param>
    public static implicit operator InputJson(Output<JsonElement> element)
    {
        ArgumentNullException.ThrowIfNull(element);
        return new(element);
    }

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
