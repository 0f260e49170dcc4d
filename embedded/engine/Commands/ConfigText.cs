using System.Text.Json.Nodes;
using FogInfra.Embedded.Engine.Projects;
using FogInfra.Embedded.Engine.Secrets;

namespace FogInfra.Embedded.Engine.Commands;

/// <summary>Configuration values as the command line shows them.</summary>
internal static class ConfigText
{
    /// <summary>A value as JSON: <c>value</c>, for lists and objects also <c>objectValue</c>, and whether it is secret.</summary>
    /// <param name="value">The value.</param>
    /// <param name="secrets">Decrypts; null leaves secret values out.</param>
    public static JsonObject ToJson(ConfigValue value, ISecretsManager? secrets)
    {
        var json = new JsonObject();
        if (!value.IsSecret || secrets is not null)
        {
            json["value"] = value.Decrypt(secrets);
            if (value.IsObject)
            {
                json["objectValue"] = value.DecryptToJson(secrets);
            }
        }

        json["secret"] = value.IsSecret;
        return json;
    }
}
