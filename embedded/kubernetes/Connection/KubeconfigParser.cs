using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace FogInfra.Embedded.Kubernetes.Connection;

/// <summary>Reads the text of a kubeconfig, YAML or JSON. Files that it names are not read yet.</summary>
internal static class KubeconfigParser
{
    /// <summary>Reads the text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="source">Where it comes from, for messages.</param>
    /// <param name="directory">The directory that relative paths in it start from.</param>
    /// <exception cref="KubeconfigException">The text is not a kubeconfig; the error tells of every problem.</exception>
    public static Kubeconfig Parse(string text, string source, string directory)
    {
        var problems = new List<string>();
        var root = Root(text, source, problems);
        var clusters = root.Sections("clusters").Select(entry => Cluster(entry, directory)).OfType<KubeconfigCluster>().ToList();
        var users = root.Sections("users").Select(entry => User(entry, directory)).ToList();
        var contexts = root.Sections("contexts").Select(Context).ToList();
        return problems.Count == 0
            ? new Kubeconfig(source, [.. clusters], [.. users], [.. contexts], root.Text("current-context"))
            : throw new KubeconfigException([.. problems]);
    }

    private static YamlSection Root(string text, string source, List<string> problems)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException error)
        {
            // The parser's own message may quote the text, and the text may hold keys; the place is enough.
            throw new KubeconfigException($"{source}, line {error.Start.Line}, column {error.Start.Column}: not valid YAML.");
        }
        catch (InvalidOperationException)
        {
            // The parser throws this instead, without a place, for some broken plain texts inside brackets.
            throw new KubeconfigException($"{source}: not valid YAML: a bracket or brace is not closed.");
        }

        return stream.Documents switch
        {
            [] => new YamlSection(source, "", new YamlMappingNode(), problems),
            [{ RootNode: YamlMappingNode root }] => new YamlSection(source, "", root, problems),
            _ => throw new KubeconfigException($"{source}, line 1, column 1: not a kubeconfig; expected one mapping with clusters, users and contexts."),
        };
    }

    private static KubeconfigCluster? Cluster(YamlSection entry, string directory)
    {
        var name = entry.RequiredText("name", "the cluster's name");
        if (entry.Section("cluster") is not { } cluster)
        {
            entry.Report("cluster", "is missing; expected a mapping with server");
            return null;
        }

        const string Example = "an address such as https://10.0.0.1:6443";
        var server = cluster.RequiredText("server", Example) == "" ? null : cluster.Address("server", Example, Uri.UriSchemeHttps, Uri.UriSchemeHttp);
        return server is null ? null : new KubeconfigCluster
        {
            Name = name,
            Server = server,
            CertificateAuthority = Pem(cluster, "certificate-authority", directory),
            InsecureSkipTlsVerify = cluster.Flag("insecure-skip-tls-verify"),
            TlsServerName = cluster.Text("tls-server-name"),
            ProxyUrl = cluster.Address("proxy-url", "an address such as http://proxy:3128", "http", "https", "socks5"),
        };
    }

    private static KubeconfigUser User(YamlSection entry, string directory)
    {
        var name = entry.RequiredText("name", "the user's name");
        if (entry.Section("user") is not { } user)
        {
            return new KubeconfigUser { Name = name };
        }

        if (user.Section("auth-provider") is not null)
        {
            user.Report("auth-provider", "was removed from Kubernetes 1.26; expected an exec plugin in its place");
        }

        return new KubeconfigUser
        {
            Name = name,
            ClientCertificate = Pem(user, "client-certificate", directory),
            ClientKey = Pem(user, "client-key", directory),
            Token = user.Text("token"),
            TokenFile = FullPath(user.Text("tokenFile"), directory),
            Username = user.Text("username"),
            Password = user.Text("password"),
            Exec = user.Section("exec") is { } exec ? Exec(exec, directory) : null,
            ImpersonateUser = user.Text("as"),
            ImpersonateGroups = [.. user.Texts("as-groups")],
        };
    }

    private static ExecPlugin Exec(YamlSection exec, string directory)
    {
        var version = exec.RequiredText("apiVersion", "client.authentication.k8s.io/v1");
        if (version is not ("" or "client.authentication.k8s.io/v1" or "client.authentication.k8s.io/v1beta1"))
        {
            exec.Report("apiVersion", "expected client.authentication.k8s.io/v1 or client.authentication.k8s.io/v1beta1");
        }

        if (exec.Text("interactiveMode") == "Always")
        {
            exec.Report("interactiveMode", "the program wants a terminal, which a deployment does not have; expected Never or IfAvailable");
        }

        var command = exec.RequiredText("command", "the program's name or path");
        return new ExecPlugin
        {
            ApiVersion = version,
            // As in a shell: what has a directory is a path, here relative to the kubeconfig; a bare name is looked up.
            Command = command.Contains('/') || command.Contains('\\') ? FullPath(command, directory)! : command,
            Arguments = [.. exec.Texts("args")],
            Environment = [.. exec.Sections("env").Select(variable =>
                KeyValuePair.Create(variable.RequiredText("name", "the variable's name"), variable.Text("value") ?? ""))],
            InstallHint = exec.Text("installHint"),
            ProvideClusterInfo = exec.Flag("provideClusterInfo"),
        };
    }

    private static KubeconfigContext Context(YamlSection entry)
    {
        var name = entry.RequiredText("name", "the context's name");
        if (entry.Section("context") is not { } context)
        {
            entry.Report("context", "is missing; expected a mapping with cluster and user");
            return new KubeconfigContext(name, "", null, null);
        }

        return new KubeconfigContext(name, context.RequiredText("cluster", "the name of a cluster"), context.Text("user"), context.Text("namespace"));
    }

    // Inline data wins over a file, as in Kubernetes' own clients.
    private static PemSource? Pem(YamlSection section, string field, string directory)
    {
        var place = $"{section.Path}.{field}";
        return section.Base64($"{field}-data") is { } data ? new PemSource($"{place}-data", data, null)
            : section.Text(field) is { } file ? new PemSource(place, null, FullPath(file, directory))
            : null;
    }

    private static string? FullPath(string? path, string directory) => path is null ? null : Path.GetFullPath(path, directory);
}
