using FogInfra.Embedded.Simulator.Errors;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Rules;

/// <summary>The faults of a pod's spec, in a pod as in a template.</summary>
internal static class PodValidation
{
    private static readonly string[] ProbeNames = ["livenessProbe", "readinessProbe", "startupProbe"];

    /// <summary>The faults of a workload's pod template.</summary>
    public static IEnumerable<FieldError> Template(JsonMap template, string path, params string[] restartPolicies)
    {
        var policy = template.Text("spec", "restartPolicy") ?? "Always";
        IEnumerable<FieldError> wrongPolicy = restartPolicies.Contains(policy) ? [] : [FieldError.NotSupported($"{path}.spec.restartPolicy", policy, restartPolicies)];
        return [
            .. Names.LabelFaults(template.Map("metadata", "labels"), $"{path}.labels"),
            .. Names.AnnotationFaults(template.Map("metadata", "annotations"), $"{path}.annotations"),
            .. Spec(template.Map("spec"), $"{path}.spec"),
            .. wrongPolicy,
        ];
    }

    /// <summary>The faults of a pod's spec that its schema does not tell.</summary>
    public static IEnumerable<FieldError> Spec(JsonMap spec, string path)
    {
        var volumes = spec.Maps("volumes").Select(volume => volume.Text("name")).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var names = new HashSet<string>(StringComparer.Ordinal);
        return [
            .. VolumeFaults(spec, $"{path}.volumes"),
            .. spec.Maps("initContainers").SelectMany((container, index) => Container(container, $"{path}.initContainers[{index}]", volumes, names)),
            .. spec.Maps("containers").SelectMany((container, index) => Container(container, $"{path}.containers[{index}]", volumes, names)),
            .. Names.LabelFaults(spec.Map("nodeSelector"), $"{path}.nodeSelector"),
            .. spec.Long("terminationGracePeriodSeconds") < 0 ? [FieldError.Invalid($"{path}.terminationGracePeriodSeconds", spec["terminationGracePeriodSeconds"], "must be greater than or equal to 0")] : Array.Empty<FieldError>(),
        ];
    }

    private static IEnumerable<FieldError> VolumeFaults(JsonMap spec, string path)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var index = 0;
        foreach (var name in spec.Maps("volumes").Select(volume => volume.Text("name") ?? ""))
        {
            var at = $"{path}[{index++}].name";
            if (name.Length > 0 && Names.LabelFault(name) is { } fault) yield return FieldError.Invalid(at, name, fault);
            if (!seen.Add(name)) yield return FieldError.Duplicate(at, name);
        }
    }

    private static IEnumerable<FieldError> Container(JsonMap container, string path, HashSet<string> volumes, HashSet<string> names)
    {
        if (container.Text("name") is { Length: > 0 } name)
        {
            if (Names.LabelFault(name) is { } fault) yield return FieldError.Invalid($"{path}.name", name, fault);
            if (!names.Add(name)) yield return FieldError.Duplicate($"{path}.name", name);
        }
        var image = container.Text("image") ?? "";
        if (image.Length == 0) yield return FieldError.Required($"{path}.image");
        else if (image.Trim() != image) yield return FieldError.Invalid($"{path}.image", image, "must not have leading or trailing whitespace");

        foreach (var error in Ports(container, $"{path}.ports").Concat(Mounts(container, $"{path}.volumeMounts", volumes)).Concat(Resources(container.Map("resources"), $"{path}.resources"))
            .Concat(ProbeNames.SelectMany(probe => Probe(container, probe, $"{path}.{probe}"))))
        {
            yield return error;
        }
    }

    private static IEnumerable<FieldError> Ports(JsonMap container, string path)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var index = 0;
        foreach (var port in container.Maps("ports"))
        {
            var at = $"{path}[{index++}]";
            if (port.Long("containerPort") is < 1 or > 65535) yield return FieldError.Invalid($"{at}.containerPort", port["containerPort"], PortRange);
            if (port.Long("hostPort") is < 0 or > 65535) yield return FieldError.Invalid($"{at}.hostPort", port["hostPort"], PortRange);
            if (port.Text("name") is { Length: > 0 } name)
            {
                if (PortNameFault(name) is { } fault) yield return FieldError.Invalid($"{at}.name", name, fault);
                if (!names.Add(name)) yield return FieldError.Duplicate($"{at}.name", name);
            }
        }
    }

    private static IEnumerable<FieldError> Mounts(JsonMap container, string path, HashSet<string> volumes)
    {
        var paths = new HashSet<string>(StringComparer.Ordinal);
        var index = 0;
        foreach (var mount in container.Maps("volumeMounts"))
        {
            var at = $"{path}[{index++}]";
            if (mount.Text("name") is { Length: > 0 } name && !volumes.Contains(name)) yield return FieldError.NotFound($"{at}.name", name);
            if (mount.Text("mountPath") is { Length: > 0 } target && !paths.Add(target)) yield return FieldError.Invalid($"{at}.mountPath", target, "must be unique");
        }
    }

    private static IEnumerable<FieldError> Resources(JsonMap resources, string path)
    {
        var limits = resources.Map("limits");
        foreach (var (name, value) in limits.Concat(resources.Map("requests")))
        {
            if (Quantity.Read(value) < Quantity.Zero) yield return FieldError.Invalid($"{path}.{(limits.ContainsKey(name) ? "limits" : "requests")}[{name}]", value, "must be greater than or equal to 0");
        }
        foreach (var (name, value) in resources.Map("requests"))
        {
            if (limits[name] is { } limit && Quantity.Read(value) > Quantity.Read(limit))
            {
                yield return FieldError.Invalid($"{path}.requests", value, $"must be less than or equal to {name} limit of {limit.AsText}");
            }
        }
    }

    private static IEnumerable<FieldError> Probe(JsonMap container, string name, string path)
    {
        if (container[name] is not JsonMap probe) yield break;
        string[] handlers = ["exec", "httpGet", "tcpSocket", "grpc"];
        if (!handlers.Any(probe.ContainsKey)) yield return FieldError.Required(path, "must specify a handler type");
        if (handlers.Count(probe.ContainsKey) > 1) yield return FieldError.Forbidden($"{path}.{handlers.Last(probe.ContainsKey)}", "may not specify more than 1 handler type");
        foreach (var count in new[] { "initialDelaySeconds", "timeoutSeconds", "periodSeconds", "failureThreshold", "successThreshold" })
        {
            if (probe.Long(count) < 0) yield return FieldError.Invalid($"{path}.{count}", probe[count], "must be greater than or equal to 0");
        }
        if (name != "readinessProbe" && probe.Long("successThreshold") is { } successes and not 1) yield return FieldError.Invalid($"{path}.successThreshold", successes, "must be 1");
    }

    private const string PortRange = "must be between 1 and 65535, inclusive";

    private static string? PortNameFault(string name) => name.Length > 15 ? "must be no more than 15 characters"
        : !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') ? "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)"
        : !name.Any(char.IsAsciiLetterLower) ? "must contain at least one letter (a-z)"
        : name.Contains("--", StringComparison.Ordinal) ? "must not contain consecutive hyphens"
        : name.StartsWith('-') || name.EndsWith('-') ? "must not begin or end with a hyphen" : null;
}
