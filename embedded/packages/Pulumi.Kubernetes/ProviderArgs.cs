using Pulumi.Kubernetes.Settings;
using Pulumi.Kubernetes.Types.Inputs.Provider;

namespace Pulumi.Kubernetes;

/// <summary>The settings of a <see cref="Provider"/>. What a program does not set comes from the environment.</summary>
public sealed class ProviderArgs : ResourceArgs
{
    /// <summary>Whether every preview and update renders all resources. Only with <see cref="RenderYamlToDirectory"/>.</summary>
    [Input("alwaysRender", json: true)]
    public Input<bool>? AlwaysRender { get; set; }

    /// <summary>The cluster of the kubeconfig to use in place of the context's.</summary>
    [Input("cluster")]
    public Input<string>? Cluster { get; set; }

    /// <summary>A name for the cluster. While it stays the same, changes of the kubeconfig replace nothing.</summary>
    [Input("clusterIdentifier")]
    public Input<string>? ClusterIdentifier { get; set; }

    /// <summary>The context of the kubeconfig to use in place of the current one.</summary>
    [Input("context")]
    public Input<string>? Context { get; set; }

    /// <summary>Whether resources of a cluster that cannot be reached are dropped from the state.</summary>
    [Input("deleteUnreachable", json: true)]
    public Input<bool>? DeleteUnreachable { get; set; }

    /// <summary>Whether a change of a ConfigMap's data updates it in place.</summary>
    [Input("enableConfigMapMutable", json: true)]
    public Input<bool>? EnableConfigMapMutable { get; set; }

    /// <summary>Whether server-side apply takes fields over from other owners.</summary>
    [Input("enablePatchForce", json: true)]
    public Input<bool>? EnablePatchForce { get; set; }

    /// <summary>Whether a change of a Secret's data updates it in place.</summary>
    [Input("enableSecretMutable", json: true)]
    public Input<bool>? EnableSecretMutable { get; set; }

    /// <summary>Whether objects are written with server-side apply, as they are by default.</summary>
    [Input("enableServerSideApply", json: true)]
    public Input<bool>? EnableServerSideApply { get; set; }

    /// <summary>Where Helm keeps its files.</summary>
    [Input("helmReleaseSettings", json: true)]
    public Input<HelmReleaseSettingsArgs>? HelmReleaseSettings { get; set; }

    /// <summary>How many requests the client may make.</summary>
    [Input("kubeClientSettings", json: true)]
    public Input<KubeClientSettingsArgs>? KubeClientSettings { get; set; }

    /// <summary>The path of a kubeconfig, or its contents.</summary>
    [Input("kubeconfig")]
    public Input<string>? KubeConfig { get; set; }

    /// <summary>The namespace of objects that name none.</summary>
    [Input("namespace")]
    public Input<string>? Namespace { get; set; }

    /// <summary>A folder to which the objects are written as YAML; no cluster is touched then.</summary>
    [Input("renderYamlToDirectory")]
    public Input<string>? RenderYamlToDirectory { get; set; }

    /// <summary>Whether resources of a cluster that cannot be reached are left as they are.</summary>
    [Input("skipUpdateUnreachable", json: true)]
    public Input<bool>? SkipUpdateUnreachable { get; set; }

    /// <summary>Whether deprecated API versions go without a warning.</summary>
    [Input("suppressDeprecationWarnings", json: true)]
    public Input<bool>? SuppressDeprecationWarnings { get; set; }

    /// <summary>Whether Helm hooks, which are not run, go without a warning.</summary>
    [Input("suppressHelmHookWarnings", json: true)]
    public Input<bool>? SuppressHelmHookWarnings { get; set; }

    /// <summary>Whether creating an object that exists already adopts it.</summary>
    [Input("upsertExistingObjects", json: true)]
    public Input<bool>? UpsertExistingObjects { get; set; }

    /// <summary>Takes the settings of the environment.</summary>
    public ProviderArgs()
    {
        DeleteUnreachable = FromEnvironment.Boolean("PULUMI_K8S_DELETE_UNREACHABLE");
        EnableConfigMapMutable = FromEnvironment.Boolean("PULUMI_K8S_ENABLE_CONFIGMAP_MUTABLE");
        EnablePatchForce = FromEnvironment.Boolean("PULUMI_K8S_ENABLE_PATCH_FORCE");
        EnableSecretMutable = FromEnvironment.Boolean("PULUMI_K8S_ENABLE_SECRET_MUTABLE");
        EnableServerSideApply = FromEnvironment.Boolean("PULUMI_K8S_ENABLE_SERVER_SIDE_APPLY");
        KubeConfig = FromEnvironment.Text("KUBECONFIG");
        SkipUpdateUnreachable = FromEnvironment.Boolean("PULUMI_K8S_SKIP_UPDATE_UNREACHABLE");
        SuppressDeprecationWarnings = FromEnvironment.Boolean("PULUMI_K8S_SUPPRESS_DEPRECATION_WARNINGS");
        SuppressHelmHookWarnings = FromEnvironment.Boolean("PULUMI_K8S_SUPPRESS_HELM_HOOK_WARNINGS");
        UpsertExistingObjects = FromEnvironment.Boolean("PULUMI_K8S_UPSERT_EXISTING_OBJECTS");
    }

    /// <summary>The settings of the environment.</summary>
    public static new ProviderArgs Empty => new();
}
