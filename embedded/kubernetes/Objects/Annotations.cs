namespace FogInfra.Embedded.Kubernetes.Objects;

/// <summary>The annotations by which users of pulumi-kubernetes and the provider talk to each other.</summary>
internal static class Annotations
{
    /// <summary>What all of them start with.</summary>
    public const string Prefix = "pulumi.com/";

    /// <summary>Written: the provider chose the object's name.</summary>
    public const string Autonamed = Prefix + "autonamed";

    /// <summary>Read: do not wait until the object is ready.</summary>
    public const string SkipAwait = Prefix + "skipAwait";

    /// <summary>Read: wait for this instead of what is built in.</summary>
    public const string WaitFor = Prefix + "waitFor";

    /// <summary>Read: how long to wait, in whole seconds, when the resource has no custom timeout.</summary>
    public const string TimeoutSeconds = Prefix + "timeoutSeconds";

    /// <summary>Read: take fields from other managers.</summary>
    public const string PatchForce = Prefix + "patchForce";

    /// <summary>Read: the name of the field manager.</summary>
    public const string PatchFieldManager = Prefix + "patchFieldManager";

    /// <summary>Read: what happens to the objects that the object owns when it is deleted.</summary>
    public const string DeletionPropagation = Prefix + "deletionPropagationPolicy";

    /// <summary>What kubectl apply writes down for itself.</summary>
    public const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";

    /// <summary>The revision of a Deployment.</summary>
    public const string Revision = "deployment.kubernetes.io/revision";

    /// <summary>All that the provider reads.</summary>
    public static IReadOnlySet<string> Known { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        Autonamed, SkipAwait, WaitFor, TimeoutSeconds, PatchForce, PatchFieldManager, DeletionPropagation, Prefix + "replaceUnready",
    };
}
