using Pulumi.Kubernetes.Settings;

namespace Pulumi.Kubernetes.Types.Inputs.Provider;

/// <summary>How many requests the provider's client may make.</summary>
public class KubeClientSettingsArgs : ResourceArgs
{
    /// <summary>The number of requests that may be made at once above the rate.</summary>
    [Input("burst")]
    public Input<int>? Burst { get; set; }

    /// <summary>The rate, in requests per second.</summary>
    [Input("qps")]
    public Input<double>? Qps { get; set; }

    /// <summary>The longest time that a request may take, in seconds.</summary>
    [Input("timeout")]
    public Input<int>? Timeout { get; set; }

    /// <summary>Takes the settings of the environment.</summary>
    public KubeClientSettingsArgs()
    {
        Burst = FromEnvironment.WholeNumber("PULUMI_K8S_CLIENT_BURST");
        Qps = FromEnvironment.Number("PULUMI_K8S_CLIENT_QPS");
        Timeout = FromEnvironment.WholeNumber("PULUMI_K8S_CLIENT_TIMEOUT");
    }

    /// <summary>The settings of the environment.</summary>
    public static new KubeClientSettingsArgs Empty => new();
}
