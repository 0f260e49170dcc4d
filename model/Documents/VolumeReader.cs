using System.Collections.Immutable;

namespace FogInfra.Model.Documents;

/// <summary>Reads the volumes of a service, and where containers see them.</summary>
internal static class VolumeReader
{
    private static readonly string[] AccessModes = ["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"];

    private static readonly string[] HostTypes =
        ["DirectoryOrCreate", "Directory", "FileOrCreate", "File", "Socket", "CharDevice", "BlockDevice"];

    private static readonly string[] Sources = ["emptyDir", "claim", "hostPath", "configMap", "secret"];

    public static ImmutableArray<Volume> Read(YamlMap owner)
    {
        var volumes = owner.Maps("volumes").Select(ReadVolume).ToImmutableArray();
        foreach (var (name, index) in ContainerReader.Repeated(volumes.Select(volume => volume.Name)))
        {
            owner.FaultItem("volumes", index, $"The name '{name}' is taken by another volume.");
        }

        return volumes;
    }

    public static VolumeMount ReadMount(YamlMap map)
    {
        var mount = new VolumeMount(
            map.RequiredText("name"), ReadPath(map, "mountPath", required: true)!, map.Truth("readOnly") ?? false, map.Text("subPath"));
        map.Close();
        return mount;
    }

    private static Volume ReadVolume(YamlMap map)
    {
        var name = map.RequiredText("name");
        if (name.Length > 0 && !Names.IsLabel(name))
        {
            map.Fault("name", $"'{name}' is no name of a volume; expected {Names.LabelRule}.");
        }

        var volume = new Volume
        {
            Name = name,
            MountPath = ReadPath(map, "mountPath"),
            ReadOnly = map.Truth("readOnly") ?? false,
            EmptyDir = ReadEmptyDir(map),
            Claim = ReadClaim(map),
            HostPath = ReadHostPath(map),
            ConfigMap = ReadReference(map, "configMap"),
            Secret = ReadReference(map, "secret"),
        };
        map.Close();
        if (Sources.Count(map.Has) != 1)
        {
            map.FaultHere($"Expected exactly one of: {string.Join(", ", Sources)}.");
        }

        return volume;
    }

    private static EmptyDirectory? ReadEmptyDir(YamlMap owner)
    {
        if (owner.Map("emptyDir") is not { } map)
        {
            return null;
        }

        var directory = new EmptyDirectory(ReadQuantity(map, "sizeLimit"), map.Truth("inMemory") ?? false);
        map.Close();
        return directory;
    }

    private static StorageClaim? ReadClaim(YamlMap owner)
    {
        if (owner.Map("claim") is not { } map)
        {
            return null;
        }

        if (!map.Has("size"))
        {
            map.FaultHere("The field 'size' is missing.");
        }

        var claim = new StorageClaim(
            ReadQuantity(map, "size") ?? "", map.Text("storageClass"), map.Choice("accessMode", AccessModes) ?? "ReadWriteOnce");
        map.Close();
        return claim;
    }

    private static HostDirectory? ReadHostPath(YamlMap owner)
    {
        if (owner.Map("hostPath") is not { } map)
        {
            return null;
        }

        var directory = new HostDirectory(ReadPath(map, "path", required: true)!, map.Choice("type", HostTypes));
        map.Close();
        return directory;
    }

    private static string? ReadReference(YamlMap owner, string field)
    {
        if (owner.Map(field) is not { } map)
        {
            return null;
        }

        var name = map.RequiredText("name");
        map.Close();
        return name;
    }

    private static string? ReadQuantity(YamlMap map, string field)
    {
        var quantity = map.Text(field);
        if (quantity is not null && !Names.IsQuantity(quantity))
        {
            map.Fault(field, $"'{quantity}' is no quantity; expected {Names.QuantityRule}.");
        }

        return quantity;
    }

    private static string? ReadPath(YamlMap map, string field, bool required = false)
    {
        var path = required ? map.RequiredText(field) : map.Text(field);
        if (path is { Length: > 0 } && !Names.IsAbsolutePath(path))
        {
            map.Fault(field, $"'{path}' is no path; expected {Names.PathRule}.");
        }

        return path;
    }
}
