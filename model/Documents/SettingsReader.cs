using System.Collections.Immutable;

namespace FogInfra.Model.Documents;

/// <summary>Reads how a service runs: the fields that a service, a layer of it and a cluster of it have alike.</summary>
internal static class SettingsReader
{
    private static readonly string[] SecretPlaces = ["env", "file", "config"];

    /// <param name="map">The mapping that has the fields; the caller closes it.</param>
    /// <param name="known">The containers whose fields may be left out, since they are laid over those.</param>
    public static ServiceSettings Read(YamlMap map, ImmutableArray<Container> known)
    {
        var settings = new ServiceSettings
        {
            Replicas = map.WholeNumber("replicas", 0),
            Containers = map.Has("containers") ? ContainerReader.Read(map, "containers", known) : [],
            Config = ReadConfig(map),
            Files = ReadFiles(map),
            Secrets = ReadSecrets(map),
            Autoscaling = RunningReader.ReadAutoscaling(map),
            Disruption = RunningReader.ReadDisruption(map),
            Spread = RunningReader.ReadSpread(map),
            Update = RunningReader.ReadUpdate(map),
            Expose = ExposureReader.Read(map),
            Ingress = IngressReader.Read(map),
            Volumes = VolumeReader.Read(map),
            Access = PlacementReader.ReadAccess(map),
            Egress = PlacementReader.ReadEgress(map),
            NodeSelector = map.TextEntries("nodeSelector").ToImmutableSortedDictionary(StringComparer.Ordinal),
            Tolerations = PlacementReader.ReadTolerations(map),
            Architectures = PlacementReader.ReadArchitectures(map),
        };
        if (settings is { Replicas: not null, Autoscaling: not null })
        {
            map.Fault("replicas", "With 'autoscaling' the autoscaler decides how many pods there are; give its 'minReplicas' and 'maxReplicas'.");
        }

        return settings;
    }

    private static ImmutableSortedDictionary<string, string> ReadConfig(YamlMap map)
    {
        var config = map.TextEntries("config");
        foreach (var (name, _) in config.Where(pair => !Names.IsEnvironmentVariable(pair.Key)))
        {
            map.Map("config")!.FaultName(name, $"'{name}' is no name of an environment variable.");
        }

        return config.ToImmutableSortedDictionary(StringComparer.Ordinal);
    }

    private static ImmutableSortedDictionary<string, string> ReadFiles(YamlMap map)
    {
        var files = map.TextEntries("files");
        foreach (var (path, _) in files.Where(pair => !Names.IsAbsolutePath(pair.Key)))
        {
            map.Map("files")!.FaultName(path, $"'{path}' is no path; expected {Names.PathRule}.");
        }

        return files.ToImmutableSortedDictionary(StringComparer.Ordinal);
    }

    private static ImmutableSortedDictionary<string, SecretSource> ReadSecrets(YamlMap owner)
    {
        var secrets = ImmutableSortedDictionary.CreateBuilder<string, SecretSource>(StringComparer.Ordinal);
        foreach (var (name, map) in owner.Entries("secrets"))
        {
            if (!Names.IsEnvironmentVariable(name))
            {
                owner.Map("secrets")!.FaultName(name, $"'{name}' is no name of an environment variable.");
            }

            if (ReadSecret(map) is { } secret)
            {
                secrets[name] = secret;
            }
        }

        return secrets.ToImmutable();
    }

    private static SecretSource? ReadSecret(YamlMap map)
    {
        var path = map.Text("path");
        if (path is not null && !Names.IsAbsolutePath(path))
        {
            map.Fault("path", $"'{path}' is no path; expected {Names.PathRule}.");
        }

        var revision = map.Text("revision");
        var places = SecretPlaces.Where(map.Has).ToList();
        map.Close();
        if (places.Count != 1)
        {
            map.FaultHere("Expected exactly one of: env, file, config. A secret's value does not belong into a document.");
            return null;
        }

        var kind = places[0] switch { "env" => SecretKind.Environment, "file" => SecretKind.File, _ => SecretKind.StackConfig };
        return new SecretSource(kind, map.RequiredText(places[0]), path, revision);
    }
}
