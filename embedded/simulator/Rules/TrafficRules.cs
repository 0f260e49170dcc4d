using FogInfra.Embedded.Simulator.Errors;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Rules;

/// <summary>Rules of Ingresses.</summary>
internal sealed class IngressRules : KindRules
{
    public override JsonMap PrepareForCreate(JsonMap value) => value.With("status", JsonMap.Of(("loadBalancer", JsonMap.Empty)));

    public override IEnumerable<FieldError> Validate(JsonMap value)
    {
        var spec = value.Map("spec");
        if (!spec.ContainsKey("rules") && !spec.ContainsKey("defaultBackend")) yield return FieldError.Invalid("spec", spec, "either `defaultBackend` or `rules` must be specified");
        var rule = 0;
        foreach (var paths in spec.Maps("rules").Select(one => one.Maps("http", "paths")))
        {
            var at = $"spec.rules[{rule++}].http.paths";
            var index = 0;
            foreach (var path in paths)
            {
                var (here, type, text) = ($"{at}[{index++}]", path.Text("pathType"), path.Text("path") ?? "");
                if (type is "Exact" or "Prefix" && !text.StartsWith('/')) yield return FieldError.Invalid($"{here}.path", text, "must be an absolute path");
                if (path["backend"] is JsonMap backend && backend.Count == 0) yield return FieldError.Required($"{here}.backend", "resource or service backend is required");
                if (path.At("backend", "service", "port") is JsonMap { Count: 0 }) yield return FieldError.Required($"{here}.backend.service.port", "port name or number is required");
            }
        }
    }
}

/// <summary>Rules of NetworkPolicies.</summary>
internal sealed class NetworkPolicyRules : KindRules
{
    public override JsonMap Default(JsonMap value) => value.Edit("spec", spec => spec
        .Default(JsonList.FromTexts(spec.List("egress").Count > 0 ? ["Ingress", "Egress"] : ["Ingress"]), "policyTypes")
        .EditEach("ingress", Ports)
        .EditEach("egress", Ports));

    private static JsonMap Ports(JsonMap rule) => rule.EditEach("ports", port => port.Default("TCP", "protocol"));
}

/// <summary>Rules of Endpoints.</summary>
internal sealed class EndpointsRules : KindRules
{
    public override JsonMap Default(JsonMap value) => value.EditEach("subsets", subset => subset.EditEach("ports", port => port.Default("TCP", "protocol")));
}

/// <summary>Rules of EndpointSlices.</summary>
internal sealed class EndpointSliceRules : KindRules
{
    public override JsonMap Default(JsonMap value) => value.EditEach("ports", port => port.Default("", "name").Default("TCP", "protocol"));

    public override IEnumerable<FieldError> ValidateUpdate(JsonMap next, JsonMap current) => Immutable(next, current, "addressType");
}
