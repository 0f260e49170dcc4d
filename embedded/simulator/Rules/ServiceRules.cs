using FogInfra.Embedded.Simulator.Errors;
using FogInfra.Embedded.Simulator.Network;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Rules;

/// <summary>Rules of Services, which get addresses and ports from the cluster's network.</summary>
internal sealed class ServiceRules(ClusterNetwork network) : KindRules
{
    private const string Headless = "None";

    public override string? NameFault(string name) => Names.ServiceFault(name);

    public override JsonMap Default(JsonMap value) => value.Edit("spec", spec =>
    {
        var result = spec
            .Default("ClusterIP", "type")
            .Default("None", "sessionAffinity")
            .EditEach("ports", port => port.Default("TCP", "protocol").Default(port["port"] ?? 0, "targetPort"));
        if (result.Text("sessionAffinity") == "ClientIP") result = result.Default(10800, "sessionAffinityConfig", "clientIP", "timeoutSeconds");
        if (IsExternalName(result)) return result;
        result = result.Default("Cluster", "internalTrafficPolicy");
        if (HasNodePorts(result)) result = result.Default("Cluster", "externalTrafficPolicy");
        return IsBalanced(result) ? result.Default(true, "allocateLoadBalancerNodePorts") : result;
    });

    public override JsonMap PrepareForCreate(JsonMap value) => value.With("status", JsonMap.Of(("loadBalancer", JsonMap.Empty)));

    public override JsonMap PrepareForUpdate(JsonMap next, JsonMap current)
    {
        var (spec, before) = (next.Map("spec"), current.Map("spec"));
        if (IsExternalName(spec)) return IsExternalName(before) ? next : next.With("spec", WithoutAddresses(spec));

        // A writer that leaves out what the server has chosen keeps it.
        if (!IsExternalName(before))
        {
            foreach (var name in new[] { "clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy" })
            {
                if (before[name] is { } value) spec = spec.Default(value, name);
            }
        }
        var ports = before.Maps("ports").ToDictionary(port => (port.Long("port"), port.Text("protocol")), port => port["nodePort"]);
        spec = HasNodePorts(spec)
            ? spec.EditEach("ports", port => ports.GetValueOrDefault((port.Long("port"), port.Text("protocol"))) is { } nodePort ? port.Default(nodePort, "nodePort") : port)
            : spec.Without("externalTrafficPolicy").EditEach("ports", port => ports.ContainsValue(port["nodePort"]) ? port.Without("nodePort") : port);
        if (!IsBalanced(spec)) spec = spec.Without("allocateLoadBalancerNodePorts");
        return next.With("spec", spec);
    }

    public override IEnumerable<FieldError> Validate(JsonMap value)
    {
        var spec = value.Map("spec");
        var ports = spec.Maps("ports").ToList();
        if (ports.Count == 0 && !IsExternalName(spec) && spec.Text("clusterIP") != Headless) yield return FieldError.Required("spec.ports");
        if (IsExternalName(spec) && spec.Text("externalName") is not { Length: > 0 }) yield return FieldError.Required("spec.externalName");
        foreach (var error in Names.LabelFaults(spec.Map("selector"), "spec.selector")) yield return error;

        var (names, numbers) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<(long?, string?)>());
        for (var i = 0; i < ports.Count; i++)
        {
            var (port, at) = (ports[i], $"spec.ports[{i}]");
            var name = port.Text("name") ?? "";
            if (name.Length == 0 && ports.Count > 1) yield return FieldError.Required($"{at}.name");
            if (name.Length > 0 && Names.LabelFault(name) is { } fault) yield return FieldError.Invalid($"{at}.name", name, fault);
            if (name.Length > 0 && !names.Add(name)) yield return FieldError.Duplicate($"{at}.name", name);
            if (port.Long("port") is < 1 or > 65535) yield return FieldError.Invalid($"{at}.port", port["port"], "must be between 1 and 65535, inclusive");
            if (port.Long("targetPort") is < 1 or > 65535) yield return FieldError.Invalid($"{at}.targetPort", port["targetPort"], "must be between 1 and 65535, inclusive");
            if (!numbers.Add((port.Long("port"), port.Text("protocol")))) yield return FieldError.Duplicate(at, port.Remove("name"));
            if (port.Long("nodePort") > 0 && !HasNodePorts(spec)) yield return FieldError.Forbidden($"{at}.nodePort", "may not be used when `type` is 'ClusterIP'");
        }
    }

    public override IEnumerable<FieldError> ValidateUpdate(JsonMap next, JsonMap current)
    {
        var (after, before) = (next.Map("spec"), current.Map("spec"));
        if (IsExternalName(after) || IsExternalName(before) || before.Text("clusterIP") is null) yield break;
        if (after.Text("clusterIP") != before.Text("clusterIP")) yield return FieldError.Invalid("spec.clusterIPs[0]", JsonList.FromTexts([after.Text("clusterIP") ?? ""]), "may not change once set");
    }

    public override JsonMap Allocate(JsonMap value, JsonMap? current, ICollection<FieldError> errors)
    {
        var spec = value.Map("spec");
        if (IsExternalName(spec)) return value;
        spec = AllocateAddress(spec, current?.Map("spec") ?? JsonMap.Empty, errors);
        if (HasNodePorts(spec) && (!IsBalanced(spec) || spec.Flag("allocateLoadBalancerNodePorts"))) spec = AllocateNodePorts(spec, current?.Map("spec") ?? JsonMap.Empty, errors);
        return value.With("spec", spec);
    }

    private static JsonMap WithoutAddresses(JsonMap spec) =>
        new[] { "allocateLoadBalancerNodePorts", "clusterIP", "clusterIPs", "externalTrafficPolicy", "internalTrafficPolicy", "ipFamilies", "ipFamilyPolicy" }
            .Aggregate(spec, (result, name) => result.Without(name));

    private static bool IsExternalName(JsonMap spec) => spec.Text("type") == "ExternalName";

    private static bool IsBalanced(JsonMap spec) => spec.Text("type") == "LoadBalancer";

    private static bool HasNodePorts(JsonMap spec) => spec.Text("type") is "NodePort" or "LoadBalancer";

    private JsonMap AllocateAddress(JsonMap spec, JsonMap before, ICollection<FieldError> errors)
    {
        var wanted = spec.Text("clusterIP") is { Length: > 0 } given ? given : spec.List("clusterIPs").Texts().FirstOrDefault();
        if (wanted is null)
        {
            if (network.ClusterAddresses.Take() is not { } number)
            {
                errors.Add(FieldError.Invalid("spec.clusterIPs", JsonList.Empty, "failed to allocate a serviceIP: range is full"));
                return spec;
            }
            wanted = Addresses.Format(number);
        }
        else if (wanted != Headless && wanted != before.Text("clusterIP"))
        {
            var number = Addresses.Parse(wanted);
            var fault = number is null || !network.ClusterAddresses.Contains(number.Value) ? "the provided network does not match the current range"
                : network.ClusterAddresses.TryTake(number.Value) ? null : "provided IP is already allocated";
            if (fault is not null) errors.Add(FieldError.Invalid("spec.clusterIPs", JsonList.FromTexts([wanted]), $"failed to allocate IP {wanted}: {fault}"));
        }
        return spec
            .With("clusterIP", wanted)
            .Default(JsonList.FromTexts([wanted]), "clusterIPs")
            .Default(JsonList.FromTexts(["IPv4"]), "ipFamilies")
            .Default("SingleStack", "ipFamilyPolicy");
    }

    private JsonMap AllocateNodePorts(JsonMap spec, JsonMap before, ICollection<FieldError> errors)
    {
        var kept = before.Maps("ports").Select(port => port.Long("nodePort")).OfType<long>().ToHashSet();
        var index = 0;
        return spec.EditEach("ports", port =>
        {
            var at = $"spec.ports[{index++}].nodePort";
            if (port.Long("nodePort") is not { } wanted || wanted == 0) return network.NodePorts.Take() is { } free ? port.With("nodePort", free) : port;
            if (kept.Contains(wanted)) return port;
            if (wanted is < 0 or > 65535 || !network.NodePorts.Contains((uint)wanted))
            {
                errors.Add(FieldError.Invalid(at, wanted, $"provided port is not in the valid range. The range of valid ports is {ClusterNetwork.NodePortRange}"));
            }
            else if (!network.NodePorts.TryTake((uint)wanted))
            {
                errors.Add(FieldError.Invalid(at, wanted, "provided port is already allocated"));
            }
            return port;
        });
    }
}
