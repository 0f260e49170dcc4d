using System.Text.Json;

namespace Pulumi.Automation;

/// <summary>The state of a stack as it is exported and imported. Secrets may be in it in plain text.</summary>
public sealed class StackDeployment
{
    private StackDeployment(int version, JsonElement json)
    {
        Version = version;
        Json = json;
    }

    /// <summary>The version of the format.</summary>
    public int Version { get; }

    /// <summary>The state.</summary>
    public JsonElement Json { get; }

    /// <summary>Reads an exported state.</summary>
    public static StackDeployment FromJsonString(string jsonString)
    {
        var json = JsonSerializer.Deserialize<JsonElement>(jsonString);
        return new StackDeployment(json.GetProperty("version").GetInt32(), json);
    }
}
