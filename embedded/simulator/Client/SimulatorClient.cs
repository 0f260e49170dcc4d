using System.Net;
using System.Net.Http.Json;
using FogInfra.Embedded.Simulator.Clusters;
using FogInfra.Embedded.Simulator.Hosting;

namespace FogInfra.Embedded.Simulator.Client;

/// <summary>Talks to a running simulator: makes and deletes clusters, and stops it.</summary>
public sealed class SimulatorClient : IDisposable
{
    private readonly HttpClient _http;

    /// <summary>A client of the simulator at an address, such as <c>http://127.0.0.1:40123</c>.</summary>
    public SimulatorClient(string address)
    {
        Address = address;
        _http = new HttpClient { BaseAddress = new Uri(address + "/simulator/") };
    }

    /// <summary>Where the simulator listens.</summary>
    public string Address { get; }

    /// <summary>A client of the simulator that serves a folder; null when none does.</summary>
    public static async Task<SimulatorClient?> FindAsync(string dataDirectory, CancellationToken cancellationToken)
    {
        if (new SimulatorFiles(Path.GetFullPath(dataDirectory)).ReadInfo() is not { } info) return null;
        var client = new SimulatorClient(info.Address);
        if (await client.IsAliveAsync(cancellationToken).ConfigureAwait(false)) return client;
        client.Dispose();
        return null;
    }

    /// <summary>Whether the simulator answers.</summary>
    public async Task<bool> IsAliveAsync(CancellationToken cancellationToken) => await DescribeAsync(cancellationToken).ConfigureAwait(false) is not null;

    /// <summary>Where and what the simulator is; null when it does not answer.</summary>
    public async Task<SimulatorInfo?> DescribeAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _http.GetFromJsonAsync<SimulatorInfo>("", SimulatorJson.Options, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is HttpRequestException or System.Text.Json.JsonException)
        {
            return null; // Nobody there, or somebody else.
        }
    }

    /// <summary>Creates a cluster. It can be used at once.</summary>
    /// <exception cref="SimulatorException">It cannot be as it is described, or there is one of that name.</exception>
    public async Task<ClusterInfo> CreateClusterAsync(ClusterSpec spec, CancellationToken cancellationToken)
    {
        using var response = await _http.PostAsJsonAsync("clusters", spec, SimulatorJson.Options, cancellationToken).ConfigureAwait(false);
        await CheckAsync(response, cancellationToken).ConfigureAwait(false);
        return (await response.Content.ReadFromJsonAsync<ClusterInfo>(SimulatorJson.Options, cancellationToken).ConfigureAwait(false))!;
    }

    /// <summary>Deletes a cluster with all that is in it; false when there is none of that name.</summary>
    public async Task<bool> DeleteClusterAsync(string name, CancellationToken cancellationToken)
    {
        using var response = await _http.DeleteAsync(new Uri("clusters/" + Uri.EscapeDataString(name), UriKind.Relative), cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.NotFound) return false;
        await CheckAsync(response, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>The clusters, by name.</summary>
    public async Task<IReadOnlyList<ClusterInfo>> ListClustersAsync(CancellationToken cancellationToken) =>
        await _http.GetFromJsonAsync<IReadOnlyList<ClusterInfo>>("clusters", SimulatorJson.Options, cancellationToken).ConfigureAwait(false) ?? [];

    /// <summary>A cluster; null when there is none of that name.</summary>
    public async Task<ClusterInfo?> FindClusterAsync(string name, CancellationToken cancellationToken)
    {
        using var response = await _http.GetAsync(new Uri("clusters/" + Uri.EscapeDataString(name), UriKind.Relative), cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.NotFound) return null;
        await CheckAsync(response, cancellationToken).ConfigureAwait(false);
        return await response.Content.ReadFromJsonAsync<ClusterInfo>(SimulatorJson.Options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The kubeconfig of a cluster, as text.</summary>
    /// <exception cref="SimulatorException">There is no such cluster.</exception>
    public async Task<string> KubeconfigAsync(string name, CancellationToken cancellationToken)
    {
        using var response = await _http.GetAsync(new Uri($"clusters/{Uri.EscapeDataString(name)}/kubeconfig", UriKind.Relative), cancellationToken).ConfigureAwait(false);
        await CheckAsync(response, cancellationToken).ConfigureAwait(false);
        return await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asks the simulator to stop. It saves its clusters first; they are there again when it is started the next time.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        using var response = await _http.PostAsync(new Uri("stop", UriKind.Relative), content: null, cancellationToken).ConfigureAwait(false);
        await CheckAsync(response, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static async Task CheckAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode) return;
        var problem = await response.Content.ReadFromJsonAsync<AdminProblem>(SimulatorJson.Options, cancellationToken).ConfigureAwait(false);
        throw new SimulatorException(string.Join("; ", problem?.Problems ?? [$"the simulator answered {(int)response.StatusCode}"]));
    }
}

/// <summary>The simulator could not do what it was asked for. The message says why, and all that is wrong at once.</summary>
public sealed class SimulatorException(string message) : Exception(message);
