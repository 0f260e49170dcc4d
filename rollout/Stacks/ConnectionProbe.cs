using System.Net;
using System.Net.Sockets;
using FogInfra.Model;
using FogInfra.Rollout.Running;
using YamlDotNet.RepresentationModel;

namespace FogInfra.Rollout.Stacks;

/// <summary>
/// Looks whether a cluster's API server can be reached: whether a connection can be made, and whether a gateway answers that nothing is
/// behind it. Whether the server is well is not asked, and no credentials are sent.
/// </summary>
internal sealed class ConnectionProbe(ProjectLayout project, TimeProvider time) : IClusterProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    // Nothing secret is sent and nothing that comes back is used, so that whose certificate it is does not matter.
    private static readonly HttpClient Anonymous = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        PooledConnectionLifetime = TimeSpan.FromSeconds(1),
        SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
    });

    /// <inheritdoc/>
    public async Task<string?> UnreachableBecauseAsync(Cluster cluster, CancellationToken cancellationToken)
    {
        if (ServerOf(cluster) is not { } server || IsBehindProxy(server))
        {
            return null; // There is no address to try; the update itself will say what is wrong.
        }

        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using (var connection = new TcpClient())
            {
                await connection.ConnectAsync(server.Host, server.Port, either.Token).ConfigureAwait(false);
            }

            return await NothingBehindAsync(server, either.Token).ConfigureAwait(false);
        }
        catch (SocketException exception)
        {
            return $"{server.Authority} cannot be reached: {exception.Message}";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"{server.Authority} cannot be reached: no answer within {Patience.TotalSeconds:0} seconds";
        }
    }

    // An API server tells its version or asks who wants to know; these answers come from what stands before one, such as a tunnel's end.
    private static async Task<string?> NothingBehindAsync(Uri server, CancellationToken patience)
    {
        try
        {
            using var answer = await Anonymous.GetAsync(new Uri($"{server.AbsoluteUri.TrimEnd('/')}/version"), HttpCompletionOption.ResponseHeadersRead, patience).ConfigureAwait(false);
            return answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout
                ? $"{server.Authority} cannot be reached: it answers {(int)answer.StatusCode}, so that no API server is behind it"
                : null;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            return null; // Somebody listens; what is wrong with it, the update itself will say.
        }
    }

    private static bool IsBehindProxy(Uri server) =>
        HttpClient.DefaultProxy is { } proxy && !proxy.IsBypassed(server) && proxy.GetProxy(server) is { } through && through != server;

    private Uri? ServerOf(Cluster cluster)
    {
        try
        {
            var context = (cluster.Engine as ClusterEngine.Existing)?.Context;
            return KubeconfigServer.Read(File.ReadAllText(project.KubeconfigFile(cluster)), context);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or YamlDotNet.Core.YamlException)
        {
            return null;
        }
    }
}

/// <summary>The address of the API server that a kubeconfig names.</summary>
internal static class KubeconfigServer
{
    /// <summary>Reads the server of a context, or of the current one; null when the file does not say, or names a proxy.</summary>
    /// <exception cref="YamlDotNet.Core.YamlException">The text is no YAML.</exception>
    public static Uri? Read(string kubeconfig, string? context)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(kubeconfig));
        if (stream.Documents is not [{ RootNode: YamlMappingNode root }])
        {
            return null;
        }

        var name = context ?? Text(root, "current-context");
        var cluster = Named(root, "contexts", name) is { } found ? Text(found, "context", "cluster") : null;
        return Named(root, "clusters", cluster) is { } entry && Text(entry, "cluster", "proxy-url") is null && Text(entry, "cluster", "server") is { } server && Uri.TryCreate(server, UriKind.Absolute, out var uri)
            ? uri
            : null;
    }

    private static YamlMappingNode? Named(YamlMappingNode root, string list, string? name) =>
        Child(root, list) is YamlSequenceNode entries
            ? entries.OfType<YamlMappingNode>().FirstOrDefault(entry => Text(entry, "name") == name)
            : null;

    private static string? Text(YamlNode node, params ReadOnlySpan<string> path)
    {
        foreach (var step in path)
        {
            if (Child(node, step) is not { } child)
            {
                return null;
            }

            node = child;
        }

        return (node as YamlScalarNode)?.Value;
    }

    private static YamlNode? Child(YamlNode node, string name) =>
        node is YamlMappingNode map && map.Children.TryGetValue(new YamlScalarNode(name), out var child) ? child : null;
}
