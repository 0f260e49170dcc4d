using System.Collections.Immutable;
using System.Text;
using FogInfra.Model;

namespace FogInfra.Clusters.Engines;

/// <summary>Mirrors of registries in containerd's own form: a folder for each registry with a file <c>hosts.toml</c> (containerd, "Registry Configuration").</summary>
internal static class RegistryMirrors
{
    /// <summary>Where a node's containerd looks.</summary>
    public const string NodeFolder = "/etc/containerd/certs.d";

    /// <summary>The files, by their paths below the folder.</summary>
    public static ImmutableSortedDictionary<string, string> Files(ClusterSpec spec) => spec.Mirrors.ToImmutableSortedDictionary(
        mirror => Path.Combine(mirror.Key, "hosts.toml"), mirror => HostsOf(mirror.Key, mirror.Value), StringComparer.Ordinal);

    private static string HostsOf(string registry, ImmutableArray<string> endpoints)
    {
        // The registry itself comes last. That of Docker has another name on the wire.
        var text = new StringBuilder($"server = \"https://{(registry == "docker.io" ? "registry-1.docker.io" : registry)}\"\n");
        foreach (var endpoint in endpoints)
        {
            text.Append($"\n[host.\"{endpoint.TrimEnd('/')}\"]\n  capabilities = [\"pull\", \"resolve\"]\n");
        }

        return text.ToString();
    }
}
