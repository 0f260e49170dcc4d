using System.Text.Json;
using FogInfra.Embedded.Simulator.Clusters;
using Microsoft.AspNetCore.Http;

namespace FogInfra.Embedded.Simulator.Hosting;

/// <summary>The API below <c>/simulator</c>, by which clusters are made and deleted and the process is stopped.</summary>
internal sealed class AdminApi(ClusterHost host, Func<SimulatorInfo> describe, Action stop)
{
    /// <summary>Answers one request.</summary>
    public async Task HandleAsync(HttpContext context, string[] segments)
    {
        var cancellationToken = context.RequestAborted;
        switch (context.Request.Method, segments)
        {
            case ("GET", []):
                await WriteAsync(context, 200, describe()).ConfigureAwait(false);
                break;
            case ("GET", ["clusters"]):
                await WriteAsync(context, 200, host.Clusters.Select(Describe).ToList()).ConfigureAwait(false);
                break;
            case ("POST", ["clusters"]):
                await CreateAsync(context, cancellationToken).ConfigureAwait(false);
                break;
            case ("GET", ["clusters", var name]) when host.Find(name) is { } cluster:
                await WriteAsync(context, 200, Describe(cluster)).ConfigureAwait(false);
                break;
            case ("GET", ["clusters", var name, "kubeconfig"]) when host.Find(name) is not null:
                context.Response.ContentType = "application/yaml";
                await context.Response.WriteAsync(Kubeconfig.Write(name, describe().Address), cancellationToken).ConfigureAwait(false);
                break;
            case ("DELETE", ["clusters", var name]) when await host.DeleteAsync(name, cancellationToken).ConfigureAwait(false):
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                break;
            case (_, ["clusters", var name, ..]):
                await RefuseAsync(context, StatusCodes.Status404NotFound, $"there is no cluster \"{name}\"").ConfigureAwait(false);
                break;
            case ("POST", ["stop"]):
                context.Response.StatusCode = StatusCodes.Status202Accepted;
                stop();
                break;
            default:
                await RefuseAsync(context, StatusCodes.Status404NotFound, "there is nothing of that name").ConfigureAwait(false);
                break;
        }
    }

    private static Task RefuseAsync(HttpContext context, int code, params IReadOnlyList<string> problems) =>
        WriteAsync(context, code, new AdminProblem(problems));

    private static Task WriteAsync<T>(HttpContext context, int code, T value)
    {
        context.Response.StatusCode = code;
        context.Response.ContentType = "application/json";
        return JsonSerializer.SerializeAsync(context.Response.Body, value, SimulatorJson.Options, context.RequestAborted);
    }

    private async Task CreateAsync(HttpContext context, CancellationToken cancellationToken)
    {
        ClusterSpec? spec;
        try
        {
            spec = await JsonSerializer.DeserializeAsync<ClusterSpec>(context.Request.Body, SimulatorJson.Options, cancellationToken).ConfigureAwait(false);
        }
        catch (JsonException error)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, $"the cluster's description could not be read: {error.Message}").ConfigureAwait(false);
            return;
        }
        var faults = spec is null ? ["there is no description of the cluster"] : SpecChecks.Faults(spec);
        if (faults.Count > 0) await RefuseAsync(context, StatusCodes.Status422UnprocessableEntity, faults).ConfigureAwait(false);
        else if (!await host.CreateAsync(spec!, cancellationToken).ConfigureAwait(false)) await RefuseAsync(context, StatusCodes.Status409Conflict, $"there is a cluster \"{spec!.Name}\" already").ConfigureAwait(false);
        else await WriteAsync(context, StatusCodes.Status201Created, Describe(host.Find(spec!.Name)!)).ConfigureAwait(false);
    }

    private ClusterInfo Describe(SimulatedCluster cluster) => new(
        cluster.Spec.Name, $"{describe().Address}/clusters/{cluster.Spec.Name}", [.. cluster.Spec.Nodes.Select(node => node.Name)],
        cluster.Store.ReadAll().Resources.Sum(objects => objects.All.Count()));
}
