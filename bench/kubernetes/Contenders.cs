using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using FogInfra.Embedded.Kubernetes;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;

namespace FogInfra.Bench.Kubernetes;

/// <summary>One of those who are compared, with the objects of one namespace.</summary>
internal interface IContender
{
    /// <summary>Creates the objects.</summary>
    Task CreateAsync(IReadOnlyList<Wanted> objects);

    /// <summary>Makes sure that the objects are as wanted, when they are.</summary>
    Task AgainAsync(IReadOnlyList<Wanted> objects);

    /// <summary>Changes the objects.</summary>
    Task ChangeAsync(IReadOnlyList<Wanted> objects);
}

/// <summary>
/// The provider, asked as an engine asks it: check, then create; check, read, diff (an update with refresh); check, diff, update.
/// </summary>
internal sealed class ProviderContender(IResourceProvider provider, int concurrency) : IContender
{
    private static readonly byte[] Seed = new byte[32];
    private readonly ConcurrentDictionary<string, (Urn Urn, string Id, PropertyMap Inputs, PropertyMap Outputs)> _state = [];

    public Task CreateAsync(IReadOnlyList<Wanted> objects) => EachAsync(objects, async item =>
    {
        var (urn, inputs) = await CheckAsync(item, PropertyMap.Empty);
        var created = await provider.CreateAsync(new CreateRequest(urn, inputs, null, Preview: false), CancellationToken.None);
        _state[$"{urn}"] = (urn, created.Id, inputs, created.Outputs);
    });

    public Task AgainAsync(IReadOnlyList<Wanted> objects) => EachAsync(objects, async item =>
    {
        var known = _state[$"{UrnOf(item)}"];
        var read = await provider.ReadAsync(new ReadRequest(known.Urn, known.Id, known.Inputs, known.Outputs, null), CancellationToken.None);
        var (urn, inputs) = await CheckAsync(item, read.Inputs!);
        var diff = await provider.DiffAsync(new DiffRequest(urn, known.Id, read.Inputs!, read.Outputs, inputs, []), CancellationToken.None);
        Expect(diff.Changes == DiffChanges.None, $"{urn} has changes where there should be none");
    });

    public Task ChangeAsync(IReadOnlyList<Wanted> objects) => EachAsync(objects, async item =>
    {
        var known = _state[$"{UrnOf(item)}"];
        var (urn, inputs) = await CheckAsync(item, known.Inputs);
        var diff = await provider.DiffAsync(new DiffRequest(urn, known.Id, known.Inputs, known.Outputs, inputs, []), CancellationToken.None);
        Expect(diff.Changes == DiffChanges.Some && !diff.IsReplace, $"{urn} has no changes where there should be one");
        var updated = await provider.UpdateAsync(new UpdateRequest(urn, known.Id, known.Inputs, known.Outputs, inputs, null, [], Preview: false), CancellationToken.None);
        _state[$"{urn}"] = (urn, known.Id, inputs, updated.Outputs);
    });

    private static Urn UrnOf(Wanted item) => Urn.Create("bench", "bench", null, item.Token, $"{item.Token}-{item.Name}");

    private async Task<(Urn Urn, PropertyMap Inputs)> CheckAsync(Wanted item, PropertyMap old)
    {
        var urn = UrnOf(item);
        var result = await provider.CheckAsync(new CheckRequest(urn, old, PlainJson.FromJson(item.Json), [.. Seed]), CancellationToken.None);
        Expect(result.Failures.IsEmpty, $"{urn}: {string.Join("; ", result.Failures)}");
        return (urn, result.Inputs);
    }

    private Task EachAsync(IReadOnlyList<Wanted> objects, Func<Wanted, Task> action) =>
        Parallel.ForEachAsync(objects, new ParallelOptions { MaxDegreeOfParallelism = concurrency }, async (item, _) => await action(item));

    private static void Expect(bool condition, string message)
    {
        if (!condition)
        {
            throw new InvalidOperationException(message);
        }
    }
}

/// <summary>kubectl apply --server-side, one file of all objects each time.</summary>
internal sealed class KubectlContender(string kubectl, string kubeconfig) : IContender
{
    public Task CreateAsync(IReadOnlyList<Wanted> objects) => ApplyAsync(objects);

    public Task AgainAsync(IReadOnlyList<Wanted> objects) => ApplyAsync(objects);

    public Task ChangeAsync(IReadOnlyList<Wanted> objects) => ApplyAsync(objects);

    private async Task ApplyAsync(IReadOnlyList<Wanted> objects)
    {
        var list = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "List", ["items"] = new JsonArray([.. objects.Select(item => item.Json.DeepClone())]) };
        var start = new ProcessStartInfo(kubectl, ["--kubeconfig", kubeconfig, "apply", "--server-side", "-f", "-"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(list.ToJsonString());
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        var lines = (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;
        if (process.ExitCode != 0 || lines != objects.Count)
        {
            throw new InvalidOperationException($"kubectl applied {lines} of {objects.Count} objects: {await error}");
        }
    }
}

/// <summary>No more than the requests: the limit of what any client can reach with this server.</summary>
internal sealed class BareContender : IContender, IDisposable
{
    private readonly HttpClient _http;
    private readonly int _concurrency;

    public BareContender(Uri server, string token, X509Certificate2Collection authorities, int concurrency)
    {
        var handler = new SocketsHttpHandler { MaxConnectionsPerServer = concurrency };
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        handler.SslOptions.CertificateChainPolicy.CustomTrustStore.AddRange(authorities);
        _http = new HttpClient(handler) { BaseAddress = server, DefaultRequestVersion = HttpVersion.Version11 };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        _concurrency = concurrency;
    }

    public Task CreateAsync(IReadOnlyList<Wanted> objects) => EachAsync(objects, async (item, token) =>
    {
        await SendAsync(HttpMethod.Post, $"{item.Path}?fieldManager=bench", Body(item), "application/json", token);
        await LookForPodsAsync(item, token);
    });

    public Task AgainAsync(IReadOnlyList<Wanted> objects) =>
        EachAsync(objects, (item, token) => SendAsync(HttpMethod.Get, $"{item.Path}/{item.Name}", null, null, token));

    public Task ChangeAsync(IReadOnlyList<Wanted> objects) => EachAsync(objects, async (item, token) =>
    {
        if (item.Token.EndsWith("Deployment", StringComparison.Ordinal))
        {
            // As the provider does, because their controller has written to them since.
            await SendAsync(HttpMethod.Get, $"{item.Path}/{item.Name}", null, null, token);
        }

        await SendAsync(HttpMethod.Patch, $"{item.Path}/{item.Name}?fieldManager=bench&force=true", Body(item), "application/apply-patch+yaml", token);
    });

    public void Dispose() => _http.Dispose();

    // As the provider does, which looks whether a new service has pods to lead to.
    private async Task LookForPodsAsync(Wanted item, CancellationToken cancellationToken)
    {
        if (item.Token.EndsWith("Service", StringComparison.Ordinal))
        {
            var pods = item.Path.Replace("services", "pods", StringComparison.Ordinal);
            await SendAsync(HttpMethod.Get, $"{pods}?labelSelector=app%3D{item.Json["spec"]!["selector"]!["app"]}&limit=500", null, null, cancellationToken);
        }
    }

    private static byte[] Body(Wanted item) => Encoding.UTF8.GetBytes(item.Json.ToJsonString());

    private Task EachAsync(IReadOnlyList<Wanted> objects, Func<Wanted, CancellationToken, Task> action) =>
        Parallel.ForEachAsync(objects, new ParallelOptions { MaxDegreeOfParallelism = _concurrency }, async (item, token) => await action(item, token));

    private async Task SendAsync(HttpMethod method, string path, byte[]? body, string? type, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(type!);
        }

        using var response = await _http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        await response.Content.ReadAsByteArrayAsync(cancellationToken);
    }
}
