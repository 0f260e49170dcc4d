using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace Pulumi.Automation.Serialization;

/// <summary>A stored configuration value in YAML: a text, a map with the only key <c>secure</c>, or a list or map, as JSON.</summary>
internal sealed class StackSettingsConfigValueYaml : IYamlTypeConverter
{
    private const string Secure = "secure";

    public bool Accepts(Type type) => type == typeof(StackSettingsConfigValue);

    public object ReadYaml(IParser parser, Type type, ObjectDeserializer rootDeserializer)
    {
        if (parser.TryConsume<Scalar>(out var text))
        {
            return new StackSettingsConfigValue(text.Value, isSecure: false);
        }

        var start = parser.Current!;
        var value = new DeserializerBuilder().Build().Deserialize<object?>(parser);
        if (value is not IDictionary<object, object?> { Count: 1 } map || !map.TryGetValue(Secure, out var secret))
        {
            return new StackSettingsConfigValue(JsonSerializer.Serialize(WithTextKeys(value)), isSecure: false);
        }

        return secret is string cipherText
            ? new StackSettingsConfigValue(cipherText, isSecure: true)
            : throw new YamlException(start.Start, start.End, $"The value of '{Secure}' must be a text.");
    }

    public void WriteYaml(IEmitter emitter, object? value, Type type, ObjectSerializer serializer)
    {
        if (value is not StackSettingsConfigValue config)
        {
            return;
        }

        if (config.IsSecure)
        {
            emitter.Emit(new MappingStart());
            emitter.Emit(new Scalar(Secure));
            emitter.Emit(new Scalar(config.Value));
            emitter.Emit(new MappingEnd());
        }
        else
        {
            emitter.Emit(new Scalar(config.Value));
        }
    }

    // JSON has no other keys than texts.
    private static object? WithTextKeys(object? value) => value switch
    {
        IDictionary<object, object?> map => map.ToDictionary(pair => pair.Key.ToString() ?? "", pair => WithTextKeys(pair.Value)),
        IList<object?> list => list.Select(WithTextKeys).ToArray(),
        _ => value,
    };
}
