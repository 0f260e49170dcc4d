using FogInfra.Embedded.Simulator.Clusters;
using FogInfra.Embedded.Simulator.Errors;
using FogInfra.Embedded.Simulator.OpenApi;
using Microsoft.AspNetCore.Http;

namespace FogInfra.Embedded.Simulator.Api;

/// <summary>The HTTP API of one cluster.</summary>
internal sealed class ApiServer
{
    private readonly SimulatedCluster _cluster;
    private readonly Discovery _discovery;
    private readonly OpenApiRequests _openApi;
    private readonly ReadRequests _reads;
    private readonly WatchRequests _watches;
    private readonly WriteRequests _writes;
    private readonly DeleteRequests _deletes;
    private readonly SubresourceRequests _subresources;

    /// <summary>The API of a cluster.</summary>
    public ApiServer(SimulatedCluster cluster)
    {
        _cluster = cluster;
        _discovery = new Discovery(cluster.Kinds);
        _openApi = new OpenApiRequests(cluster.Kinds, "/clusters/" + cluster.Spec.Name);
        _reads = new ReadRequests(cluster.Store, cluster.Time);
        _watches = new WatchRequests(cluster.Store, cluster.Time);
        _writes = new WriteRequests(cluster.Writer, cluster.Time);
        _deletes = new DeleteRequests(cluster.Store, cluster.Deleter, cluster.Time);
        _subresources = new SubresourceRequests(cluster.Store, cluster.Writer, cluster.Deleter);
    }

    /// <summary>Answers one request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="path">The path inside the cluster's API, for example <c>/api/v1/namespaces</c>.</param>
    /// <param name="stopping">Ends watches, because the server stops.</param>
    public async Task HandleAsync(HttpContext context, string path, CancellationToken stopping)
    {
        try
        {
            var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString).ToArray();
            if (HttpMethods.IsGet(context.Request.Method)
                && (await _discovery.TryAnswerAsync(context, segments).ConfigureAwait(false) || await _openApi.TryAnswerAsync(context, segments).ConfigureAwait(false)))
            {
                return;
            }
            await DispatchAsync(context, RequestPath.Parse(segments, _cluster.Kinds.Current), stopping).ConfigureAwait(false);
        }
        catch (StatusException error) when (!context.Response.HasStarted)
        {
            await Answers.WriteAsync(context.Response, error).ConfigureAwait(false);
        }
    }

    private async Task DispatchAsync(HttpContext context, RequestPath path, CancellationToken stopping)
    {
        var request = context.Request;
        switch (request.Method, path.Name is not null, path.Subresource)
        {
            case ("GET", false, _) when request.IsSet("watch"):
                using (var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping))
                {
                    await _watches.WatchAsync(context, path, ending.Token).ConfigureAwait(false);
                }
                break;
            case ("GET", false, _):
                await _reads.ListAsync(context, path).ConfigureAwait(false);
                break;
            case ("GET", true, "" or "status"):
                await _reads.GetAsync(context, path).ConfigureAwait(false);
                break;
            case ("POST", false, _):
                await _writes.CreateAsync(context, path).ConfigureAwait(false);
                break;
            case ("PUT", true, "" or "status"):
                await _writes.ReplaceAsync(context, path).ConfigureAwait(false);
                break;
            case ("PATCH", true, "" or "status"):
                await _writes.PatchAsync(context, path).ConfigureAwait(false);
                break;
            case ("DELETE", true, ""):
                await _deletes.DeleteAsync(context, path).ConfigureAwait(false);
                break;
            case ("DELETE", false, _):
                await _deletes.DeleteAllAsync(context, path).ConfigureAwait(false);
                break;
            case ("GET", true, "scale"):
                await _subresources.GetScaleAsync(context, path).ConfigureAwait(false);
                break;
            case ("PUT" or "PATCH", true, "scale"):
                await _subresources.ChangeScaleAsync(context, path).ConfigureAwait(false);
                break;
            case ("GET", true, "log"):
                await _subresources.GetLogAsync(context, path).ConfigureAwait(false);
                break;
            case ("POST", true, "binding"):
                await _subresources.BindAsync(context, path).ConfigureAwait(false);
                break;
            case ("POST", true, "eviction"):
                await _subresources.EvictAsync(context, path).ConfigureAwait(false);
                break;
            case ("PUT", true, "finalize"):
                await _subresources.FinalizeAsync(context, path).ConfigureAwait(false);
                break;
            default:
                throw ApiErrors.MethodNotAllowed();
        }
    }
}
