using System.Text.Json;
using System.Text.Json.Nodes;
using FogInfra.Embedded.Engine.State;

namespace FogInfra.Embedded.Engine.Projects;

/// <summary>
/// Writes a stack's settings. What did not change stays as it was written, with its comments; people keep notes in these files.
/// </summary>
internal static class StackSettingsWriter
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true, IndentSize = 4, Encoder = ValueJson.WriterOptions.Encoder,
    };

    /// <summary>The file's new text.</summary>
    /// <param name="settings">The settings; their original text is what is changed.</param>
    /// <param name="project">The project, whose keys may stand without a namespace.</param>
    public static string ToText(StackSettings settings, string project)
    {
        if (settings.Path.EndsWith(".json", StringComparison.Ordinal))
        {
            return ToJson(settings).ToJsonString(Indented) + "\n";
        }

        var original = StackSettings.Parse(settings.Path, settings.OriginalText, project);
        var lines = settings.OriginalText.Length == 0 ? [] : settings.OriginalText.TrimEnd('\n').Split('\n').ToList();
        var edit = new YamlEdit(lines, project);
        if (lines.Count > 0 && !edit.Open(settings.OriginalText))
        {
            return ToFreshText(settings); // Written in a style that cannot be changed in place.
        }

        SetTopLevel(edit, "encryptionsalt", original.EncryptionSalt, settings.EncryptionSalt);
        SetTopLevel(edit, "secretsprovider", original.SecretsProvider, settings.SecretsProvider);
        foreach (var key in original.Config.Keys.Except(settings.Config.Keys).ToArray())
        {
            edit.RemoveConfig(key);
        }

        foreach (var (key, value) in settings.Config)
        {
            if (!original.Config.TryGetValue(key, out var before) || !JsonNode.DeepEquals(before.ToJson(), value.ToJson()))
            {
                edit.SetConfig(key, value.ToJson());
            }
        }

        var text = string.Join('\n', lines);
        return text.Length == 0 ? "" : text + "\n";
    }

    private static void SetTopLevel(YamlEdit edit, string name, string before, string after)
    {
        if (before != after)
        {
            edit.SetTopLevel(name, after.Length == 0 ? null : JsonValue.Create(after));
        }
    }

    private static string ToFreshText(StackSettings settings) =>
        string.Concat(ToJson(settings).SelectMany(item => YamlText.Entry(item.Key, item.Value, 0)).Select(line => line + "\n"));

    private static JsonObject ToJson(StackSettings settings)
    {
        var json = new JsonObject();
        if (settings.SecretsProvider.Length > 0)
        {
            json["secretsprovider"] = settings.SecretsProvider;
        }

        if (settings.EncryptionSalt.Length > 0)
        {
            json["encryptionsalt"] = settings.EncryptionSalt;
        }

        if (!settings.Config.IsEmpty)
        {
            json["config"] = new JsonObject(settings.Config.Select(item => KeyValuePair.Create(item.Key.ToString(), (JsonNode?)item.Value.ToJson())));
        }

        return json;
    }
}
