using System.Text.Json;
using FogInfra.Tests.PulumiKubernetes.Support;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Provider;
using KubernetesConfig = Pulumi.Kubernetes.Config;
using Provider = Pulumi.Kubernetes.Provider;
using ProviderArgs = Pulumi.Kubernetes.ProviderArgs;

namespace FogInfra.Tests.PulumiKubernetes;

public sealed class ProviderTests
{
    [Fact]
    public async Task Provider_SendsFlagsAsTexts()
    {
        var mocks = await TestProgram.RunAsync(() => new Provider("edge-1", new ProviderArgs
        {
            KubeConfig = "/clusters/edge-1.yaml",
            Context = "edge-1",
            Namespace = "shop",
            EnableServerSideApply = true,
        }));

        Assert.Equal("pulumi:providers:kubernetes", mocks.Requests["edge-1"].Type);
        mocks.AssertInputs("edge-1", """
            {
              "kubeconfig": "/clusters/edge-1.yaml",
              "context": "edge-1",
              "namespace": "shop",
              "enableServerSideApply": "true"
            }
            """);
    }

    [Fact]
    public async Task Provider_WithClientSettings_SendsThemAsOneText()
    {
        var mocks = await TestProgram.RunAsync(() => new Provider("edge-1", new ProviderArgs
        {
            KubeClientSettings = new KubeClientSettingsArgs { Burst = 10, Qps = 2.5, Timeout = 30 },
        }));

        using var settings = JsonDocument.Parse((string)mocks.Requests["edge-1"].Inputs["kubeClientSettings"]);
        Assert.Equal((10, 2.5, 30), (
            settings.RootElement.GetProperty("burst").GetInt32(),
            settings.RootElement.GetProperty("qps").GetDouble(),
            settings.RootElement.GetProperty("timeout").GetInt32()));
    }

    [Fact]
    public async Task Resource_WithAProvider_NamesItToTheEngine()
    {
        var mocks = await TestProgram.RunAsync(() =>
        {
            var edge = new Provider("edge-1", new ProviderArgs { KubeConfig = "{}" });
            _ = new Namespace("shop", options: new CustomResourceOptions { Provider = edge });
        });

        Assert.Contains("pulumi:providers:kubernetes::edge-1", mocks.Requests["shop"].Provider, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Provider_WithoutArgs_TakesTheEnvironment()
    {
        var variables = new Dictionary<string, string>
        {
            ["KUBECONFIG"] = "/home/me/.kube/config",
            ["PULUMI_K8S_DELETE_UNREACHABLE"] = "T",
            ["PULUMI_K8S_ENABLE_SERVER_SIDE_APPLY"] = "0",
            ["PULUMI_K8S_ENABLE_PATCH_FORCE"] = "maybe",
        };

        var mocks = await WithAsync(variables, () => TestProgram.RunAsync(() => new Provider("default")));

        mocks.AssertInputs("default", """
            { "kubeconfig": "/home/me/.kube/config", "deleteUnreachable": "true", "enableServerSideApply": "false" }
            """);
    }

    [Fact]
    public async Task Settings_WithoutValues_TakeTheEnvironment()
    {
        var variables = new Dictionary<string, string>
        {
            ["PULUMI_K8S_CLIENT_BURST"] = "200",
            ["PULUMI_K8S_CLIENT_QPS"] = "0.5",
            ["PULUMI_K8S_CLIENT_TIMEOUT"] = "soon",
            ["PULUMI_K8S_HELM_DRIVER"] = "configmap",
        };

        var mocks = await WithAsync(variables, () => TestProgram.RunAsync(() => new Provider("default", new ProviderArgs
        {
            KubeClientSettings = new KubeClientSettingsArgs(),
            HelmReleaseSettings = new HelmReleaseSettingsArgs(),
        })));

        using var client = JsonDocument.Parse((string)mocks.Requests["default"].Inputs["kubeClientSettings"]);
        Assert.Equal(200, client.RootElement.GetProperty("burst").GetInt32());
        Assert.Equal(0.5, client.RootElement.GetProperty("qps").GetDouble());
        Assert.False(client.RootElement.TryGetProperty("timeout", out _));
        using var helm = JsonDocument.Parse((string)mocks.Requests["default"].Inputs["helmReleaseSettings"]);
        Assert.Equal("configmap", helm.RootElement.GetProperty("driver").GetString());
    }

    [Fact]
    public async Task Config_SetByTheProgram_OverridesTheStack()
    {
        string? before = "unread", after = null;

        await TestProgram.RunAsync(() =>
        {
            before = KubernetesConfig.ClusterIdentifier;
            KubernetesConfig.ClusterIdentifier = "edge-1";
            after = KubernetesConfig.ClusterIdentifier;
        });

        Assert.Null(before);
        Assert.Equal("edge-1", after);
        Assert.Null(await ReadAsync(() => KubernetesConfig.StrictMode));
    }

    // Only the tests of this class read these variables, and they run one after the other.
    private static async Task<T> WithAsync<T>(Dictionary<string, string> variables, Func<Task<T>> run)
    {
        try
        {
            foreach (var (name, value) in variables) Environment.SetEnvironmentVariable(name, value);
            return await run();
        }
        finally
        {
            foreach (var name in variables.Keys) Environment.SetEnvironmentVariable(name, null);
        }
    }

    private static async Task<T> ReadAsync<T>(Func<T> read)
    {
        T value = default!;
        await TestProgram.RunAsync(() => value = read());
        return value;
    }
}
