namespace FogInfra.Tests.Support;

/// <summary>Manifests that several tests use.</summary>
internal static class Manifests
{
    /// <summary>A Deployment of one container. Annotations of its pods, as a flow map, say how the container behaves.</summary>
    public static string Deployment(string name = "web", int replicas = 2, string image = "web:1", string strategy = "", string podAnnotations = "", string extra = "", string podSpec = "") => $$$"""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: {{{name}}}}
        spec:
          replicas: {{{replicas}}}
          {{{(strategy.Length == 0 ? "" : $"strategy: {strategy}")}}}
          {{{extra}}}
          selector: {matchLabels: {app: {{{name}}}}}
          template:
            metadata: {labels: {app: {{{name}}}}{{{Annotations(podAnnotations)}}}}
            spec:
              {{{podSpec}}}
              containers:
              - {name: {{{name}}}, image: "{{{image}}}", ports: [{containerPort: 80}]}
        """;

    /// <summary>A pod of one container.</summary>
    public static string Pod(string name = "one", string image = "web:1", string annotations = "", string spec = "", string container = "") => $$$"""
        apiVersion: v1
        kind: Pod
        metadata: {name: {{{name}}}, labels: {app: {{{name}}}}{{{Annotations(annotations)}}}}
        spec:
          {{{spec}}}
          containers:
          - name: main
            image: "{{{image}}}"
            {{{container}}}
        """;

    private static string Annotations(string annotations) => annotations.Length == 0 ? "" : ", annotations: " + annotations;
}
