using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FogInfra.Model;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace FogInfra.Rollout.Gates;

/// <summary>A connection to the API server of a cluster, as its kubeconfig says: by token, by certificate, or open. Knows JSON and no kind.</summary>
internal sealed class KubernetesConnection : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient _client;
    private readonly string _server;
    private readonly X509Certificate2Collection _certificates;

    private KubernetesConnection(HttpClient client, string server, X509Certificate2Collection certificates) => (_client, _server, _certificates) = (client, server, certificates);

    /// <summary>Opens a connection. Nothing is asked yet.</summary>
    /// <exception cref="InvalidDataException">The kubeconfig does not say how, or in a way that is not known here, such as a program for credentials.</exception>
    public static KubernetesConnection Open(ProjectLayout project, Cluster cluster)
    {
        var file = project.KubeconfigFile(cluster);
        try
        {
            return Open(new Kubeconfig(file, File.ReadAllText(file), (cluster.Engine as ClusterEngine.Existing)?.Context));
        }
        catch (Exception exception) when (exception is YamlException or IOException or CryptographicException or FormatException)
        {
            throw new InvalidDataException($"the kubeconfig of {cluster.Name} cannot be used: {exception.Message}", exception);
        }
    }

    /// <summary>Reads a path.</summary>
    public async Task<JsonDocument> GetAsync(string path, CancellationToken cancellationToken)
    {
        using var answer = await _client.GetAsync(new Uri($"{_server}{path}"), cancellationToken).ConfigureAwait(false);
        answer.EnsureSuccessStatusCode();
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Creates an object.</summary>
    public async Task PostAsync(string path, JsonObject body, HttpStatusCode ignore, CancellationToken cancellationToken)
    {
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await _client.PostAsync(new Uri($"{_server}{path}"), content, cancellationToken).ConfigureAwait(false);
        if (answer.StatusCode != ignore)
        {
            answer.EnsureSuccessStatusCode();
        }
    }

    /// <summary>Removes an object; one that is gone already counts as removed.</summary>
    public async Task DeleteAsync(string path, CancellationToken cancellationToken)
    {
        using var answer = await _client.DeleteAsync(new Uri($"{_server}{path}"), cancellationToken).ConfigureAwait(false);
        if (answer.StatusCode != HttpStatusCode.NotFound)
        {
            answer.EnsureSuccessStatusCode();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _client.Dispose();
        foreach (var certificate in _certificates)
        {
            certificate.Dispose();
        }
    }

    private static KubernetesConnection Open(Kubeconfig config)
    {
        var handler = new SocketsHttpHandler();
        var certificates = new X509Certificate2Collection();
        if (config.Bytes("cluster", "certificate-authority") is { } authority)
        {
            certificates.ImportFromPem(Encoding.UTF8.GetString(authority));
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.AddRange(certificates);
            handler.SslOptions.CertificateChainPolicy = policy;
        }

        if (config.Text("cluster", "insecure-skip-tls-verify") == "true")
        {
            handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        }

        if (config.Text("cluster", "tls-server-name") is { } name)
        {
            handler.SslOptions.TargetHost = name;
        }

        if (config.Bytes("user", "client-certificate") is { } certificate && config.Bytes("user", "client-key") is { } key)
        {
            var own = X509Certificate2.CreateFromPem(Encoding.UTF8.GetString(certificate), Encoding.UTF8.GetString(key));
            certificates.Add(own);
            handler.SslOptions.ClientCertificateContext = SslStreamCertificateContext.Create(own, additionalCertificates: null);
        }
        else if (config.Has("user", "exec") || config.Has("user", "auth-provider"))
        {
            throw new InvalidDataException("its credentials come from a program, which gates do not run");
        }

        var client = new HttpClient(handler) { Timeout = Patience };
        if (config.Token() is { } token)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return new KubernetesConnection(client, config.Server, certificates);
    }

    /// <summary>What a kubeconfig says of one context: https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/.</summary>
    private sealed class Kubeconfig
    {
        private readonly string _folder;
        private readonly Dictionary<string, YamlMappingNode?> _parts;

        public Kubeconfig(string file, string text, string? context)
        {
            _folder = Path.GetDirectoryName(file)!;
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            var root = stream.Documents is [{ RootNode: YamlMappingNode map }] ? map : throw new InvalidDataException("the kubeconfig is no mapping");
            var chosen = Named(root, "contexts", context ?? Scalar(root, "current-context"), "context") ?? throw new InvalidDataException("the kubeconfig has no such context");
            _parts = new()
            {
                ["cluster"] = Named(root, "clusters", Scalar(chosen, "cluster"), "cluster"),
                ["user"] = Named(root, "users", Scalar(chosen, "user"), "user"),
            };
        }

        public string Server => Text("cluster", "server")?.TrimEnd('/') ?? throw new InvalidDataException("the kubeconfig names no server");

        public string? Text(string part, string name) => Scalar(_parts[part], name);

        public bool Has(string part, string name) => _parts[part]?.Children.ContainsKey(name) == true;

        /// <summary>The content that is in the document under <c>NAME-data</c>, or in the file that it names.</summary>
        public byte[]? Bytes(string part, string name) =>
            Text(part, $"{name}-data") is { } data ? Convert.FromBase64String(data)
            : Text(part, name) is { } file ? File.ReadAllBytes(Path.GetFullPath(file, _folder))
            : null;

        public string? Token() => Text("user", "token") ?? (Text("user", "tokenFile") is { } file ? File.ReadAllText(Path.GetFullPath(file, _folder)).Trim() : null);

        private static string? Scalar(YamlMappingNode? map, string name) =>
            map is not null && map.Children.TryGetValue(name, out var value) && value is YamlScalarNode { Value.Length: > 0 } scalar ? scalar.Value : null;

        private static YamlMappingNode? Named(YamlMappingNode root, string list, string? name, string part) =>
            root.Children.TryGetValue(list, out var entries) && entries is YamlSequenceNode sequence
                && sequence.OfType<YamlMappingNode>().FirstOrDefault(entry => Scalar(entry, "name") == name) is { } found
                && found.Children.TryGetValue(part, out var value)
                ? value as YamlMappingNode
                : null;
    }
}
