namespace FogInfra.Model;

/// <summary>A volume of a pod. Exactly one of its sources is set.</summary>
public sealed record Volume
{
    /// <summary>The name; unique in its service.</summary>
    public required string Name { get; init; }

    /// <summary>Where every container sees it; null when containers name it in their own <c>volumeMounts</c>.</summary>
    public string? MountPath { get; init; }

    /// <summary>Whether containers may only read it. For <see cref="MountPath"/>.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>An empty directory that goes with the pod.</summary>
    public EmptyDirectory? EmptyDir { get; init; }

    /// <summary>Storage that outlives the pod (PersistentVolumeClaim).</summary>
    public StorageClaim? Claim { get; init; }

    /// <summary>A path of the node. Only where the namespace's pod security is <see cref="PodSecurity.Privileged"/>.</summary>
    public HostDirectory? HostPath { get; init; }

    /// <summary>The name of a ConfigMap that is there already.</summary>
    public string? ConfigMap { get; init; }

    /// <summary>The name of a Secret that is there already.</summary>
    public string? Secret { get; init; }
}

/// <summary>An empty directory that goes with the pod.</summary>
/// <param name="SizeLimit">The greatest size as a Kubernetes quantity; null for none.</param>
/// <param name="InMemory">Whether it is kept in memory.</param>
public sealed record EmptyDirectory(string? SizeLimit = null, bool InMemory = false);

/// <summary>Storage that outlives the pod.</summary>
/// <param name="Size">The size as a Kubernetes quantity.</param>
/// <param name="StorageClass">The class; null for the cluster's default.</param>
/// <param name="AccessMode"><c>ReadWriteOnce</c>, <c>ReadOnlyMany</c>, <c>ReadWriteMany</c> or <c>ReadWriteOncePod</c>.</param>
public sealed record StorageClaim(string Size, string? StorageClass = null, string AccessMode = "ReadWriteOnce");

/// <summary>A path of the node.</summary>
/// <param name="Path">The absolute path.</param>
/// <param name="Type">What must be there, for example <c>DirectoryOrCreate</c>; null for no check.</param>
public sealed record HostDirectory(string Path, string? Type = null);

/// <summary>Where a container sees a volume.</summary>
/// <param name="Name">The volume.</param>
/// <param name="MountPath">The absolute path.</param>
/// <param name="ReadOnly">Whether it may only be read.</param>
/// <param name="SubPath">The path inside the volume; null for all of it.</param>
public sealed record VolumeMount(string Name, string MountPath, bool ReadOnly = false, string? SubPath = null);
