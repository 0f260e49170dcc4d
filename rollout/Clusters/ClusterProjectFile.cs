using YamlDotNet.Serialization;

namespace FogInfra.Rollout.Clusters;

/// <summary>
/// The <c>Pulumi.yaml</c> of the stacks that hold clusters. It names the folder of the plugin <c>pulumi-resource-fog</c>, which comes with this
/// program, so that the Pulumi CLI finds it; the settings of the Automation API have no word for that.
/// </summary>
internal static class ClusterProjectFile
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "Pulumi.yaml";

    /// <summary>The Pulumi project. No application can have this name, because an application's has no underscore.</summary>
    public const string ProjectName = "fog_clusters";

    /// <summary>Writes it, unless it is there and right.</summary>
    public static void WriteTo(string folder)
    {
        var text = new SerializerBuilder().Build().Serialize(new Dictionary<string, object>
        {
            ["name"] = ProjectName,
            ["runtime"] = "dotnet",
            ["main"] = folder,
            ["plugins"] = new Dictionary<string, object>
            {
                ["providers"] = new[] { new Dictionary<string, string> { ["name"] = "fog", ["path"] = AppContext.BaseDirectory } },
            },
        });
        var file = Path.Combine(folder, FileName);
        if (!File.Exists(file) || File.ReadAllText(file) != text)
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText($"{file}.new", text);
            File.Move($"{file}.new", file, overwrite: true);
        }
    }
}
