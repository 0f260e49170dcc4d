using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Selectors;

/// <summary>A selection of objects by a few of their fields.</summary>
internal sealed class FieldSelector
{
    private static readonly string[] OfAllKinds = ["metadata.name", "metadata.namespace"];

    // The fields that Kubernetes can select by, kind by kind.
    private static readonly Dictionary<string, string[]> OfKind = new(StringComparer.Ordinal)
    {
        ["certificatesigningrequests.certificates.k8s.io"] = ["spec.signerName"],
        ["events"] =
        [
            "involvedObject.apiVersion", "involvedObject.fieldPath", "involvedObject.kind", "involvedObject.name", "involvedObject.namespace",
            "involvedObject.resourceVersion", "involvedObject.uid", "reason", "reportingComponent", "source", "type",
        ],
        ["jobs.batch"] = ["status.successful"],
        ["namespaces"] = ["status.phase"],
        ["nodes"] = ["spec.unschedulable"],
        ["pods"] =
        [
            "spec.hostNetwork", "spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName", "status.nominatedNodeName",
            "status.phase", "status.podIP",
        ],
        ["replicasets.apps"] = ["status.replicas"],
        ["replicationcontrollers"] = ["status.replicas"],
        ["secrets"] = ["type"],
        ["services"] = ["spec.clusterIP", "spec.type"],
    };

    private readonly IReadOnlyList<(string Field, string Value, bool Equal)> _requirements;

    private FieldSelector(IReadOnlyList<(string Field, string Value, bool Equal)> requirements) => _requirements = requirements;

    /// <summary>Selects all.</summary>
    public static FieldSelector Everything { get; } = new([]);

    /// <summary>Whether it selects everything.</summary>
    public bool IsEmpty => _requirements.Count == 0;

    /// <summary>The one name that it selects, or null: a list of one object needs no scan.</summary>
    public string? Name => _requirements.FirstOrDefault(requirement => requirement is { Field: "metadata.name", Equal: true }).Value;

    /// <summary>Reads a selector such as <c>metadata.name=web,status.phase!=Running</c>.</summary>
    /// <exception cref="FormatException">It is malformed, or the kind cannot be selected by that field.</exception>
    public static FieldSelector Parse(string text, GroupResource resource)
    {
        var requirements = new List<(string, string, bool)>();
        foreach (var term in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = term.IndexOf('=', StringComparison.Ordinal);
            if (at < 1) throw new FormatException($"invalid selector: '{text}'; can't understand '{term}'");
            var isUnequal = term[at - 1] == '!';
            var field = term[..(isUnequal ? at - 1 : at)];
            var value = term[(at + 1 < term.Length && term[at + 1] == '=' ? at + 2 : at + 1)..].Replace(@"\,", ",", StringComparison.Ordinal);
            if (!OfAllKinds.Contains(field) && !OfKind.GetValueOrDefault(resource.ToString(), []).Contains(field))
            {
                throw new FormatException($"field label not supported: {field}");
            }
            requirements.Add((field, value, !isUnequal));
        }
        return new FieldSelector(requirements);
    }

    /// <summary>Whether an object meets all requirements.</summary>
    public bool Matches(JsonMap value) => _requirements.All(requirement => (TextOf(value, requirement.Field) == requirement.Value) == requirement.Equal);

    private static string TextOf(JsonMap value, string field) => field switch
    {
        "source" => value.Text("source", "component") ?? value.Text("reportingComponent") ?? "",
        "status.successful" => (value.Long("status", "succeeded") ?? 0).ToString(System.Globalization.CultureInfo.InvariantCulture),
        "spec.unschedulable" or "spec.hostNetwork" => value.Flag(field.Split('.')) ? "true" : "false",
        "status.replicas" => (value.Long("status", "replicas") ?? 0).ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => value.Text(field.Split('.')) ?? "",
    };
}
