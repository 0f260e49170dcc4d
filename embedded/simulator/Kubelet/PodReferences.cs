using FogInfra.Embedded.Simulator.Controllers;
using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Kubelet;

/// <summary>The ConfigMaps, Secrets and volume claims that a pod needs before its containers can run.</summary>
internal sealed class PodReferences(ControllerApi api)
{
    /// <summary>What a volume of the pod lacks: the volume's name and the kubelet's words; null when nothing is missing.</summary>
    public (string Volume, string Message)? MissingInVolumes(JsonMap pod)
    {
        foreach (var volume in pod.Maps("spec", "volumes"))
        {
            var name = volume.Text("name") ?? "";
            var missing = Missing(pod, Resources.ConfigMaps, "configmap", volume.At("configMap"), "name")
                ?? Missing(pod, Resources.Secrets, "secret", volume.At("secret"), "secretName")
                ?? volume.Maps("projected", "sources").Select(source =>
                    Missing(pod, Resources.ConfigMaps, "configmap", source["configMap"], "name") ?? Missing(pod, Resources.Secrets, "secret", source["secret"], "name")).FirstOrDefault(one => one is not null);
            if (missing is not null) return (name, missing);
        }
        return null;
    }

    /// <summary>What the environment of a container lacks, in the kubelet's words; null when nothing is missing.</summary>
    public string? MissingInEnvironment(JsonMap pod, JsonMap container)
    {
        foreach (var source in container.Maps("envFrom"))
        {
            var missing = Missing(pod, Resources.ConfigMaps, "configmap", source["configMapRef"], "name") ?? Missing(pod, Resources.Secrets, "secret", source["secretRef"], "name");
            if (missing is not null) return missing;
        }
        foreach (var source in container.Maps("env").Select(variable => variable.Map("valueFrom")))
        {
            var missing = MissingKey(pod, Resources.ConfigMaps, "configmap", "ConfigMap", source["configMapKeyRef"]) ?? MissingKey(pod, Resources.Secrets, "secret", "Secret", source["secretKeyRef"]);
            if (missing is not null) return missing;
        }
        return null;
    }

    private string? Missing(JsonMap pod, GroupResource resource, string word, JsonData? reference, string nameMember)
    {
        if (reference?.Text(nameMember) is not { } name || reference.Flag("optional")) return null;
        return api.Find(resource, new ObjectKey(pod.Namespace, name)) is null ? $"{word} \"{name}\" not found" : null;
    }

    private string? MissingKey(JsonMap pod, GroupResource resource, string word, string kind, JsonData? reference)
    {
        if (Missing(pod, resource, word, reference, "name") is { } missing) return missing;
        if (reference is null || reference.Flag("optional") || reference.Text("key") is not { } key) return null;
        var source = api.Find(resource, new ObjectKey(pod.Namespace, reference.Text("name") ?? ""));
        return source is null || source.Map("data").ContainsKey(key) || source.Map("binaryData").ContainsKey(key) ? null : $"couldn't find key {key} in {kind} {pod.Namespace}/{reference.Text("name")}";
    }
}
