using System.Collections.Generic;
using Pulumi;
using Pulumi.Kubernetes;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Config = Pulumi.Config;
using ConfigMap = Pulumi.Kubernetes.Core.V1.ConfigMap;

// The settings of a billing service, in whatever cluster the stack's configuration names.
return await Deployment.RunAsync(() =>
{
    var config = new Config();
    var version = config.Require("version");
    var provider = new Provider("cluster", new ProviderArgs { KubeConfig = new Config("fog").Require("kubeconfig") });
    var settings = new ConfigMap(
        "settings",
        new ConfigMapArgs
        {
            Metadata = new ObjectMetaArgs { Name = "billing", Namespace = "default" },
            Data = { ["version"] = version, ["currency"] = config.Get("currency") ?? "EUR" },
        },
        new CustomResourceOptions { Provider = provider });
    return new Dictionary<string, object?>
    {
        ["version"] = version,
        ["settings"] = settings.Metadata.Apply(metadata => metadata.Name),
    };
});
