using System.Collections.Immutable;
using FogInfra.Model;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace FogInfra.Components;

/// <summary>Volumes of pods, and where containers see them. Plain functions over plain values.</summary>
internal static class PodVolumes
{
    // A document that names a volume of its own so gets Kubernetes' refusal of a double name.
    private const string FilesVolume = "foginfra-files";
    private const string SecretsVolume = "foginfra-secrets";

    /// <summary>The keys under which files are kept, by their paths: the order and the file's own name, since a key has no slashes.</summary>
    public static ImmutableSortedDictionary<string, string> KeysOf(IEnumerable<string> paths) => paths
        .Order(StringComparer.Ordinal)
        .Select((path, index) => KeyValuePair.Create(path, $"{index}.{string.Concat(path[(path.LastIndexOf('/') + 1)..].Select(KeyCharacter))}"))
        .ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>The volumes of a service's pods.</summary>
    public static IEnumerable<VolumeArgs> Of(ServiceWorkload service, PodSurroundings given)
    {
        foreach (var volume in service.Settings.Volumes)
        {
            yield return ToArgs(volume, given);
        }

        if (given.Files is { } files)
        {
            yield return new VolumeArgs { Name = FilesVolume, ConfigMap = new ConfigMapVolumeSourceArgs { Name = files } };
        }

        if (given.Secrets is { } secrets && service.Settings.Secrets.Any(secret => secret.Value.Path is not null))
        {
            yield return new VolumeArgs
            {
                Name = SecretsVolume,

                // Not 0400: a container need not run as root.
                Secret = new SecretVolumeSourceArgs { SecretName = secrets, DefaultMode = Convert.ToInt32("0444", 8) },
            };
        }
    }

    /// <summary>Where a container of a service sees volumes.</summary>
    public static IEnumerable<VolumeMountArgs> MountsOf(Container container, ServiceWorkload service)
    {
        foreach (var volume in service.Settings.Volumes.Where(volume => volume.MountPath is not null))
        {
            yield return Mount(volume.Name, volume.MountPath!, volume.ReadOnly);
        }

        foreach (var mount in container.VolumeMounts)
        {
            yield return Mount(mount.Name, mount.MountPath, mount.ReadOnly, mount.SubPath);
        }

        foreach (var (path, key) in KeysOf(service.Settings.Files.Keys))
        {
            yield return Mount(FilesVolume, path, readOnly: true, key);
        }

        foreach (var (name, secret) in service.Settings.Secrets.Where(secret => secret.Value.Path is not null))
        {
            yield return Mount(SecretsVolume, secret.Path!, readOnly: true, name);
        }
    }

    private static VolumeMountArgs Mount(string volume, string path, bool readOnly, string? subPath = null)
    {
        var mount = new VolumeMountArgs { Name = volume, MountPath = path };
        if (readOnly)
        {
            mount.ReadOnly = true;
        }

        if (subPath is not null)
        {
            mount.SubPath = subPath;
        }

        return mount;
    }

    private static VolumeArgs ToArgs(Volume volume, PodSurroundings given)
    {
        var args = new VolumeArgs { Name = volume.Name };
        switch (volume)
        {
            case { Claim: not null }:
                args.PersistentVolumeClaim = new PersistentVolumeClaimVolumeSourceArgs { ClaimName = given.Claims[volume.Name] };
                break;
            case { HostPath: { } host }:
                args.HostPath = new HostPathVolumeSourceArgs { Path = host.Path, Type = host.Type ?? "" };
                break;
            case { ConfigMap: { } configMap }:
                args.ConfigMap = new ConfigMapVolumeSourceArgs { Name = configMap };
                break;
            case { Secret: { } secret }:
                args.Secret = new SecretVolumeSourceArgs { SecretName = secret };
                break;
            default:
                args.EmptyDir = ToArgs(volume.EmptyDir ?? new EmptyDirectory());
                break;
        }

        return args;
    }

    private static EmptyDirVolumeSourceArgs ToArgs(EmptyDirectory directory)
    {
        var args = new EmptyDirVolumeSourceArgs();
        if (directory.SizeLimit is { } limit)
        {
            args.SizeLimit = limit;
        }

        if (directory.InMemory)
        {
            args.Medium = "Memory";
        }

        return args;
    }

    // The characters of a ConfigMap's key (Kubernetes, "ConfigMap object").
    private static char KeyCharacter(char character) => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' ? character : '_';
}
