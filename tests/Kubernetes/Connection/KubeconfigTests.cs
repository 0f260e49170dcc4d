using FogInfra.Embedded.Kubernetes;
using FogInfra.Embedded.Kubernetes.Connection;

namespace FogInfra.Tests.Kubernetes.Connection;

public sealed class KubeconfigTests : IDisposable
{
    private const string TwoClusters = """
        apiVersion: v1
        kind: Config
        current-context: fog
        clusters:
        - name: fog-cluster
          cluster: {server: "https://10.0.0.1:6443"}
        - name: edge-cluster
          cluster: {server: "https://10.0.0.2:6443", proxy-url: "socks5://proxy:1080", tls-server-name: edge.example.com}
        users:
        - name: anna
          user: {token: geheimes-token}
        contexts:
        - name: fog
          context: {cluster: fog-cluster, user: anna, namespace: apps}
        - name: edge
          context: {cluster: edge-cluster, user: anna}
        """;

    private readonly string _directory = Directory.CreateTempSubdirectory("kubeconfig-tests").FullName;
    private readonly Dictionary<string, string> _variables = [];

    private HostEnvironment Environment => new(_variables.GetValueOrDefault, _directory);

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Resolve_WithoutContext_TakesTheCurrentOne()
    {
        var connection = ConnectionResolver.Resolve(TwoClusters, null, null, Environment);
        Assert.Equal(("fog", "fog-cluster", "apps", "anna"), (connection.Context, connection.Cluster.Name, connection.Namespace, connection.User?.Name));
    }

    [Fact]
    public void Resolve_WithContext_TakesItsClusterWithProxyAndServerName()
    {
        var cluster = ConnectionResolver.Resolve(TwoClusters, "edge", null, Environment).Cluster;
        Assert.Equal("https://10.0.0.2:6443/", cluster.Server.ToString());
        Assert.Equal("socks5://proxy:1080/", cluster.ProxyUrl?.ToString());
        Assert.Equal("edge.example.com", cluster.TlsServerName);
    }

    [Fact]
    public void Resolve_WithCluster_KeepsTheContextsUser()
    {
        var connection = ConnectionResolver.Resolve(TwoClusters, null, "edge-cluster", Environment);
        Assert.Equal(("edge-cluster", "anna"), (connection.Cluster.Name, connection.User?.Name));
    }

    [Fact]
    public void Resolve_UnknownContext_NamesTheKnownOnes()
    {
        var error = Assert.Throws<KubeconfigException>(() => ConnectionResolver.Resolve(TwoClusters, "cloud", null, Environment));
        Assert.Contains("there is no context 'cloud'", error.Message);
        Assert.Contains("edge, fog", error.Message);
    }

    [Theory]
    [InlineData("cluster: fog-cluster", "cluster: nowhere", "there is no cluster 'nowhere'")]
    [InlineData("user: anna, namespace", "user: otto, namespace", "there is no user 'otto'")]
    [InlineData("current-context: fog", "", "current-context: is not set")]
    public void Resolve_DanglingName_IsTold(string from, string to, string expected)
    {
        var error = Assert.Throws<KubeconfigException>(() => ConnectionResolver.Resolve(TwoClusters.Replace(from, to), null, null, Environment));
        Assert.Contains(expected, error.Message);
    }

    [Fact]
    public void Parse_SeveralMistakes_AreToldAtOnceWithFieldLineAndColumn()
    {
        const string Text = """
            clusters:
            - name: a
              cluster: {server: "ten.zero"}
            - name: b
              cluster: {insecure-skip-tls-verify: perhaps, server: "https://b", certificate-authority-data: "!!"}
            contexts:
            - context: {cluster: a}
            """;
        var error = Assert.Throws<KubeconfigException>(() => KubeconfigParser.Parse(Text, "my.yaml", "/"));
        Assert.Collection(
            error.Problems.Order(),
            problem => Assert.StartsWith("my.yaml, line 3, column 21: clusters[0].cluster.server: expected an address", problem),
            problem => Assert.StartsWith("my.yaml, line 5, column 39: clusters[1].cluster.insecure-skip-tls-verify: expected true or false", problem),
            problem => Assert.StartsWith("my.yaml, line 5, column 97: clusters[1].cluster.certificate-authority-data: expected base64", problem),
            problem => Assert.StartsWith("my.yaml, line 7, column 3: contexts[0].name: is missing", problem));
    }

    [Theory]
    [InlineData("users: [geheim\nclusters: {", "my.yaml: not valid YAML")]
    [InlineData("users: 'geheim\n", "my.yaml, line 1, column 8: not valid YAML")]
    [InlineData("- geheim\n", "my.yaml, line 1, column 1: not a kubeconfig")]
    public void Parse_BrokenYaml_NamesThePlaceAndShowsNothingOfTheText(string text, string expected)
    {
        var error = Assert.Throws<KubeconfigException>(() => KubeconfigParser.Parse(text, "my.yaml", "/"));
        Assert.StartsWith(expected, error.Message);
        Assert.DoesNotContain("geheim", error.Message);
    }

    [Fact]
    public void Parse_BadBase64_DoesNotShowIt()
    {
        var error = Assert.Throws<KubeconfigException>(() =>
            KubeconfigParser.Parse("users: [{name: a, user: {client-key-data: 'geheim!'}}]", "my.yaml", "/"));
        Assert.Contains("users[0].user.client-key-data", error.Message);
        Assert.DoesNotContain("geheim", error.Message);
    }

    [Theory]
    [InlineData("auth-provider: {name: gcp}", "users[0].user.auth-provider")]
    [InlineData("exec: {apiVersion: client.authentication.k8s.io/v1, command: x, interactiveMode: Always}", "interactiveMode")]
    [InlineData("exec: {apiVersion: client.authentication.k8s.io/v1alpha1, command: x}", "users[0].user.exec.apiVersion")]
    [InlineData("exec: {apiVersion: client.authentication.k8s.io/v1}", "users[0].user.exec.command: is missing")]
    public void Parse_UnsupportedCredentials_AreRefused(string user, string expected)
    {
        var error = Assert.Throws<KubeconfigException>(() => KubeconfigParser.Parse($"users: [{{name: a, user: {{{user}}}}}]", "my.yaml", "/"));
        Assert.Contains(expected, error.Message);
    }

    [Fact]
    public void Parse_RelativePaths_StartFromTheKubeconfigsDirectory()
    {
        var user = KubeconfigParser.Parse(
            "users: [{name: a, user: {tokenFile: t, client-certificate: pki/c.crt, exec: {apiVersion: client.authentication.k8s.io/v1, command: ./bin/p}}}]",
            "my.yaml", "/etc/k").Users.Single();
        Assert.Equal(("/etc/k/t", "/etc/k/pki/c.crt", "/etc/k/bin/p"), (user.TokenFile, user.ClientCertificate?.File, user.Exec?.Command));
    }

    [Fact]
    public void Parse_DataAndFile_DataWins()
    {
        var cluster = KubeconfigParser.Parse(
            "clusters: [{name: a, cluster: {server: 'https://a', certificate-authority: ca.crt, certificate-authority-data: YWJj}}]", "my.yaml", "/").Clusters.Single();
        Assert.Equal("abc"u8.ToArray(), cluster.CertificateAuthority?.Data);
        Assert.Null(cluster.CertificateAuthority?.File);
    }

    [Fact]
    public void Parse_ExecPlugin_KeepsArgumentsAndEnvironment()
    {
        var exec = KubeconfigParser.Parse(
            """
            users:
            - name: a
              user:
                exec: {apiVersion: client.authentication.k8s.io/v1beta1, command: aws, args: [eks, get-token], env: [{name: P, value: x}], provideClusterInfo: true}
            """, "my.yaml", "/").Users.Single().Exec!;
        Assert.Equal(["eks", "get-token"], exec.Arguments);
        Assert.Equal("x", exec.Environment.Single().Value);
        Assert.True(exec.ProvideClusterInfo);
    }

    [Fact]
    public void ToString_OfUser_HidesTheToken() =>
        Assert.DoesNotContain("geheim", $"{ConnectionResolver.Resolve(TwoClusters, null, null, Environment).User}");

    [Fact]
    public void Load_ListInVariable_MergesFilesFirstOneFirstAndPassesOverMissingOnes()
    {
        var first = Write("first", TwoClusters.Replace("10.0.0.1", "10.9.9.9").Replace("current-context: fog", ""));
        var second = Write("second", TwoClusters);
        _variables["KUBECONFIG"] = string.Join(Path.PathSeparator, first, "/does/not/exist", second);
        var connection = ConnectionResolver.Resolve(null, null, null, Environment);
        Assert.Equal(("fog", "10.9.9.9"), (connection.Context, connection.Cluster.Server.Host));
    }

    [Fact]
    public void Load_SettingThatIsTheVariable_IsTakenAsAList()
    {
        _variables["KUBECONFIG"] = string.Join(Path.PathSeparator, "/does/not/exist", Write("one", TwoClusters));
        Assert.Equal("fog", ConnectionResolver.Resolve(_variables["KUBECONFIG"], null, null, Environment).Context);
    }

    [Fact]
    public void Load_Nothing_TakesTheFileInTheHomeDirectory()
    {
        Directory.CreateDirectory(Path.Combine(_directory, ".kube"));
        Write(".kube/config", TwoClusters);
        Assert.Equal("fog", ConnectionResolver.Resolve("", null, null, Environment).Context);
        Assert.Equal("fog", ConnectionResolver.Resolve("~/.kube/config", null, null, Environment).Context);
    }

    [Fact]
    public void Load_NothingAnywhere_SaysWhereItLooked()
    {
        var error = Assert.Throws<KubeconfigException>(() => ConnectionResolver.Resolve(null, null, null, Environment));
        Assert.Contains(Path.Combine(_directory, ".kube", "config"), error.Message);
    }

    [Fact]
    public void Load_MissingPath_NamesIt()
    {
        var error = Assert.Throws<KubeconfigException>(() => ConnectionResolver.Resolve("/does/not/exist", null, null, Environment));
        Assert.Contains("there is no file /does/not/exist", error.Message);
    }

    [Fact]
    public void Load_JsonContents_AreRead()
    {
        const string Json = """{"clusters":[{"name":"c","cluster":{"server":"http://127.0.0.1:8001"}}],"contexts":[{"name":"x","context":{"cluster":"c"}}],"current-context":"x"}""";
        Assert.Equal(8001, ConnectionResolver.Resolve(Json, null, null, Environment).Cluster.Server.Port);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_directory, name);
        File.WriteAllText(path, text);
        return path;
    }
}
