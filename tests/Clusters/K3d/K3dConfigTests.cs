using FogInfra.Clusters.Arguments;
using FogInfra.Clusters.K3d;
using YamlDotNet.RepresentationModel;

namespace FogInfra.Tests;

/// <summary>
/// What k3d is told, field by field against its documented schema (k3d.io/v1alpha5). k3d itself does not run in these tests.
/// </summary>
public sealed class K3dConfigTests
{
    private const int Configurations = 200;

    // Fields and their types as the schema has them; [] stands for the items of a list. Of the fields that are not written here, none is listed.
    private static readonly Dictionary<string, string> Schema = new(StringComparer.Ordinal)
    {
        ["apiVersion"] = "k3d.io/v1alpha5",
        ["kind"] = "Simple",
        ["metadata.name"] = "hostname",
        ["servers"] = "number from 1",
        ["agents"] = "number",
        ["kubeAPI.hostIP"] = "ipv4",
        ["image"] = "text",
        ["network"] = "text",
        ["volumes[].volume"] = "text",
        ["volumes[].nodeFilters[]"] = "filter",
        ["ports[].port"] = "text",
        ["ports[].nodeFilters[]"] = "filter",
        ["registries.config"] = "text",
        ["options.k3d.wait"] = "truth",
        ["options.k3d.timeout"] = "text",
        ["options.k3d.disableLoadbalancer"] = "truth",
        ["options.k3s.extraArgs[].arg"] = "text",
        ["options.k3s.extraArgs[].nodeFilters[]"] = "filter",
        ["options.kubeconfig.updateDefaultKubeconfig"] = "truth",
        ["options.kubeconfig.switchCurrentContext"] = "truth",
        ["options.runtime.serversMemory"] = "text",
        ["options.runtime.agentsMemory"] = "text",
    };

    [Fact]
    public void Write_WhateverIsAskedFor_EveryFieldIsOneOfTheSchema()
    {
        var wrong = new List<string>();
        foreach (var arguments in Generated.Random(seed: 5, Configurations, "k3d"))
        {
            foreach (var (path, node) in Fields("", Parse(K3dConfig.Write(arguments, "foginfra"))))
            {
                if (!Schema.TryGetValue(path, out var type) || !Fits(type, node))
                {
                    wrong.Add($"{path}: {node.Value} ({node.Style}) is not {type ?? "known"}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void Write_OverAllOfThem_EveryFieldOfTheTableIsUsed()
    {
        var used = Generated.Random(seed: 5, Configurations, "k3d").SelectMany(arguments => Fields("", Parse(K3dConfig.Write(arguments, "foginfra"))))
            .Select(field => field.Path).ToHashSet();

        Assert.Equal(Schema.Keys.Order(), used.Order());
    }

    [Fact]
    public void Write_EverythingThatCanBeAskedFor_IsThere() => Assert.Equal(
        """
        apiVersion: k3d.io/v1alpha5
        kind: Simple
        metadata:
          name: cloud-1
        servers: 1
        agents: 1
        kubeAPI:
          hostIP: 127.0.0.1
        image: rancher/k3s:v1.33.1-k3s1
        network: foginfra-cloud-1
        volumes:
        - volume: /srv/data:/data:ro
          nodeFilters:
          - all
        ports:
        - port: 127.0.0.1:8080:30080/tcp
          nodeFilters:
          - server:0:direct
        - port: 0.0.0.0:8053:30053/udp
          nodeFilters:
          - server:0:direct
        registries:
          config: |
            mirrors:
              docker.io:
                endpoint:
                - http://mirror:5000
        options:
          k3d:
            wait: true
            timeout: 300s
            disableLoadbalancer: true
          k3s:
            extraArgs:
            - arg: --flannel-backend=none
              nodeFilters:
              - server:*
            - arg: --disable-network-policy
              nodeFilters:
              - server:*
            - arg: --kube-apiserver-arg=feature-gates=InPlacePodVerticalScaling=false,SidecarContainers=true
              nodeFilters:
              - server:*
            - arg: --kube-controller-manager-arg=feature-gates=InPlacePodVerticalScaling=false,SidecarContainers=true
              nodeFilters:
              - server:*
            - arg: --kube-scheduler-arg=feature-gates=InPlacePodVerticalScaling=false,SidecarContainers=true
              nodeFilters:
              - server:*
            - arg: --kubelet-arg=feature-gates=InPlacePodVerticalScaling=false,SidecarContainers=true
              nodeFilters:
              - server:*
            - arg: --kubelet-arg=feature-gates=InPlacePodVerticalScaling=false,SidecarContainers=true
              nodeFilters:
              - agent:*
          kubeconfig:
            updateDefaultKubeconfig: false
            switchCurrentContext: false
          runtime:
            serversMemory: 1024m
            agentsMemory: 1024m

        """,
        K3dConfig.Write(ClusterArgumentsReader.Read(Generated.Map(Generated.Everything.Replace("\"kind\"", "\"k3d\"", StringComparison.Ordinal))), "foginfra-cloud-1")
            .ReplaceLineEndings("\n"));

    private static YamlNode Parse(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return stream.Documents[0].RootNode;
    }

    private static IEnumerable<(string Path, YamlScalarNode Node)> Fields(string path, YamlNode node) => node switch
    {
        YamlMappingNode map => map.Children.SelectMany(child => Fields(path.Length == 0 ? $"{child.Key}" : $"{path}.{child.Key}", child.Value)),
        YamlSequenceNode list => list.Children.SelectMany(child => Fields($"{path}[]", child)),
        _ => [(path, (YamlScalarNode)node)],
    };

    private static bool Fits(string type, YamlScalarNode node)
    {
        var plain = node.Style == YamlDotNet.Core.ScalarStyle.Plain;
        var looksLikeSomethingElse = plain && (double.TryParse(node.Value, out _) || node.Value is "true" or "false" or "null" or "");
        return type switch
        {
            "number" => plain && int.TryParse(node.Value, out var number) && number >= 0,
            "number from 1" => plain && int.TryParse(node.Value, out var number) && number >= 1,
            "truth" => plain && node.Value is "true" or "false",
            "filter" => node.Value is "all" or "server:*" or "agent:*" or "server:0:direct",
            "hostname" => Uri.CheckHostName(node.Value) == UriHostNameType.Dns,
            "ipv4" => System.Net.IPAddress.TryParse(node.Value, out _),
            "text" => !looksLikeSomethingElse,
            _ => node.Value == type,
        };
    }
}
