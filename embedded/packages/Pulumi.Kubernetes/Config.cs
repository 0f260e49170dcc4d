using System.Collections.Concurrent;

namespace Pulumi.Kubernetes;

/// <summary>
/// The stack's settings of the default provider, <c>kubernetes:*</c>. A program that sets one overrides what it reads itself later;
/// the default provider keeps the stack's.
/// </summary>
public static class Config
{
    // Set by programs, for the whole process: the package's contract.
    private static readonly ConcurrentDictionary<string, object?> Overrides = new(StringComparer.Ordinal);

    /// <summary>Whether every preview and update renders all resources.</summary>
    public static bool? AlwaysRender { get => Boolean("alwaysRender"); set => Set("alwaysRender", value); }

    /// <summary>The cluster of the kubeconfig to use in place of the context's.</summary>
    public static string? Cluster { get => Text("cluster"); set => Set("cluster", value); }

    /// <summary>A name for the cluster. While it stays the same, changes of the kubeconfig replace nothing.</summary>
    public static string? ClusterIdentifier { get => Text("clusterIdentifier"); set => Set("clusterIdentifier", value); }

    /// <summary>The context of the kubeconfig to use in place of the current one.</summary>
    public static string? Context { get => Text("context"); set => Set("context", value); }

    /// <summary>Whether resources of a cluster that cannot be reached are dropped from the state.</summary>
    public static bool? DeleteUnreachable { get => Boolean("deleteUnreachable"); set => Set("deleteUnreachable", value); }

    /// <summary>Whether a change of a ConfigMap's data updates it in place.</summary>
    public static bool? EnableConfigMapMutable { get => Boolean("enableConfigMapMutable"); set => Set("enableConfigMapMutable", value); }

    /// <summary>Whether server-side apply takes fields over from other owners.</summary>
    public static bool? EnablePatchForce { get => Boolean("enablePatchForce"); set => Set("enablePatchForce", value); }

    /// <summary>Has no effect.</summary>
    public static bool? EnableReplaceCRD { get => Boolean("enableReplaceCRD"); set => Set("enableReplaceCRD", value); }

    /// <summary>Whether a change of a Secret's data updates it in place.</summary>
    public static bool? EnableSecretMutable { get => Boolean("enableSecretMutable"); set => Set("enableSecretMutable", value); }

    /// <summary>Whether objects are written with server-side apply, as they are by default.</summary>
    public static bool? EnableServerSideApply { get => Boolean("enableServerSideApply"); set => Set("enableServerSideApply", value); }

    /// <summary>The path of a kubeconfig, or its contents.</summary>
    public static string? KubeConfig { get => Text("kubeconfig"); set => Set("kubeconfig", value); }

    /// <summary>The namespace of objects that name none.</summary>
    public static string? Namespace { get => Text("namespace"); set => Set("namespace", value); }

    /// <summary>A folder to which the objects are written as YAML; no cluster is touched then.</summary>
    public static string? RenderYamlToDirectory { get => Text("renderYamlToDirectory"); set => Set("renderYamlToDirectory", value); }

    /// <summary>Whether resources of a cluster that cannot be reached are left as they are.</summary>
    public static bool? SkipUpdateUnreachable { get => Boolean("skipUpdateUnreachable"); set => Set("skipUpdateUnreachable", value); }

    /// <summary>Whether the default provider is forbidden, and every other one must name its kubeconfig and context.</summary>
    public static bool? StrictMode { get => Boolean("strictMode"); set => Set("strictMode", value); }

    /// <summary>Whether deprecated API versions go without a warning.</summary>
    public static bool? SuppressDeprecationWarnings
    {
        get => Boolean("suppressDeprecationWarnings");
        set => Set("suppressDeprecationWarnings", value);
    }

    /// <summary>Whether Helm hooks, which are not run, go without a warning.</summary>
    public static bool? SuppressHelmHookWarnings
    {
        get => Boolean("suppressHelmHookWarnings");
        set => Set("suppressHelmHookWarnings", value);
    }

    /// <summary>Whether creating an object that exists already adopts it.</summary>
    public static bool? UpsertExistingObjects { get => Boolean("upsertExistingObjects"); set => Set("upsertExistingObjects", value); }

    private static bool? Boolean(string key) =>
        Overrides.TryGetValue(key, out var value) ? (bool?)value : new Pulumi.Config("kubernetes").GetBoolean(key);

    private static string? Text(string key) =>
        Overrides.TryGetValue(key, out var value) ? (string?)value : new Pulumi.Config("kubernetes").Get(key);

    private static void Set(string key, object? value) => Overrides[key] = value;
}
