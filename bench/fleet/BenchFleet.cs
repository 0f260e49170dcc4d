using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace FogInfra.Bench.Fleet;

/// <summary>A cluster of the bench.</summary>
internal sealed record BenchCluster(string Name, string Layer, string Ring, string? Parent);

/// <summary>Fleet documents: one cloud cluster, one fog cluster in twenty, the rest at the edge in two rings.</summary>
internal static partial class BenchFleet
{
    /// <summary>How many updates may run at a time: with more than there are processors each would also wait for the others.</summary>
    public static int Places => Environment.ProcessorCount;

    public static IReadOnlyList<BenchCluster> Clusters(int count)
    {
        var fogs = Math.Max(1, count / 20);
        return
        [
            .. Enumerable.Range(0, count).Select(number => number switch
            {
                0 => new BenchCluster("cloud-0", "cloud", "core", null),
                _ when number <= fogs => new BenchCluster(Name("fog", number), "fog", "core", "cloud-0"),
                _ => new BenchCluster(Name("edge", number), "edge", number < count / 5 ? "pilot" : "rest", Name("fog", 1 + (number % fogs))),
            }),
        ];
    }

    /// <summary>The document.</summary>
    /// <param name="clusters">The clusters.</param>
    /// <param name="failing">Clusters that are told to run an image which no registry has.</param>
    /// <param name="existing">Clusters that another project has started; their kubeconfigs are <see cref="KubeconfigOf"/>.</param>
    public static string Document(IEnumerable<BenchCluster> clusters, IReadOnlySet<string> failing, IReadOnlySet<string> existing)
    {
        var overrides = string.Join(", ", failing.Select(cluster => $"{cluster}: {{containers: [{{name: web, image: shop/broken}}]}}"));
        var text = new StringBuilder(
            $$$"""
            apiVersion: foginfra.dev/v1alpha1
            kind: Fleet
            metadata: {name: bench}
            applications:
              shop:
                services:
                  web:
                    version: 1.0.0
                    containers: [{name: web, image: shop/web}]
                    layers: {cloud: {replicas: 1}, fog: {replicas: 1}, edge: {replicas: 1}}
                    clusters: {{{{overrides}}}}
            rings:
              - {name: core, checks: [{output: healthy, is: "true"}]}
              - {name: pilot, checks: [{output: healthy, is: "true"}]}
              - {name: rest, checks: [{output: healthy, is: "true"}]}
            policy:
              maxConcurrent: {{{Places}}}
              failureBudget: 5%
              quorum: 90%
              retry: {attempts: 2, delay: 1s}
            simulator: {images: ["shop/web:*"]}
            clusters:

            """);
        var known = clusters.ToList();
        foreach (var cluster in known)
        {
            var parent = known.Exists(other => other.Name == cluster.Parent) ? $", parent: {cluster.Parent}" : "";
            var engine = existing.Contains(cluster.Name) ? $", engine: existing, kubeconfig: {KubeconfigOf(cluster.Name)}" : "";
            text.Append(CultureInfo.InvariantCulture, $"  {cluster.Name}: {{layer: {cluster.Layer}, ring: {cluster.Ring}{parent}{engine}}}\n");
        }

        return text.ToString();
    }

    /// <summary>The kubeconfig of a cluster that another project has started.</summary>
    public static string KubeconfigOf(string cluster) => $"elsewhere/{cluster}.kubeconfig";

    /// <summary>A kubeconfig as it is, or one that names a port at which nobody listens.</summary>
    public static string Kubeconfig(string text, bool reachable) => reachable ? text : Server().Replace(text, "server: https://127.0.0.1:1");

    private static string Name(string layer, int number) => string.Create(CultureInfo.InvariantCulture, $"{layer}-{number}");

    [GeneratedRegex("server: .*")]
    private static partial Regex Server();
}
