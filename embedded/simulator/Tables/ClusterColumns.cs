using System.Globalization;
using FogInfra.Embedded.Simulator.Values;
using static FogInfra.Embedded.Simulator.Tables.Columns;

namespace FogInfra.Embedded.Simulator.Tables;

/// <summary>The columns of nodes, namespaces, configuration, events and access.</summary>
internal static class ClusterColumns
{
    private const string RolePrefix = "node-role.kubernetes.io/";

    public static IReadOnlyList<TableColumn> Node { get; } =
    [
        Name,
        Text("Status", cell => NodeStatus(cell.Value)),
        Text("Roles", cell => OrNone(Join(cell.Value.Labels.Keys.Where(key => key.StartsWith(RolePrefix, StringComparison.Ordinal)).Select(key => key[RolePrefix.Length..]).Order(StringComparer.Ordinal)))),
        Age,
        TextAt("Version", "status", "nodeInfo", "kubeletVersion"),
        Text("Internal-IP", cell => OrNone(NodeAddress(cell.Value, "InternalIP"))).Wide(),
        Text("External-IP", cell => OrNone(NodeAddress(cell.Value, "ExternalIP"))).Wide(),
        TextAt("OS-Image", "status", "nodeInfo", "osImage").Wide(),
        TextAt("Kernel-Version", "status", "nodeInfo", "kernelVersion").Wide(),
        TextAt("Container-Runtime", "status", "nodeInfo", "containerRuntimeVersion").Wide(),
    ];

    public static IReadOnlyList<TableColumn> Namespace { get; } = [Name, TextAt("Status", "status", "phase"), Age];

    public static IReadOnlyList<TableColumn> ConfigMap { get; } =
        [Name, Number("Data", cell => cell.Value.Map("data").Count + cell.Value.Map("binaryData").Count), Age];

    public static IReadOnlyList<TableColumn> Secret { get; } = [Name, TextAt("Type", "type"), Number("Data", cell => cell.Value.Map("data").Count), Age];

    public static IReadOnlyList<TableColumn> ServiceAccount { get; } = [Name, Number("Secrets", cell => cell.Value.List("secrets").Count), Age];

    public static IReadOnlyList<TableColumn> Event { get; } =
    [
        Text("Last Seen", cell => cell.Since(LastSeen(cell.Value))),
        TextAt("Type", "type"),
        TextAt("Reason", "reason"),
        Text("Object", cell => $"{cell.Value.Text("involvedObject", "kind")?.ToLowerInvariant()}/{cell.Value.Text("involvedObject", "name")}"),
        TextAt("Subobject", "involvedObject", "fieldPath").Wide(),
        Text("Source", cell => Join([cell.Value.Text("source", "component") ?? cell.Value.Text("reportingComponent"), cell.Value.Text("source", "host")]).Replace(",", ", ", StringComparison.Ordinal)).Wide(),
        Text("Message", cell => (cell.Value.Text("message") ?? "").Trim()),
        Text("First Seen", cell => cell.Since(cell.Value.Text("firstTimestamp") ?? cell.Value.Text("eventTime"))).Wide(),
        Number("Count", cell => cell.Value.Long("series", "count") ?? cell.Value.Long("count") ?? 1).Wide(),
        Name.Wide(),
    ];

    public static IReadOnlyList<TableColumn> LimitRange { get; } = [Name, CreatedAt];

    public static IReadOnlyList<TableColumn> ResourceQuota { get; } =
        [Name, Text("Request", cell => Usage(cell.Value, limits: false)), Text("Limit", cell => Usage(cell.Value, limits: true)), Age];

    public static IReadOnlyList<TableColumn> Role { get; } = [Name, CreatedAt];

    public static IReadOnlyList<TableColumn> RoleBinding { get; } =
    [
        Name,
        Text("Role", cell => $"{cell.Value.Text("roleRef", "kind")}/{cell.Value.Text("roleRef", "name")}"),
        Age,
        Subjects("Users", "User").Wide(),
        Subjects("Groups", "Group").Wide(),
        Subjects("ServiceAccounts", "ServiceAccount").Wide(),
    ];

    public static IReadOnlyList<TableColumn> CustomResourceDefinition { get; } = [Name, CreatedAt];

    public static IReadOnlyList<TableColumn> PriorityClass { get; } =
        [Name, NumberAt("Value", "value"), new("Global-Default", "boolean", cell => cell.Value.Flag("globalDefault")), Age, TextAt("PreemptionPolicy", "preemptionPolicy")];

    public static IReadOnlyList<TableColumn> Lease { get; } = [Name, TextAt("Holder", "spec", "holderIdentity"), Age];

    public static IReadOnlyList<TableColumn> RuntimeClass { get; } = [Name, TextAt("Handler", "handler"), Age];

    public static IReadOnlyList<TableColumn> Webhooks { get; } = [Name, Number("Webhooks", cell => cell.Value.List("webhooks").Count), Age];

    public static IReadOnlyList<TableColumn> AdmissionPolicy { get; } =
    [
        Name,
        Number("Validations", cell => cell.Value.List("spec", "validations").Count),
        Text("ParamKind", cell => cell.Value.At("spec", "paramKind") is { } kind ? $"{kind.Text("apiVersion")}/{kind.Text("kind")}" : "<unset>"),
        Age,
    ];

    public static IReadOnlyList<TableColumn> AdmissionPolicyBinding { get; } =
        [Name, TextAt("PolicyName", "spec", "policyName"), Text("ParamRef", cell => cell.Value.Text("spec", "paramRef", "name") ?? "<unset>"), Age];

    public static IReadOnlyList<TableColumn> ApiService { get; } =
    [
        Name,
        Text("Service", cell => cell.Value.At("spec", "service") is { } service ? $"{service.Text("namespace")}/{service.Text("name")}" : "Local"),
        Text("Available", cell => cell.Value.Condition("Available")?.Text("status") ?? "Unknown"),
        Age,
    ];

    public static IReadOnlyList<TableColumn> CertificateRequest { get; } =
    [
        Name,
        Age,
        TextAt("SignerName", "spec", "signerName"),
        TextAt("Requestor", "spec", "username"),
        Text("RequestedDuration", cell => cell.Value.Long("spec", "expirationSeconds") is { } seconds ? HumanDuration.Format(TimeSpan.FromSeconds(seconds)) : None),
        Text("Condition", cell => cell.Value.Maps("status", "conditions").Select(condition => condition.Text("type")).LastOrDefault() ?? "Pending"),
    ];

    private static TableColumn Subjects(string name, string kind) => Text(name, cell => string.Join(", ", cell.Value.Maps("subjects")
        .Where(subject => subject.Text("kind") == kind)
        .Select(subject => kind == "ServiceAccount" ? $"{subject.Text("namespace")}/{subject.Text("name")}" : subject.Text("name"))));

    private static string NodeStatus(JsonMap node)
    {
        var ready = node.Condition("Ready")?.Text("status") switch { "True" => "Ready", null => "Unknown", _ => "NotReady" };
        return node.Flag("spec", "unschedulable") ? ready + ",SchedulingDisabled" : ready;
    }

    private static string? NodeAddress(JsonMap node, string type) =>
        node.Maps("status", "addresses").FirstOrDefault(address => address.Text("type") == type)?.Text("address");

    private static string? LastSeen(JsonMap value) =>
        value.Text("series", "lastObservedTime") ?? value.Text("lastTimestamp") ?? value.Text("eventTime") ?? value.Metadata.Text("creationTimestamp");

    private static string Usage(JsonMap quota, bool limits) => string.Join(", ", quota.Map("spec", "hard")
        .Where(entry => entry.Key.StartsWith("limits", StringComparison.Ordinal) == limits)
        .OrderBy(entry => entry.Key, StringComparer.Ordinal)
        .Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Key}: {quota.Text("status", "used", entry.Key) ?? "0"}/{entry.Value.AsText}")));
}
