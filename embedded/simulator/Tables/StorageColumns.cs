using FogInfra.Embedded.Simulator.Values;
using static FogInfra.Embedded.Simulator.Tables.Columns;

namespace FogInfra.Embedded.Simulator.Tables;

/// <summary>The columns of storage.</summary>
internal static class StorageColumns
{
    public static IReadOnlyList<TableColumn> Claim { get; } =
    [
        Name,
        Text("Status", cell => cell.Value.IsDeleting ? "Terminating" : cell.Value.Text("status", "phase") ?? ""),
        TextAt("Volume", "spec", "volumeName"),
        TextAt("Capacity", "status", "capacity", "storage"),
        Text("Access Modes", cell => AccessModes(cell.Value.List("status", "accessModes"))),
        Text("StorageClass", cell => cell.Value.Text("spec", "storageClassName") ?? ""),
        Text("VolumeAttributesClass", cell => cell.Value.Text("spec", "volumeAttributesClassName") ?? "<unset>"),
        Age,
        TextAt("VolumeMode", "spec", "volumeMode").Wide(),
    ];

    public static IReadOnlyList<TableColumn> Volume { get; } =
    [
        Name,
        TextAt("Capacity", "spec", "capacity", "storage"),
        Text("Access Modes", cell => AccessModes(cell.Value.List("spec", "accessModes"))),
        TextAt("Reclaim Policy", "spec", "persistentVolumeReclaimPolicy"),
        Text("Status", cell => cell.Value.IsDeleting ? "Terminating" : cell.Value.Text("status", "phase") ?? ""),
        Text("Claim", cell => cell.Value.At("spec", "claimRef") is { } claim ? $"{claim.Text("namespace")}/{claim.Text("name")}" : ""),
        TextAt("StorageClass", "spec", "storageClassName"),
        Text("VolumeAttributesClass", cell => cell.Value.Text("spec", "volumeAttributesClassName") ?? "<unset>"),
        TextAt("Reason", "status", "reason"),
        Age,
        TextAt("VolumeMode", "spec", "volumeMode").Wide(),
    ];

    public static IReadOnlyList<TableColumn> Class { get; } =
    [
        Text("Name", cell => cell.Value.Annotations.Text("storageclass.kubernetes.io/is-default-class") == "true" ? cell.Value.Name + " (default)" : cell.Value.Name),
        TextAt("Provisioner", "provisioner"),
        TextAt("ReclaimPolicy", "reclaimPolicy"),
        TextAt("VolumeBindingMode", "volumeBindingMode"),
        new("AllowVolumeExpansion", "boolean", cell => cell.Value.Flag("allowVolumeExpansion")),
        Age,
    ];

    public static IReadOnlyList<TableColumn> Attachment { get; } =
    [
        Name,
        TextAt("Attacher", "spec", "attacher"),
        TextAt("PV", "spec", "source", "persistentVolumeName"),
        TextAt("Node", "spec", "nodeName"),
        new("Attached", "boolean", cell => cell.Value.Flag("status", "attached")),
        Age,
    ];

    public static IReadOnlyList<TableColumn> Node { get; } = [Name, Number("Drivers", cell => cell.Value.List("spec", "drivers").Count), Age];

    public static IReadOnlyList<TableColumn> Driver { get; } =
    [
        Name,
        new("AttachRequired", "boolean", cell => cell.Value.Flag("spec", "attachRequired")),
        new("PodInfoOnMount", "boolean", cell => cell.Value.Flag("spec", "podInfoOnMount")),
        new("StorageCapacity", "boolean", cell => cell.Value.Flag("spec", "storageCapacity")),
        Text("TokenRequests", cell => cell.Value.Maps("spec", "tokenRequests").Any() ? Join(cell.Value.Maps("spec", "tokenRequests").Select(request => request.Text("audience"))) : "<unset>"),
        new("RequiresRepublish", "boolean", cell => cell.Value.Flag("spec", "requiresRepublish")),
        Text("Modes", cell => OrNone(Join(cell.Value.List("spec", "volumeLifecycleModes").Texts()))),
        Age,
    ];

    private static string AccessModes(JsonList modes) => Join(modes.Texts().Select(mode => mode switch
    {
        "ReadWriteOnce" => "RWO",
        "ReadOnlyMany" => "ROX",
        "ReadWriteMany" => "RWX",
        "ReadWriteOncePod" => "RWOP",
        _ => mode,
    }));
}
