using System.Collections.Immutable;
using System.Net;
using System.Text;
using System.Text.Json;
using FogInfra.Embedded.Kubernetes.Connection;

namespace FogInfra.Embedded.Kubernetes.Client;

/// <summary>
/// A client of one API server. Every method throws <see cref="ApiException"/> when the server refuses, <see cref="ClusterUnreachableException"/>
/// when no answer comes after retries, and <see cref="KubeconfigException"/> when there are no credentials. Safe for concurrent use.
/// </summary>
public sealed partial class KubernetesClient : IDisposable
{
    private const string ApplyType = "application/apply-patch+yaml"; // JSON is YAML.
    private const int PageSize = 500;

    private readonly ClientOptions _options;
    private readonly TimeProvider _time;
    private readonly RequestSender _sender;

    /// <summary>Makes a client; nothing is sent yet.</summary>
    /// <exception cref="KubeconfigException">Certificates or keys cannot be used.</exception>
    public KubernetesClient(ClusterConnection connection, ClientOptions? options = null, TimeProvider? time = null)
        : this(connection, options ?? new ClientOptions(), time ?? TimeProvider.System, CredentialSource.For(connection, time ?? TimeProvider.System), handler: null)
    {
    }

    internal KubernetesClient(
        ClusterConnection connection, ClientOptions options, TimeProvider time, CredentialSource credentials, HttpMessageHandler? handler)
    {
        Connection = connection;
        _options = options;
        _time = time;
        _sender = new RequestSender(connection, credentials, handler ?? ClusterHttpHandler.Create(connection, credentials), options, time);
        Resources = new ResourceCatalog(_sender);
    }

    /// <summary>Where the client sends its requests.</summary>
    public ClusterConnection Connection { get; }

    /// <summary>The kinds that the server serves.</summary>
    public ResourceCatalog Resources { get; }

    /// <summary>Gets an object.</summary>
    public async Task<KubeObject> GetAsync(ApiResource resource, string? @namespace, string name, CancellationToken cancellationToken)
    {
        var response = await _sender.SendAsync(new ApiRequest(HttpMethod.Get, resource.Path(@namespace, name)), cancellationToken).ConfigureAwait(false);
        return Read(response);
    }

    /// <summary>Gets an object, or null when there is none. That the kind is not served is an error.</summary>
    public async Task<KubeObject?> FindAsync(ApiResource resource, string? @namespace, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(resource, @namespace, name, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException error) when (error is { IsNotFound: true, IsUnservedPath: false })
        {
            return null;
        }
    }

    /// <summary>Lists objects.</summary>
    public async Task<ObjectList> ListAsync(ApiResource resource, string? @namespace, ObjectSelection selection, CancellationToken cancellationToken)
    {
        var items = ImmutableArray.CreateBuilder<KubeObject>();
        var next = "";
        while (true)
        {
            var query = Query(("labelSelector", selection.Labels), ("fieldSelector", selection.Fields), ("limit", $"{PageSize}"), ("continue", next));
            var response = await _sender.SendAsync(new ApiRequest(HttpMethod.Get, resource.Path(@namespace) + query), cancellationToken).ConfigureAwait(false);
            var page = Read(response);
            items.AddRange(page.Items("items").Select(item => new KubeObject(item)));
            next = page.Text("metadata", "continue");
            if (string.IsNullOrEmpty(next))
            {
                return new ObjectList(items.ToImmutable(), page.ResourceVersion);
            }
        }
    }

    /// <summary>Creates an object. Not repeated when it is unclear whether the server has carried it out.</summary>
    public async Task<WriteResult> CreateAsync(
        ApiResource resource, string? @namespace, ReadOnlyMemory<byte> body, WriteOptions options, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Post, resource.Path(@namespace) + Query(options))
        {
            Body = (body, "application/json"),
            Repeatable = options.DryRun,
        };
        return Written(await _sender.SendAsync(request, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Applies an object by server-side apply: creates it, or changes the fields that the body has.</summary>
    public async Task<WriteResult> ApplyAsync(
        ApiResource resource, string? @namespace, string name, ReadOnlyMemory<byte> body, WriteOptions options, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Patch, resource.Path(@namespace, name) + Query(options)) { Body = (body, ApplyType) };
        return Written(await _sender.SendAsync(request, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Changes an object by a JSON patch (RFC 6902). The patch should test what it relies on, since it may be sent again.</summary>
    public async Task<WriteResult> JsonPatchAsync(
        ApiResource resource, string? @namespace, string name, ReadOnlyMemory<byte> patch, WriteOptions options, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Patch, resource.Path(@namespace, name, options.Subresource) + Query(options)) { Body = (patch, "application/json-patch+json") };
        return Written(await _sender.SendAsync(request, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Deletes an object.</summary>
    /// <returns>The object that is now being deleted, or null when it is gone already.</returns>
    public async Task<KubeObject?> DeleteAsync(
        ApiResource resource, string? @namespace, string name, DeletionPropagation propagation, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Delete, resource.Path(@namespace, name) + Query(("propagationPolicy", $"{propagation}")));
        var answer = Read(await _sender.SendAsync(request, cancellationToken).ConfigureAwait(false));
        if (answer is not { Kind: "Status", ApiVersion: "v1" })
        {
            return answer;
        }

        // Mostly a status says that the object was removed at once; but some kinds are always answered with one, such as Services before
        // Kubernetes 1.22, so it is looked whether the same object is still there.
        var left = await FindAsync(resource, @namespace, name, cancellationToken).ConfigureAwait(false);
        return answer.Text("details", "uid") is { } uid && left?.Uid != uid ? null : left;
    }

    /// <summary>Reads the last lines that a container wrote.</summary>
    /// <param name="namespace">The pod's namespace.</param>
    /// <param name="pod">The pod.</param>
    /// <param name="container">The container.</param>
    /// <param name="previous">The run before the present one.</param>
    /// <param name="lines">How many lines.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task<ImmutableArray<string>> ReadLogAsync(
        string @namespace, string pod, string container, bool previous, int lines, CancellationToken cancellationToken)
    {
        var query = Query(("container", container), ("previous", previous ? "true" : null), ("tailLines", $"{lines}"));
        var request = new ApiRequest(HttpMethod.Get, $"/api/v1/namespaces/{@namespace}/pods/{pod}/log{query}") { Accept = "*/*" };
        var response = await _sender.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return [.. Encoding.UTF8.GetString(response.Body).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
    }

    /// <summary>The version of the server, for example <c>1.20</c>.</summary>
    public async Task<Version> GetServerVersionAsync(CancellationToken cancellationToken)
    {
        var version = Read(await _sender.SendAsync(new ApiRequest(HttpMethod.Get, "/version"), cancellationToken).ConfigureAwait(false));
        // Some vendors write a minor version such as "27+".
        return new Version(int.Parse(version.Text("major") ?? "1"), int.Parse((version.Text("minor") ?? "0").TrimEnd('+')));
    }

    /// <inheritdoc/>
    public void Dispose() => _sender.Dispose();

    private static KubeObject Read(ApiResponse response)
    {
        try
        {
            return KubeObject.Parse(response.Body);
        }
        catch (JsonException)
        {
            throw new ApiException("The server's answer is not JSON: is the address that of a Kubernetes API server?") { Code = HttpStatusCode.BadGateway };
        }
    }

    private static WriteResult Written(ApiResponse response) => new(Read(response), response.Code == HttpStatusCode.Created, response.Warnings);

    private static string Query(WriteOptions options) => Query(
        ("fieldManager", options.FieldManager),
        ("dryRun", options.DryRun ? "All" : null),
        ("force", options.Force ? "true" : null),
        ("fieldValidation", "Warn"));

    internal static string Query(params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        var query = new StringBuilder();
        foreach (var (name, value) in parameters)
        {
            if (!string.IsNullOrEmpty(value))
            {
                query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
            }
        }

        return query.ToString();
    }
}
