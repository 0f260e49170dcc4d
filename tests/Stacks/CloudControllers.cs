using System.Text;
using System.Text.Json.Nodes;

namespace FogInfra.Tests;

/// <summary>
/// Does in a cluster what controllers of a cloud do, and a bare control plane has nobody for: gives load balancers and ingresses an address, claims a
/// volume, and takes away the volumes of claims that are gone.
/// </summary>
/// <param name="http">Talks to the API server.</param>
/// <param name="address">Where that is.</param>
internal sealed class CloudControllers(HttpClient http, Uri address)
{
    // Of a network that is kept for documentation (RFC 5737).
    private const string Balanced = """{"status": {"loadBalancer": {"ingress": [{"ip": "192.0.2.10"}]}}}""";

    /// <summary>Works until it is cancelled.</summary>
    public async Task RunAsync(TimeSpan interval, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await BalanceAsync("/api/v1", "services", service => service["spec"]!["type"]!.GetValue<string>() == "LoadBalancer", cancellationToken);
                await BalanceAsync("/apis/networking.k8s.io/v1", "ingresses", _ => true, cancellationToken);
                await ProvideVolumesAsync(cancellationToken);
            }
            catch (HttpRequestException)
            {
                // What was to be changed is gone by now.
            }

            await Task.Delay(interval, cancellationToken);
        }
    }

    private async Task BalanceAsync(string version, string kind, Func<JsonNode, bool> isMeant, CancellationToken cancellationToken)
    {
        foreach (var item in await ListAsync($"{version}/{kind}", cancellationToken))
        {
            if (isMeant(item) && item["status"]?["loadBalancer"]?["ingress"] is null)
            {
                var path = $"{version}/namespaces/{item["metadata"]!["namespace"]}/{kind}/{item["metadata"]!["name"]}/status";
                await SendAsync(HttpMethod.Patch, path, Balanced, "application/merge-patch+json", cancellationToken);
            }
        }
    }

    private async Task ProvideVolumesAsync(CancellationToken cancellationToken)
    {
        var volumes = await ListAsync("/api/v1/persistentvolumes", cancellationToken);
        var names = volumes.Select(volume => $"{volume["metadata"]!["name"]}").ToHashSet();
        foreach (var volume in volumes.Where(volume => volume["status"]?["phase"]?.GetValue<string>() == "Released"))
        {
            await SendAsync(HttpMethod.Delete, $"/api/v1/persistentvolumes/{volume["metadata"]!["name"]}", "{}", "application/json", cancellationToken);
        }

        foreach (var claim in await ListAsync("/api/v1/persistentvolumeclaims", cancellationToken))
        {
            var (metadata, spec) = (claim["metadata"]!, claim["spec"]!);
            var name = $"volume-{metadata["uid"]}";
            if (spec["volumeName"] is null && metadata["deletionTimestamp"] is null && !names.Contains(name))
            {
                var volume = new JsonObject
                {
                    ["apiVersion"] = "v1",
                    ["kind"] = "PersistentVolume",
                    ["metadata"] = new JsonObject { ["name"] = name },
                    ["spec"] = new JsonObject
                    {
                        ["capacity"] = spec["resources"]!["requests"]!.DeepClone(),
                        ["accessModes"] = spec["accessModes"]!.DeepClone(),
                        ["persistentVolumeReclaimPolicy"] = "Retain",
                        ["storageClassName"] = spec["storageClassName"]?.DeepClone(),
                        ["claimRef"] = new JsonObject { ["namespace"] = $"{metadata["namespace"]}", ["name"] = $"{metadata["name"]}" },
                        ["hostPath"] = new JsonObject { ["path"] = "/var/empty" },
                    },
                };
                await SendAsync(HttpMethod.Post, "/api/v1/persistentvolumes", volume.ToJsonString(), "application/json", cancellationToken);
            }
        }
    }

    private async Task<IReadOnlyList<JsonNode>> ListAsync(string path, CancellationToken cancellationToken) =>
        [.. JsonNode.Parse(await http.GetStringAsync(new Uri(address, path), cancellationToken))!["items"]!.AsArray().Select(item => item!)];

    private async Task SendAsync(HttpMethod method, string path, string body, string type, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(address, path)) { Content = new StringContent(body, Encoding.UTF8, type) };
        using var response = await http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
    }
}
