using FogInfra.Model;
using FogInfra.Model.Documents;

namespace FogInfra.Tests;

/// <summary>What a service can say of how it runs, in a fleet document.</summary>
public sealed class SettingsReaderTests
{
    [Fact]
    public void Read_EveryField_ReachesTheModel()
    {
        var settings = Layer(
            """
            config: {MODE: fast, LEVEL: 3}
            files: {/etc/app.conf: text}
            secrets:
              FROM_ENV: {env: TOKEN, revision: 2}
              FROM_FILE: {file: keys/token, path: /run/token}
              FROM_CONFIG: {config: token}
            disruption: {minAvailable: 50%}
            spread: {over: [host, zone, rack], maxSkew: 2, required: true}
            update: {maxSurge: 25%, maxUnavailable: 0}
            expose: {type: NodePort, ports: [{name: web, port: 80, targetPort: http, nodePort: 30080}, {port: 53, protocol: UDP}], externalIPs: [192.0.2.1], annotations: {a: b}}
            ingress: {host: "*.example.org", path: /shop, port: http, className: nginx, tlsSecret: tls, annotations: {c: d}}
            volumes:
              - {name: e, mountPath: /e, readOnly: true, emptyDir: {sizeLimit: 1Mi, inMemory: true}}
              - {name: c, claim: {size: 1Gi, storageClass: fast, accessMode: ReadWriteMany}}
              - {name: m, configMap: {name: settings}}
              - {name: s, secret: {name: keys}}
            access: [{apiGroups: [apps], resources: [deployments], verbs: [get], names: [web]}, {resources: [pods], verbs: [list]}]
            egress: [{cidr: 10.20.0.0/16, ports: [5432, 5433]}, {cidr: 2001:db8::/32}]
            nodeSelector: {disk: ssd}
            tolerations: [{key: gpu, value: "yes", effect: NoExecute, tolerationSeconds: 5}, {operator: Exists}]
            architectures: [arm64]
            """).Settings;

        Assert.Equal("3", settings.Config["LEVEL"]);
        Assert.Equal("text", settings.Files["/etc/app.conf"]);
        Assert.Equal(new SecretSource(SecretKind.Environment, "TOKEN", Revision: "2"), settings.Secrets["FROM_ENV"]);
        Assert.Equal(new SecretSource(SecretKind.File, "keys/token", "/run/token"), settings.Secrets["FROM_FILE"]);
        Assert.Equal(new SecretSource(SecretKind.StackConfig, "token"), settings.Secrets["FROM_CONFIG"]);
        Assert.Equal(new Disruption(MinAvailable: "50%"), settings.Disruption);
        Assert.Equal(["kubernetes.io/hostname", "topology.kubernetes.io/zone", "rack"], settings.Spread!.Over);
        Assert.Equal((2, true), (settings.Spread.MaxSkew, settings.Spread.Required));
        Assert.Equal(new UpdateStrategy(false, "25%", "0"), settings.Update);
        Assert.Equal(ExposureKind.NodePort, settings.Expose!.Kind);
        Assert.Equal([new ExposedPort(80, "http", "web", NodePort: 30080), new ExposedPort(53, Protocol: "UDP")], settings.Expose.Ports);
        Assert.Equal(["192.0.2.1"], settings.Expose.ExternalIPs);
        Assert.Equal("b", settings.Expose.Annotations["a"]);
        Assert.Equal(("*.example.org", "/shop", "http", "nginx", "tls"), (settings.Ingress!.Host, settings.Ingress.Path, settings.Ingress.Port, settings.Ingress.ClassName, settings.Ingress.TlsSecret));
        Assert.Equal("d", settings.Ingress.Annotations["c"]);
        Assert.Equal(new Volume { Name = "e", MountPath = "/e", ReadOnly = true, EmptyDir = new EmptyDirectory("1Mi", true) }, settings.Volumes[0]);
        Assert.Equal(new Volume { Name = "c", Claim = new StorageClaim("1Gi", "fast", "ReadWriteMany") }, settings.Volumes[1]);
        Assert.Equal(new Volume { Name = "m", ConfigMap = "settings" }, settings.Volumes[2]);
        Assert.Equal(new Volume { Name = "s", Secret = "keys" }, settings.Volumes[3]);
        Assert.Equal(["web"], settings.Access[0].Names);
        Assert.Equal([""], settings.Access[1].ApiGroups);
        Assert.Equal([5432, 5433], settings.Egress[0].Ports);
        Assert.Empty(settings.Egress[1].Ports);
        Assert.Equal("ssd", settings.NodeSelector["disk"]);
        Assert.Equal([new Toleration("gpu", "Equal", "yes", "NoExecute", 5), new Toleration(null)], settings.Tolerations);
        Assert.Equal(["arm64"], settings.Architectures);
    }

    [Theory]
    [InlineData("config: {1A: x}", "'1A' is no name of an environment variable.")]
    [InlineData("files: {etc/x: y}", "'etc/x' is no path; expected an absolute path such as /etc/app/settings.json, without '..'.")]
    [InlineData("files: {/etc/../x: y}", "'/etc/../x' is no path; expected an absolute path such as /etc/app/settings.json, without '..'.")]
    [InlineData("secrets: {A: {value: hidden}}", "Expected exactly one of: env, file, config. A secret's value does not belong into a document.")]
    [InlineData("secrets: {A: {env: X, file: y}}", "Expected exactly one of: env, file, config. A secret's value does not belong into a document.")]
    [InlineData("secrets: {A b: {env: X}}", "'A b' is no name of an environment variable.")]
    [InlineData("secrets: {A: {env: X, path: run}}", "'run' is no path; expected an absolute path such as /etc/app/settings.json, without '..'.")]
    [InlineData("autoscaling: {minReplicas: 3, maxReplicas: 2, cpuPercent: 50}", "'2' is less than 'minReplicas', which is 3.")]
    [InlineData("autoscaling: {maxReplicas: 2}", "Expected at least one of: cpuPercent, memoryPercent.")]
    [InlineData("autoscaling: {cpuPercent: 50}", "The field 'maxReplicas' is missing.")]
    [InlineData("disruption: {}", "Expected exactly one of: minAvailable, maxUnavailable.")]
    [InlineData("disruption: {minAvailable: 1, maxUnavailable: 1}", "Expected exactly one of: minAvailable, maxUnavailable.")]
    [InlineData("disruption: {minAvailable: some}", "'some' is no amount of pods; expected a number such as 1, or a share such as 25%.")]
    [InlineData("disruption: {minAvailable: 101%}", "'101%' is no amount of pods; expected a number such as 1, or a share such as 25%.")]
    [InlineData("spread: {over: [a b]}", "'a b' is neither one of host, zone nor a label of nodes.")]
    [InlineData("spread: {maxSkew: 1}", "The field 'over' is missing.")]
    [InlineData("update: {recreate: true, maxSurge: 1}", "With 'recreate' all old pods go first; 'maxSurge' and 'maxUnavailable' have no meaning.")]
    [InlineData("update: {maxSurge: 0, maxUnavailable: 0}", "With 'maxSurge' and 'maxUnavailable' both 0 no pod could ever be replaced.")]
    [InlineData("expose: {type: Public}", "'Public' is not known; expected one of: ClusterIP, NodePort, LoadBalancer.")]
    [InlineData("expose: {ports: [{port: 80}, {port: 80}]}", "The port 80/TCP is listed twice.")]
    [InlineData("expose: {ports: [{port: 80, nodePort: 30080}]}", "A 'nodePort' needs the type NodePort or LoadBalancer.")]
    [InlineData("expose: {externalIPs: [here]}", "'here' is no IP address.")]
    [InlineData("ingress: {host: Shop}", "'Shop' is no host name; expected a DNS name in small letters, perhaps with '*.' before it.")]
    [InlineData("ingress: {path: shop}", "'shop' is no path; expected one that begins with '/'.")]
    [InlineData("ingress: {tlsSecret: tls}", "A certificate is for a host; the field 'host' is missing.")]
    [InlineData("volumes: [{name: a}]", "Expected exactly one of: emptyDir, claim, hostPath, configMap, secret.")]
    [InlineData("volumes: [{name: a, emptyDir: {}, secret: {name: b}}]", "Expected exactly one of: emptyDir, claim, hostPath, configMap, secret.")]
    [InlineData("volumes: [{name: a, emptyDir: {}}, {name: a, emptyDir: {}}]", "The name 'a' is taken by another volume.")]
    [InlineData("volumes: [{name: A, emptyDir: {}}]", "'A' is no name of a volume; expected small letters, digits and '-', at most 63, a letter first and a letter or digit last.")]
    [InlineData("volumes: [{name: a, claim: {}}]", "The field 'size' is missing.")]
    [InlineData("volumes: [{name: a, claim: {size: big}}]", "'big' is no quantity; expected a Kubernetes quantity such as 250m, 0.5 or 128Mi.")]
    [InlineData("volumes: [{name: a, claim: {size: 1Gi, accessMode: Once}}]", "'Once' is not known; expected one of: ReadWriteOnce, ReadOnlyMany, ReadWriteMany, ReadWriteOncePod.")]
    [InlineData("volumes: [{name: a, hostPath: {path: mnt}}]", "'mnt' is no path; expected an absolute path such as /etc/app/settings.json, without '..'.")]
    [InlineData("volumes: [{name: a, hostPath: {path: /mnt}}]", "The volume 'a' is a path of the node, which pods of this namespace may not have; with 'isolation: {podSecurity: privileged}' they may.")]
    [InlineData("access: [{verbs: [get]}]", "The field 'resources' is missing or empty.")]
    [InlineData("access: [{resources: [pods], verbs: []}]", "The field 'verbs' is missing or empty.")]
    [InlineData("egress: [{cidr: 10.0.0.1}]", "'10.0.0.1' is no range of addresses; expected CIDR notation such as 10.20.0.0/16.")]
    [InlineData("egress: [{cidr: 10.0.0.0/8, ports: [0]}]", "'0' is no whole number from 1 to 65535.")]
    [InlineData("tolerations: [{key: a, operator: Exists, value: b}]", "With the operator Exists there is no value.")]
    [InlineData("tolerations: [{operator: Equal}]", "The field 'key' is missing; only the operator Exists can do without.")]
    [InlineData("tolerations: [{key: a b}]", "'a b' is no key of a taint; expected letters, digits, '-', '_' and '.', at most 63, perhaps with a DNS name and '/' before them.")]
    [InlineData("tolerations: [{key: a, tolerationSeconds: 5}]", "Only the effect NoExecute can be tolerated for a time.")]
    [InlineData("architectures: [amd65]", "'amd65' is no architecture; did you mean 'amd64'?")]
    [InlineData("containers: [{name: new}]", "The field 'image' is missing.")]
    [InlineData("containers: [{name: web, volumeMounts: [{name: data, mountPath: /d}]}]", "A container mounts the volume 'data', which is not among 'volumes'.")]
    [InlineData("containers: [{name: web, envFrom: [{}]}]", "Expected exactly one of: configMapRef, secretRef.")]
    [InlineData("{files: {/a: b}, secrets: {A: {env: X, path: /a}}}", "'/a' is the path of a file and of a secret.")]
    [InlineData("{replicas: 2, autoscaling: {maxReplicas: 3, cpuPercent: 50}}", "With 'autoscaling' the autoscaler decides how many pods there are; give its 'minReplicas' and 'maxReplicas'.")]
    public void Read_WrongSetting_SaysSo(string settings, string message)
    {
        var problems = Read(settings).Problems;

        Assert.Contains(message, problems.Select(problem => problem.Message));
    }

    [Theory]
    [InlineData("expose: {type: LoadBalancer}", "There is nothing to expose: no container has 'ports', and 'expose' has none.")]
    [InlineData("ingress: {}", "An ingress leads to a port, but no container has 'ports'.")]
    public void Read_WithoutPorts_SaysThatThereIsNothingToReach(string settings, string message)
    {
        var problems = Read(settings, "containers: [{name: web, image: shop/web}]").Problems;

        Assert.Equal(message, Assert.Single(problems).Message);
    }

    [Fact]
    public void Read_Problem_NamesLineColumnAndField()
    {
        var problem = Assert.Single(Read("spread: {over: [host], maxSkew: 0}").Problems);

        Assert.Equal((12, 50, "applications.shop.services.web.layers.edge.spread.maxSkew"), (problem.Line, problem.Column, problem.Field));
    }

    [Fact]
    public void Layer_IsLaidOverTheService()
    {
        var layer = Layer(
            """
            config: {MODE: slow}
            containers: [{name: web, env: [{name: A, value: mine}], resources: {limits: {cpu: "1"}}}, {name: side, image: side:1}]
            """,
            """
            config: {MODE: fast, LEVEL: "3"}
            containers:
              - {name: web, image: shop/web, env: [{name: A, value: theirs}, {name: B, value: b}], resources: {limits: {memory: 1Gi}}}
            """);

        Assert.Equal([("LEVEL", "3"), ("MODE", "slow")], layer.Settings.Config.Select(pair => (pair.Key, pair.Value)));
        Assert.Equal(["web", "side"], layer.Containers.Select(container => container.Name));
        Assert.Equal("shop/web", layer.Containers[0].Image);
        Assert.Equal([("A", "mine"), ("B", "b")], layer.Containers[0].Env.Select(variable => (variable.Name, variable.Value)));
        Assert.Equal(["cpu", "memory"], layer.Containers[0].Resources.Limits.Keys);
    }

    [Theory]
    [InlineData("{}", 1)]
    [InlineData("replicas: 4", 4)]
    [InlineData("autoscaling: {minReplicas: 3, maxReplicas: 5, cpuPercent: 70}", 3)]
    public void Replicas_AreThoseOfTheDocument_OrTheAutoscalersLeast_OrTheLayers(string settings, int replicas) =>
        Assert.Equal(replicas, Layer(settings).Replicas);

    [Fact]
    public void Cluster_IsLaidOverItsLayer()
    {
        var fleet = Read("config: {MODE: slow}", service: "clusters: {edge-1: {replicas: 3, config: {MODE: own}, containers: [{name: web, image: 'shop/web:special'}]}}").Value!;

        var here = ClusterWorkload.Resolve(fleet.Applications[0], fleet.FindCluster("edge-1")!, fleet)!.Services[0];
        var there = ClusterWorkload.Resolve(fleet.Applications[0], fleet.FindCluster("edge-2")!, fleet)!.Services[0];
        Assert.Equal((3, "own", "shop/web:special"), (here.Replicas, here.Settings.Config["MODE"], here.Containers[0].Image));
        Assert.Equal((1, "slow", "shop/web:v1"), (there.Replicas, there.Settings.Config["MODE"], there.Containers[0].Image));
    }

    [Theory]
    [InlineData("clusters: {edge-9: {replicas: 3}}", "There is no cluster 'edge-9'; did you mean 'edge-1'?")]
    [InlineData("clusters: {cloud-1: {replicas: 3}}", "'web' does not run on layer cloud, where 'cloud-1' stands.")]
    [InlineData("clusters: {edge-1: {containers: [{name: other}]}}", "The field 'image' is missing.")]
    public void Cluster_ThatCannotBe_SaysSo(string clusters, string message) =>
        Assert.Equal(message, Assert.Single(Read("{}", service: clusters).Problems).Message);

    [Theory]
    [InlineData("isolation: {podSecurity: none}", "'none' is not known; expected one of: privileged, baseline, restricted.")]
    [InlineData("isolation: {quota: {pods: many}}", "'many' is no quantity; expected a Kubernetes quantity such as 250m, 0.5 or 128Mi.")]
    [InlineData("isolation: {monitoringNamespace: A}", "'A' is no name of a namespace; expected small letters, digits and '-', at most 63, a letter first and a letter or digit last.")]
    [InlineData("isolation: {layers: {mist: {}}}", "'mist' is no layer; expected one of: cloud, fog, edge.")]
    [InlineData("isolation: {network: maybe}", "'maybe' is neither true nor false.")]
    [InlineData("namespace: '{layer}'", null)]
    [InlineData("namespace: 'Shop-{layer}'", "'Shop-{layer}' is no name of a namespace; expected small letters, digits and '-', at most 63, a letter first and a letter or digit last.")]
    public void Application_WrongIsolation_SaysSo(string application, string? message) =>
        Assert.Equal(message is null ? [] : [message], Read("{}", application: application).Problems.Select(problem => problem.Message));

    [Fact]
    public void Isolation_OfALayer_IsLaidOverTheApplications()
    {
        var application = Read("{}", application:
            "isolation: {network: false, podSecurity: restricted, quota: {pods: 9}, defaultLimits: {cpu: 1}, defaultRequests: {cpu: 10m}, ingressNamespace: in, layers: {edge: {network: true, quota: {pods: 3, services: 2}}}}").Value!.Applications[0];

        Assert.False(application.IsolationOn(Model.Layer.Cloud).Network);
        var edge = application.IsolationOn(Model.Layer.Edge);
        Assert.True(edge.Network);
        Assert.Equal((PodSecurity.Restricted, "3", "2", "1", "10m", "in"), (edge.PodSecurity, edge.Quota["pods"], edge.Quota["services"], edge.DefaultLimits["cpu"], edge.DefaultRequests["cpu"], edge.IngressNamespace));
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("namespace: 'shop-{layer}'", 0)]
    public void ClustersThatAreOne_NeedANamespaceForEachLayer(string application, int problems)
    {
        var text = Document("{}", application: application, clusters: "{cloud-1: {layer: cloud, ring: one, kubeconfig: k}, edge-1: {layer: edge, ring: one, kubeconfig: k}}")
            .Replace("edge: {}", "edge: {}\n          cloud: {}", StringComparison.Ordinal);

        Assert.Equal(problems, FleetReader.Read("fleet.yaml", text).Problems.Length);
    }

    [Theory]
    [InlineData("runAsUser: 1000", 1000, null)]
    [InlineData("{runAsNonRoot: true, capabilities: {add: [NET_ADMIN], drop: [ALL]}}", null, true)]
    public void SecurityContext_IsRead(string context, int? user, bool? nonRoot)
    {
        var security = Layer($"containers: [{{name: web, securityContext: {(context.StartsWith('{') ? context : $"{{{context}}}")}}}]").Containers[0].SecurityContext!;

        Assert.Equal((user, nonRoot), (security.RunAsUser, security.RunAsNonRoot));
    }

    private static ServiceLayer Layer(string settings, string? service = null)
    {
        var result = Read(settings, service);
        Assert.Empty(result.Problems.Select(problem => problem.ToString()));
        return result.Value!.Applications[0].Services[0].Layers[Model.Layer.Edge];
    }

    private static ReadResult<Fleet> Read(string settings, string? service = null, string application = "") =>
        FleetReader.Read("fleet.yaml", Document(settings, service, application));

    private static string Document(
        string settings, string? service = null, string application = "",
        string clusters = "{cloud-1: {layer: cloud, ring: one}, edge-1: {layer: edge, ring: one}, edge-2: {layer: edge, ring: one}}")
    {
        var containers = "containers: [{name: web, image: shop/web, ports: [{name: http, containerPort: 8080}]}]";
        var own = service is null ? containers : service.Contains("containers: [{name: web, image: shop/web}]", StringComparison.Ordinal) || service.Contains("- {name: web", StringComparison.Ordinal) ? service : $"{containers}\n{service}";
        return $$"""
            apiVersion: foginfra.dev/v1alpha1
            kind: Fleet
            metadata: {name: test}
            rings: [{name: one}]
            applications:
              shop:
                {{application}}
                services:
                  web:
                    version: v1
                    layers:
                      edge: {{Inline(settings)}}
                    {{own.ReplaceLineEndings("\n        ")}}
            clusters: {{clusters}}
            """;
    }

    // A block of settings on lines of its own keeps its lines; one line stands as it is.
    private static string Inline(string settings) =>
        settings.Contains('\n')
            ? $"\n            {settings.ReplaceLineEndings("\n            ")}"
            : settings.StartsWith('{') ? settings : $"{{{settings}}}";
}
