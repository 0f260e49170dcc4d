using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Pulumi.Automation.Serialization;

/// <summary>Reads and writes what this library exchanges with the engine.</summary>
public class LocalSerializer
{
    private readonly JsonSerializerOptions _json = BuildJsonSerializerOptions();

    private readonly IDeserializer _yamlReader = new DeserializerBuilder()
        .WithNamingConvention(CamelCaseNamingConvention.Instance)
        .IgnoreUnmatchedProperties()
        .WithTypeConverter(new ProjectRuntimeYaml())
        .WithTypeConverter(new StackSettingsConfigValueYaml())
        .WithObjectFactory(new SettingsFactory())
        .Build();

    private readonly ISerializer _yamlWriter = new SerializerBuilder()
        .WithNamingConvention(CamelCaseNamingConvention.Instance)
        .ConfigureDefaultValuesHandling(DefaultValuesHandling.OmitNull)
        .WithTypeConverter(new ProjectRuntimeYaml())
        .WithTypeConverter(new StackSettingsConfigValueYaml())
        .Build();

    /// <summary>How JSON is read and written.</summary>
    public static JsonSerializerOptions BuildJsonSerializerOptions() => new()
    {
        AllowTrailingCommas = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        TypeInfoResolver = JsonContracts.CreateResolver(),
        Converters =
        {
            new OperationTypeJson(),
            new DiffKindJson(),
            new UpdateKindJson(),
            new UpdateStateJson(),
            new JsonStringEnumConverter(JsonNamingPolicy.CamelCase),
            new PlainObjectJson(),
            new ProjectRuntimeJson(),
            new StackSettingsConfigValueJson(),
        },
    };

    /// <summary>Whether a text begins with a whole JSON value.</summary>
    [SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "The package's method is not static.")]
    public bool IsValidJson(string content)
    {
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(content));
            reader.Read();
            reader.Skip();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Reads JSON.</summary>
    public T DeserializeJson<T>(string content) => JsonSerializer.Deserialize<T>(content, _json)!;

    /// <summary>Reads YAML.</summary>
    public T DeserializeYaml<T>(string content)
        where T : class => _yamlReader.Deserialize<T>(content);

    /// <summary>Writes JSON.</summary>
    public string SerializeJson<T>(T @object) => JsonSerializer.Serialize(@object, _json);

    /// <summary>Writes YAML.</summary>
    public string SerializeYaml<T>(T @object)
        where T : class => _yamlWriter.Serialize(@object);
}
