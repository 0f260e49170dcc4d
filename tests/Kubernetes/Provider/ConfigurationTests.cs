using FogInfra.Embedded.Kubernetes;
using FogInfra.Embedded.Kubernetes.Configuration;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;
using FogInfra.Tests.Kubernetes.Support;

namespace FogInfra.Tests.Kubernetes.Provider;

public sealed class ConfigurationTests
{
    private static readonly Urn Provider = ProviderDriver.UrnOf("pulumi:providers:kubernetes", "prod");
    private readonly Dictionary<string, string> _variables = [];
    private readonly RecordingHost _host = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private HostEnvironment Environment => new(_variables.GetValueOrDefault, "/nowhere");

    [Theory]
    [InlineData("enablePatchForce", "yes", "enablePatchForce")]
    [InlineData("enableServerSideApply", "false", "enableServerSideApply")]
    [InlineData("renderYamlToDirectory", "out", "renderYamlToDirectory")]
    [InlineData("alwaysRender", "true", "alwaysRender")]
    [InlineData("kubeClientSettings", "fast", "kubeClientSettings")]
    [InlineData("kubeconfig", "clusters: [{name: a, cluster: {}}]", "kubeconfig")]
    public void CheckConfig_Mistake_IsTold(string name, string value, string property) =>
        Assert.Equal([property], Check((name, value)).Select(failure => failure.Property));

    [Theory]
    [InlineData("enablePatchForce", "true")]
    [InlineData("kubeconfig", "/a/file/that/the/update/may/write")]
    [InlineData("kubeClientSettings", """{"timeout":5}""")]
    public void CheckConfig_ValidSettings_Pass(string name, string value) => Assert.Empty(Check((name, value)));

    [Fact]
    public void CheckConfig_StrictMode_WantsKubeconfigAndContext() =>
        Assert.Equal(["kubeconfig", "context"], Check(("strictMode", "true")).Select(failure => failure.Property));

    [Fact]
    public void CheckConfig_StrictMode_RefusesTheDefaultProvider()
    {
        var request = new CheckRequest(ProviderDriver.UrnOf("pulumi:providers:kubernetes", "default_4_32_0"), PropertyMap.Empty,
            PropertyMap.Of(("strictMode", "true"), ("kubeconfig", "x"), ("context", "y")), []);
        Assert.Contains("default provider", ConfigurationCheck.Check(request, Environment).Failures.Single().Reason);
    }

    [Fact]
    public void Settings_ComeFromTheProgramBeforeTheEnvironment()
    {
        _variables["PULUMI_K8S_DELETE_UNREACHABLE"] = "true";
        _variables["PULUMI_K8S_ENABLE_PATCH_FORCE"] = "true";
        var settings = ProviderSettings.Read(PropertyMap.Of(("enablePatchForce", "false"), ("kubeClientSettings", """{"timeout":7}""")), Environment);
        Assert.Equal((true, false, TimeSpan.FromSeconds(7)), (settings.DeleteUnreachable, settings.PatchForce, settings.RequestTimeout));
    }

    [Fact]
    public void Settings_KubeconfigGivenAsAnObject_IsTakenAsJson() => Assert.Equal(
        """{"current-context":"x"}""", ProviderSettings.Read(PropertyMap.Of(("kubeconfig", PropertyMap.Of(("current-context", "x")))), Environment).Kubeconfig);

    [Fact]
    public async Task DiffConfig_NothingChanged_IsNoChange() =>
        Assert.Equal(DiffChanges.None, (await DiffAsync(Config("https://a"), Config("https://a"))).Changes);

    [Theory]
    [InlineData("namespace", "other")]
    [InlineData("enablePatchForce", "true")]
    public async Task DiffConfig_OtherSetting_IsAnUpdate(string name, string value)
    {
        var diff = await DiffAsync(Config("https://a"), Config("https://a").With(name, value));
        Assert.Equal((DiffChanges.Some, false), (diff.Changes, diff.IsReplace));
    }

    [Theory]
    [InlineData("certificate-authority-data: YWJj")]
    [InlineData("proxy-url: 'http://proxy:3128'")]
    public async Task DiffConfig_SameServerReachedInAnotherWay_IsAnUpdate(string more) =>
        Assert.False((await DiffAsync(Config("https://a"), Config("https://a", more))).IsReplace);

    [Fact]
    public async Task DiffConfig_OtherCluster_Replaces() =>
        Assert.Equal(["kubeconfig"], (await DiffAsync(Config("https://a"), Config("https://b"), "uid-1", "uid-2")).Replaces);

    [Fact]
    public async Task DiffConfig_SameClusterAtAnotherAddress_IsAnUpdate() =>
        Assert.False((await DiffAsync(Config("https://a"), Config("https://b"), "uid-1", "uid-1")).IsReplace);

    [Fact]
    public async Task DiffConfig_ClusterThatDoesNotSayWhoItIs_ReplacesWithAWarning()
    {
        Assert.True((await DiffAsync(Config("https://a"), Config("https://b"), null, "uid-2")).IsReplace);
        Assert.Contains("clusterIdentifier", _host.Warnings.Single());
    }

    [Theory]
    [InlineData("one", "one", false)]
    [InlineData("one", "two", true)]
    public async Task DiffConfig_Identifier_DecidesAlone(string before, string after, bool replaces) => Assert.Equal(replaces, (await DiffAsync(
        Config("https://a").With("clusterIdentifier", before), Config("https://b").With("clusterIdentifier", after), "1", "2")).IsReplace);

    [Fact]
    public async Task DiffConfig_UnknownKubeconfig_Replaces() =>
        Assert.True((await DiffAsync(Config("https://a"), PropertyMap.Of(("kubeconfig", PropertyValue.Unknown)))).IsReplace);

    private IEnumerable<CheckFailure> Check(params (string Name, PropertyValue Value)[] inputs) =>
        ConfigurationCheck.Check(new CheckRequest(Provider, PropertyMap.Empty, PropertyMap.Of(inputs), []), Environment).Failures;

    private Task<DiffResult> DiffAsync(PropertyMap from, PropertyMap to, string? identityOfFrom = null, string? identityOfTo = null) =>
        new ConfigurationDiff(Environment, _host, (connection, _) => Task.FromResult(connection.Cluster.Server.Host == "a" ? identityOfFrom : identityOfTo))
            .CompareAsync(new DiffRequest(Provider, "id", from, from, to, []), Token);

    private static PropertyMap Config(string server, string more = "") => PropertyMap.Of(("kubeconfig", $$"""
        clusters: [{name: c, cluster: {server: '{{server}}', {{more}} } }]
        contexts: [{name: x, context: {cluster: c} }]
        current-context: x
        """));
}
