namespace FogInfra.Model.Documents;

/// <summary>Checks what can be wrong only between the parts of a service as it runs on a layer.</summary>
internal static class SettingsCheck
{
    /// <param name="layer">The service as it runs on the layer.</param>
    /// <param name="map">Where problems are noted.</param>
    public static void Check(ServiceLayer layer, YamlMap map)
    {
        var settings = layer.Settings;
        var volumes = settings.Volumes.Select(volume => volume.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var mount in layer.Containers.SelectMany(container => container.VolumeMounts).Where(mount => !volumes.Contains(mount.Name)))
        {
            map.FaultHere($"A container mounts the volume '{mount.Name}', which is not among 'volumes'{Suggestion.For(mount.Name, volumes)}");
        }

        var hasPorts = layer.Containers.Any(container => !container.Ports.IsEmpty);
        if (!hasPorts && settings.Expose is { Ports.IsEmpty: true })
        {
            map.FaultHere("There is nothing to expose: no container has 'ports', and 'expose' has none.");
        }

        if (!hasPorts && settings is { Ingress: not null, Expose: null or { Ports.IsEmpty: true } })
        {
            map.FaultHere("An ingress leads to a port, but no container has 'ports'.");
        }

        foreach (var path in settings.Secrets.Values.Select(secret => secret.Path).OfType<string>().Where(settings.Files.ContainsKey))
        {
            map.FaultHere($"'{path}' is the path of a file and of a secret.");
        }
    }
}
