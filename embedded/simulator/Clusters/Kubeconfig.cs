namespace FogInfra.Embedded.Simulator.Clusters;

/// <summary>The kubeconfig of a cluster.</summary>
internal static class Kubeconfig
{
    /// <summary>The text: one cluster, one context, both by the cluster's name. There are no credentials: the server takes whom loopback lets in.</summary>
    public static string Write(string name, string address) =>
        $"""
        apiVersion: v1
        kind: Config
        current-context: {name}
        clusters:
        - name: {name}
          cluster:
            server: {address}/clusters/{name}
        contexts:
        - name: {name}
          context:
            cluster: {name}
            user: {name}
        users:
        - name: {name}
          user: {"{}"}

        """;
}
