using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Rules;

/// <summary>What a pod's spec says where its author says nothing, in a pod as in a template.</summary>
internal static class PodDefaults
{
    private const int FileMode = 420; // 0644

    /// <summary>The defaults of a workload's pod template.</summary>
    public static JsonMap Template(JsonMap template) => template.Edit("spec", Spec);

    /// <summary>The defaults of a pod's spec.</summary>
    public static JsonMap Spec(JsonMap spec)
    {
        var onHostNetwork = spec.Flag("hostNetwork");
        var account = spec.Text("serviceAccountName") ?? spec.Text("serviceAccount");
        return spec
            .EditEach("initContainers", container => Container(container, onHostNetwork))
            .EditEach("containers", container => Container(container, onHostNetwork))
            .EditEach("ephemeralContainers", container => Container(container, onHostNetwork))
            .EditEach("volumes", Volume)
            .Default("Always", "restartPolicy")
            .Default(30, "terminationGracePeriodSeconds")
            .Default("ClusterFirst", "dnsPolicy")
            .Default(JsonMap.Empty, "securityContext")
            .Default("default-scheduler", "schedulerName")
            .SetIfGiven(account, "serviceAccountName")
            .SetIfGiven(account, "serviceAccount"); // The old name of the same field.
    }

    private static JsonMap Container(JsonMap container, bool onHostNetwork)
    {
        var image = container.Text("image") ?? "";
        var result = container
            .Default(JsonMap.Empty, "resources")
            .Default("/dev/termination-log", "terminationMessagePath")
            .Default("File", "terminationMessagePolicy")
            .EditEach("ports", port => Port(port, onHostNetwork))
            .EditEach("env", Variable)
            .Edit("livenessProbe", Probe)
            .Edit("readinessProbe", Probe)
            .Edit("startupProbe", Probe)
            .Edit("lifecycle", lifecycle => lifecycle.Edit("postStart", Handler).Edit("preStop", Handler));
        return image.Length == 0 ? result : result.Default(ImageName.Parse(image).IsLatest ? "Always" : "IfNotPresent", "imagePullPolicy");
    }

    private static JsonMap Port(JsonMap port, bool onHostNetwork)
    {
        var result = port.Default("TCP", "protocol");
        return onHostNetwork && port["containerPort"] is { } number ? result.Default(number, "hostPort") : result;
    }

    private static JsonMap Variable(JsonMap variable) => variable.Edit("valueFrom", source => source
        .Edit("fieldRef", field => field.Default("v1", "apiVersion"))
        .Edit("resourceFieldRef", resource => resource.Default("0", "divisor")));

    private static JsonMap Probe(JsonMap probe) => Handler(probe)
        .Default(1, "timeoutSeconds")
        .Default(10, "periodSeconds")
        .Default(1, "successThreshold")
        .Default(3, "failureThreshold")
        .Edit("grpc", grpc => grpc.Default("", "service"));

    private static JsonMap Handler(JsonMap handler) => handler.Edit("httpGet", get => get.Default("/", "path").Default("HTTP", "scheme"));

    private static JsonMap Volume(JsonMap volume)
    {
        // A volume that names no source is an empty directory.
        var result = volume.Count == 1 && volume.ContainsKey("name") ? volume.With("emptyDir", JsonMap.Empty) : volume;
        return result
            .Edit("secret", secret => secret.Default(FileMode, "defaultMode"))
            .Edit("configMap", map => map.Default(FileMode, "defaultMode"))
            .Edit("downwardAPI", api => api.Default(FileMode, "defaultMode").EditEach("items", FieldItem))
            .Edit("hostPath", path => path.Default("", "type"))
            .Edit("projected", projected => projected.Default(FileMode, "defaultMode").EditEach("sources", source => source
                .Edit("serviceAccountToken", token => token.Default(3607, "expirationSeconds"))
                .Edit("downwardAPI", api => api.EditEach("items", FieldItem))))
            .Edit("ephemeral", ephemeral => ephemeral.Edit("volumeClaimTemplate", template => template.Edit("spec", spec => spec.Default("Filesystem", "volumeMode"))));
    }

    private static JsonMap FieldItem(JsonMap item) => item.Edit("fieldRef", field => field.Default("v1", "apiVersion"));

    private static JsonMap SetIfGiven(this JsonMap map, string? value, string name) => value is null || map.Text(name) == value ? map : map.With(name, value);
}
