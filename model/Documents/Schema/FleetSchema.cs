using System.Collections.Frozen;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FogInfra.Model.Documents.Schema;

/// <summary>
/// The JSON schema of fleet documents, for editors. It is made by asking the reader of documents itself, so that the two cannot part.
/// It knows fields, kinds and choices; what fields mean for each other, the reader alone checks.
/// </summary>
public static class FleetSchema
{
    // More than any choice has values.
    private const int Passes = 16;

    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly FrozenDictionary<string, string> Descriptions = new Dictionary<string, string>
    {
        [""] = "A fleet: applications, the clusters that they run on, and how a new version is taken through them.",
        ["apiVersion"] = $"The group and version: {FleetReader.ApiVersion}.",
        ["kind"] = $"The kind: {FleetReader.Kind}.",
        ["metadata.name"] = "The fleet's name.",
        ["applications"] = "The applications by their names, each also that of its Pulumi project.",
        ["applications.*.namespace"] = "The namespace in each cluster. Default: the application's name.",
        ["applications.*.services"] = "The services by their names: what is versioned and rolled out as one.",
        ["applications.*.services.*.version"] = "The version that is wanted. Containers whose image has no tag take it as their tag.",
        ["applications.*.services.*.dependsOn"] = "Services that must be ready first. Circles are refused.",
        ["applications.*.services.*.containers"] = "The containers of a pod, for every layer that has none of its own.",
        ["applications.*.services.*.layers"] = "The layers that the service runs on: cloud, fog, edge.",
        ["applications.*.services.*.layers.*.replicas"] = "How many pods in each cluster of the layer. Default: 1.",
        ["rings"] = "The rings, in the order in which a rollout takes them.",
        ["rings[].name"] = "The ring's name.",
        ["rings[].checks"] = "What must hold for each cluster of the ring before the next ring is touched.",
        ["rings[].checks[].output"] = "The path of an output of the cluster's stack; * stands for every name.",
        ["clusters"] = "The clusters by their names, each also that of its Pulumi stacks.",
        ["clusters.*.layer"] = "Where it stands in the fog: cloud, fog or edge.",
        ["clusters.*.ring"] = "The ring with which it takes a version.",
        ["clusters.*.parent"] = "The cluster further in that it hangs on; in the same ring or an earlier one.",
        ["clusters.*.engine"] = "What provides the cluster.",
        ["clusters.*.kubeconfig"] = "The kubeconfig file of a cluster that exists, relative to the document.",
        ["clusters.*.context"] = "The context in the kubeconfig file. Default: the current one.",
        ["clusters.*.nodes"] = "How many worker nodes a cluster that is made here has.",
        ["policy"] = "How a rollout goes about it.",
        ["policy.maxConcurrent"] = "How many stacks of a layer of a ring are updated at a time: a number, or a share such as 25%.",
        ["policy.onFailure"] = "What happens to what a rollout has changed when it fails.",
        ["simulator.images"] = "What the registry of simulated clusters has: patterns of name:tag, in which * stands for any text.",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The schema.</summary>
    public static JsonObject ToJson()
    {
        var root = Record();
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "FogInfra fleet",
        };
        foreach (var (name, value) in root.ToJson("", path => Descriptions.GetValueOrDefault(path)).ToList())
        {
            schema[name] = value?.DeepClone();
        }

        schema["properties"]!["apiVersion"]!["const"] = FleetReader.ApiVersion;
        schema["properties"]!["kind"]!["const"] = FleetReader.Kind;
        return schema;
    }

    /// <summary>The schema as text.</summary>
    public static string ToText() => ToJson().ToJsonString(Options) + "\n";

    /// <summary>What the reader asks for. It is asked several times, because what it asks for may depend on what it was told.</summary>
    internal static SchemaNode Record()
    {
        var root = new SchemaNode();
        for (var choice = 0; choice < Passes; choice++)
        {
            foreach (var has in Answers())
            {
                FleetReader.ReadRoot(new SchemaMap(root, choice, has));
            }
        }

        return root;
    }

    // A field that decides how the rest is read hides the other ways while it is there.
    private static IEnumerable<Func<string, bool>> Answers() =>
        [
            _ => true,
            _ => false,
            name => name != ProgramReader.Field,
            .. GateReader.KindNames.Select(kind => (Func<string, bool>)(name => name == kind || !GateReader.KindNames.Contains(name))),
        ];
}
