using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using FogInfra.Bench.Kubernetes;
using FogInfra.Embedded.Kubernetes;
using FogInfra.Embedded.Kubernetes.Client;
using FogInfra.Embedded.Kubernetes.Connection;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;

// Compares the provider with kubectl and with a bare HTTP client, on the same server in the same run, one after the other in turns.
// Arguments: the kubeconfig of a control plane of tests/real-kubernetes, then the path of kubectl.
const int Count = 300;
const int Concurrency = 16;
const int WarmUps = 3;
const int Rounds = 6;
string[] phases = ["create", "again, unchanged", "one label changed"];

var (file, kubectl) = (args[0], args[1]);
var kubeconfig = await File.ReadAllTextAsync(file);
var connection = ConnectionResolver.Resolve(kubeconfig, null, null, HostEnvironment.OfProcess());
using var client = new KubernetesClient(connection);
var authorities = Authorities(connection.Cluster.CertificateAuthority!.Data!);
using var controllers = new Controllers(Path.Combine(Path.GetDirectoryName(file)!, "controller-manager.pid"));
var times = new Dictionary<(string Contender, string Phase), List<double>>();
for (var round = 0; round < WarmUps + Rounds; round++)
{
    await using var provider = new KubernetesProvider(new QuietHost());
    await provider.ConfigureAsync(new ConfigureRequest(null, PropertyMap.Of(("kubeconfig", kubeconfig))), CancellationToken.None);
    using var bare = new BareContender(connection.Cluster.Server, connection.User!.Token!, authorities, Concurrency);
    // All begin a round without a connection.
    (string Name, IContender Contender)[] contenders =
    [
        ("provider", new ProviderContender(provider, Concurrency)),
        ("kubectl", new KubectlContender(kubectl, file)),
        ("bare client", bare),
    ];
    // Each begins once in three rounds, so that none has the better place always.
    foreach (var (name, contender) in contenders.Skip(round % 3).Concat(contenders.Take(round % 3)))
    {
        var space = $"bench-{Guid.NewGuid().ToString("N")[..8]}";
        await client.CreateAsync(
            ResourceCatalog.KnownResource("v1", "Namespace")!, null, Encoding.UTF8.GetBytes($$"""{"metadata":{"name":"{{space}}"} }"""), new WriteOptions("bench"), CancellationToken.None);
        var (first, second) = (Objects.Make(Count, space, "one"), Objects.Make(Count, space, "two"));
        Func<Task>[] steps = [() => contender.CreateAsync(first), () => contender.AgainAsync(first), () => contender.ChangeAsync(second)];
        for (var phase = 0; phase < steps.Length; phase++)
        {
            await SettleAsync(space);
            controllers.Freeze();
            var start = Stopwatch.GetTimestamp();
            await steps[phase]();
            var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            controllers.Thaw();
            times.TryAdd((name, phases[phase]), []);
            times[(name, phases[phase])].Add(seconds);
        }
    }

    Console.Error.WriteLine($"round {round + 1} of {WarmUps + Rounds}");
}

Console.WriteLine($"{Count} objects (ConfigMaps, Services, Deployments without pods), {Concurrency} at a time, median of {Rounds} rounds after {WarmUps} to warm up");
Console.WriteLine($"{"",-20}{"provider",10}{"kubectl",10}{"bare",10}   kubectl : provider   provider : bare");
var worst = (Kubectl: double.MaxValue, Bare: 0.0);
foreach (var phase in phases)
{
    var (ours, theirs, limit) = (Median("provider", phase), Median("kubectl", phase), Median("bare client", phase));
    worst = (Math.Min(worst.Kubectl, theirs / ours), Math.Max(worst.Bare, ours / limit));
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{phase,-20}{ours,8:0.00} s{theirs,8:0.00} s{limit,8:0.00} s{theirs / ours,14:0.00} times{ours / limit,13:0.00} times"));
}

var cold = phases.Select(phase => times[("provider", phase)][0].ToString("0.00", CultureInfo.InvariantCulture));
Console.WriteLine($"the provider's first round, just started: {string.Join(", ", cold)} s");
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"at least {worst.Kubectl:0.00} times as fast as kubectl, at most {worst.Bare:0.00} times the bare client's time"));
return 0;

double Median(string contender, string phase)
{
    var sorted = times[(contender, phase)].Skip(WarmUps).Order().ToList();
    return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
}

// The controllers work on what was written before, and are to be done with it before the next is timed.
async Task SettleAsync(string space)
{
    var (deployments, sets) = (ResourceCatalog.KnownResource("apps/v1", "Deployment")!, ResourceCatalog.KnownResource("apps/v1", "ReplicaSet")!);
    while (true)
    {
        var all = await client.ListAsync(deployments, space, ObjectSelection.All, CancellationToken.None);
        var replicaSets = await client.ListAsync(sets, space, ObjectSelection.All, CancellationToken.None);
        if (all.Items.All(item => item.ObservedGeneration == item.Generation) && replicaSets.Items.Length == all.Items.Length
            && replicaSets.Items.All(item => item.ObservedGeneration == item.Generation))
        {
            await Task.Delay(300);
            return;
        }

        await Task.Delay(100);
    }
}

static X509Certificate2Collection Authorities(byte[] pem)
{
    var collection = new X509Certificate2Collection();
    collection.ImportFromPem(Encoding.ASCII.GetString(pem));
    return collection;
}

/// <summary>The controllers, which stand still while time is taken: a hundred new Deployments keep them busy, and so the processors.</summary>
internal sealed class Controllers(string processIdFile) : IDisposable
{
    private readonly string _processId = File.ReadAllText(processIdFile).Trim();

    public void Freeze() => Signal("-STOP");

    public void Thaw() => Signal("-CONT");

    public void Dispose() => Thaw();

    private void Signal(string signal)
    {
        using var process = Process.Start("kill", [signal, _processId]);
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"The controller manager, process {_processId}, could not be told {signal}.");
        }
    }
}

internal sealed class QuietHost : IProviderHost
{
    public void Log(LogSeverity severity, Urn? urn, string message, bool ephemeral = false)
    {
        if (severity >= LogSeverity.Warning)
        {
            Console.Error.WriteLine(message);
        }
    }
}
