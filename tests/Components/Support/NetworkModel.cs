using System.Net;
using System.Text.Json.Nodes;

namespace FogInfra.Tests;

/// <summary>A pod, or something outside of the cluster when it has no namespace.</summary>
internal sealed record Endpoint(string Name, string? Namespace, IReadOnlyDictionary<string, string> Labels, string Address);

/// <summary>
/// Who may connect to whom under network policies, read from manifests as Kubernetes' documentation has it ("Network Policies"): pods that no
/// policy selects are open; policies add up; a connection must be allowed at both ends.
/// </summary>
internal sealed class NetworkModel(IEnumerable<JsonNode> policies, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> namespaces)
{
    private readonly List<JsonNode> _policies = [.. policies];

    /// <summary>Whether a connection is allowed.</summary>
    public bool Allows(Endpoint from, Endpoint to, int port, string protocol = "TCP") =>
        AllowedAt(from, to, port, protocol, "Egress", "egress", "to") && AllowedAt(to, from, port, protocol, "Ingress", "ingress", "from");

    private bool AllowedAt(Endpoint here, Endpoint other, int port, string protocol, string direction, string rules, string peers)
    {
        var selecting = _policies.Where(policy => Selects(policy, here, direction)).ToList();
        return selecting.Count == 0 || selecting
            .SelectMany(policy => List(policy["spec"]![rules]))
            .Any(rule => Ports(rule, port, protocol) && (rule[peers] is not JsonArray { Count: > 0 } list || list.Any(peer => IsPeer(peer!, here, other))));
    }

    private static bool Selects(JsonNode policy, Endpoint pod, string direction) =>
        pod.Namespace is not null
        && policy["metadata"]!["namespace"]!.GetValue<string>() == pod.Namespace
        && List(policy["spec"]!["policyTypes"]).Any(type => type.GetValue<string>() == direction)
        && Matches(policy["spec"]!["podSelector"], pod.Labels);

    private static bool Ports(JsonNode rule, int port, string protocol) =>
        rule["ports"] is not JsonArray { Count: > 0 } ports
        || ports.Any(entry => (entry!["protocol"]?.GetValue<string>() ?? "TCP") == protocol && (entry["port"] is null || Number(entry["port"]!) == port));

    private static int Number(JsonNode port) => port.GetValueKind() == System.Text.Json.JsonValueKind.Number
        ? (int)port.GetValue<double>()
        : throw new InvalidOperationException($"The port '{port}' is named; the model knows numbers only.");

    private bool IsPeer(JsonNode peer, Endpoint here, Endpoint other)
    {
        if (peer["ipBlock"] is { } block)
        {
            // Cluster networks differ in whether a range covers pods; the model takes the meaning that allows more.
            return IPNetwork.Parse(block["cidr"]!.GetValue<string>()).Contains(IPAddress.Parse(other.Address));
        }

        if (other.Namespace is null)
        {
            return false;
        }

        var inNamespace = peer["namespaceSelector"] is { } selector
            ? Matches(selector, namespaces[other.Namespace])
            : other.Namespace == here.Namespace;
        return inNamespace && (peer["podSelector"] is null || Matches(peer["podSelector"], other.Labels));
    }

    private static bool Matches(JsonNode? selector, IReadOnlyDictionary<string, string> labels) =>
        List(selector?["matchExpressions"]).All(expression => Holds(expression, labels))
        && (selector?["matchLabels"] is not JsonObject wanted || wanted.All(label => labels.GetValueOrDefault(label.Key) == label.Value!.GetValue<string>()));

    private static bool Holds(JsonNode expression, IReadOnlyDictionary<string, string> labels)
    {
        var has = labels.ContainsKey(expression["key"]!.GetValue<string>());
        return expression["operator"]!.GetValue<string>() switch
        {
            "Exists" => has,
            "DoesNotExist" => !has,
            var other => throw new InvalidOperationException($"The model does not know the operator '{other}'."),
        };
    }

    private static IEnumerable<JsonNode> List(JsonNode? node) => node is JsonArray list ? list.Select(item => item!) : [];
}
