using FogInfra.Embedded.Simulator.Errors;
using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Values;
using Microsoft.AspNetCore.Http;

namespace FogInfra.Embedded.Simulator.Api;

/// <summary>Answers what clients ask before they know what there is: versions, health, groups and their resources.</summary>
internal sealed class Discovery(ClusterKinds kinds)
{
    private const string Aggregated = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
    private const string AggregatedBeta = "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList";

    /// <summary>Answers, if the path is one of these.</summary>
    public async Task<bool> TryAnswerAsync(HttpContext context, string[] segments)
    {
        switch (segments)
        {
            case ["version"]:
                await Answers.WriteAsync(context.Response, StatusCodes.Status200OK, ServerVersion.Document).ConfigureAwait(false);
                return true;
            case ["healthz" or "livez" or "readyz", ..]:
                await Answers.WriteTextAsync(context.Response, StatusCodes.Status200OK, "ok").ConfigureAwait(false);
                return true;
            case ["api"]:
                await AnswerGroupsAsync(context, core: true).ConfigureAwait(false);
                return true;
            case ["apis"]:
                await AnswerGroupsAsync(context, core: false).ConfigureAwait(false);
                return true;
            case ["apis", var name]:
                var group = kinds.Current.Groups.FirstOrDefault(known => known.Name == name) ?? throw ApiErrors.NoSuchPath();
                await Answers.WriteAsync(context.Response, StatusCodes.Status200OK, JsonMap.Of(("kind", "APIGroup"), ("apiVersion", "v1")).WithAll(DiscoveryDocuments.Group(group))).ConfigureAwait(false);
                return true;
            case ["api", var version]:
                await AnswerResourcesAsync(context, "", version).ConfigureAwait(false);
                return true;
            case ["apis", var name, var version]:
                await AnswerResourcesAsync(context, name, version).ConfigureAwait(false);
                return true;
            default:
                return false;
        }
    }

    private async Task AnswerGroupsAsync(HttpContext context, bool core)
    {
        var registry = kinds.Current;
        var groups = registry.Groups.Where(group => group.Name.Length == 0 == core).ToList();
        var accept = context.Request.Headers.Accept.ToString();
        if (accept.Contains(Aggregated, StringComparison.Ordinal))
        {
            await Answers.WriteAsync(context.Response, StatusCodes.Status200OK, DiscoveryDocuments.Aggregated(registry, groups, "v2"), Aggregated).ConfigureAwait(false);
        }
        else if (accept.Contains(AggregatedBeta, StringComparison.Ordinal))
        {
            await Answers.WriteAsync(context.Response, StatusCodes.Status200OK, DiscoveryDocuments.Aggregated(registry, groups, "v2beta1"), AggregatedBeta).ConfigureAwait(false);
        }
        else if (core)
        {
            await Answers.WriteAsync(context.Response, StatusCodes.Status200OK, DiscoveryDocuments.CoreVersions(context.Request.Host.ToString())).ConfigureAwait(false);
        }
        else
        {
            await Answers.WriteAsync(context.Response, StatusCodes.Status200OK, JsonMap.Of(
                ("kind", "APIGroupList"), ("apiVersion", "v1"), ("groups", JsonList.From(groups.Select(DiscoveryDocuments.Group))))).ConfigureAwait(false);
        }
    }

    private Task AnswerResourcesAsync(HttpContext context, string group, string version)
    {
        var resources = kinds.Current.All.Where(kind => kind.Group == group && kind.Version == version).ToList();
        if (resources.Count == 0) throw ApiErrors.NoSuchPath();
        return Answers.WriteAsync(context.Response, StatusCodes.Status200OK, DiscoveryDocuments.Resources(resources));
    }
}
