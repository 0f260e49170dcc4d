using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pulumi.Automation.Serialization;

/// <summary>A runtime in JSON: its name, or an object with name and options.</summary>
internal sealed class ProjectRuntimeJson : JsonConverter<ProjectRuntime>
{
    public override ProjectRuntime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return new ProjectRuntime(ReadName(reader.GetString()));
        }

        var form = JsonSerializer.Deserialize<Form>(ref reader, options);
        return new ProjectRuntime(ReadName(form?.Name)) { Options = form?.Options };
    }

    public override void Write(Utf8JsonWriter writer, ProjectRuntime value, JsonSerializerOptions options)
    {
        if (value.Options is null)
        {
            writer.WriteStringValue(WriteName(value.Name));
        }
        else
        {
            JsonSerializer.Serialize(writer, new Form(WriteName(value.Name), value.Options), options);
        }
    }

    internal static string Unknown(string? name) =>
        $"The runtime '{name}' is not known; it must be one of {string.Join(", ", Enum.GetValues<ProjectRuntimeName>().Select(WriteName))}.";

    internal static string WriteName(ProjectRuntimeName name) => name.ToString().ToLowerInvariant();

    private static ProjectRuntimeName ReadName(string? name) => Enum.TryParse<ProjectRuntimeName>(name, ignoreCase: true, out var known)
        ? known
        : throw new JsonException(Unknown(name));

    private sealed record Form(string? Name, ProjectRuntimeOptions? Options);
}
