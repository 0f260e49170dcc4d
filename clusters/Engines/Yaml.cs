using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.EventEmitters;

namespace FogInfra.Clusters.Engines;

/// <summary>Writes plain values (texts, numbers, truth values, lists, and dictionaries in their order) as YAML.</summary>
internal static class Yaml
{
    /// <summary>Writes a value.</summary>
    public static string Write(object value) => new SerializerBuilder()
        .WithQuotingNecessaryStrings().WithEventEmitter(next => new LinesAsTheyAre(next), where => where.OnBottom()).DisableAliases().Build().Serialize(value);

    /// <summary>A mapping without the entries whose value is null or an empty list.</summary>
    public static Dictionary<string, object> Map(params IEnumerable<(string Name, object? Value)> entries) =>
        entries.Where(entry => entry.Value is not (null or ICollection<object> { Count: 0 })).ToDictionary(entry => entry.Name, entry => entry.Value!);

    /// <summary>A list.</summary>
    public static List<object> List(IEnumerable<object> items) => [.. items];

    // A text of several lines is a document of its own, for people to read.
    private sealed class LinesAsTheyAre(IEventEmitter next) : ChainedEventEmitter(next)
    {
        public override void Emit(ScalarEventInfo eventInfo, IEmitter emitter)
        {
            if (eventInfo.Source.Value is string text && text.Contains('\n'))
            {
                eventInfo.Style = ScalarStyle.Literal;
            }

            base.Emit(eventInfo, emitter);
        }
    }
}
