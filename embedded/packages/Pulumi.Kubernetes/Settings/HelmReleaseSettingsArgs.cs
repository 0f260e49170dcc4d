using Pulumi.Kubernetes.Settings;

namespace Pulumi.Kubernetes.Types.Inputs.Provider;

/// <summary>Where Helm keeps its files.</summary>
public class HelmReleaseSettingsArgs : ResourceArgs
{
    /// <summary>What releases are stored in: <c>secret</c>, <c>configmap</c>, <c>memory</c> or <c>sql</c>.</summary>
    [Input("driver")]
    public Input<string>? Driver { get; set; }

    /// <summary>The folder of plugins.</summary>
    [Input("pluginsPath")]
    public Input<string>? PluginsPath { get; set; }

    /// <summary>The file with the settings of registries.</summary>
    [Input("registryConfigPath")]
    public Input<string>? RegistryConfigPath { get; set; }

    /// <summary>The folder of cached repository indexes.</summary>
    [Input("repositoryCache")]
    public Input<string>? RepositoryCache { get; set; }

    /// <summary>The file with the names of repositories.</summary>
    [Input("repositoryConfigPath")]
    public Input<string>? RepositoryConfigPath { get; set; }

    /// <summary>Takes the settings of the environment.</summary>
    public HelmReleaseSettingsArgs()
    {
        Driver = FromEnvironment.Text("PULUMI_K8S_HELM_DRIVER");
        PluginsPath = FromEnvironment.Text("PULUMI_K8S_HELM_PLUGINS_PATH");
        RegistryConfigPath = FromEnvironment.Text("PULUMI_K8S_HELM_REGISTRY_CONFIG_PATH");
        RepositoryCache = FromEnvironment.Text("PULUMI_K8S_HELM_REPOSITORY_CACHE");
        RepositoryConfigPath = FromEnvironment.Text("PULUMI_K8S_HELM_REPOSITORY_CONFIG_PATH");
    }

    /// <summary>The settings of the environment.</summary>
    public static new HelmReleaseSettingsArgs Empty => new();
}
