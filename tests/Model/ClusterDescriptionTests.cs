using FogInfra.Model;
using FogInfra.Model.Documents;

namespace FogInfra.Tests;

/// <summary>Clusters of a fleet document that are made: what is read of them, and what cannot be.</summary>
public sealed class ClusterDescriptionTests
{
    [Fact]
    public void Everything_IsRead()
    {
        var read = Read(
            """
            engine: kind
            image: kindest/node:v1.33.1
            topology: {controlPlanes: 3, workers: 2}
            controlPlane: {cpu: 500m, memory: 1Gi}
            worker: {labels: {site: hall-2}, taints: ["dedicated=line:NoSchedule"]}
            ports: [{host: 8081, node: 30080, protocol: UDP, address: 127.0.0.2}]
            mounts: [{host: /srv, node: /data, readOnly: true}]
            mirrors: {docker.io: ["http://mirror:5000"]}
            podNetwork: false
            featureGates: {SidecarContainers: true}
            subnet: 172.30.0.0/16
            link: {delayMilliseconds: 80, bandwidthKilobits: 2000}
            architecture: arm64
            """);

        Assert.Empty(read.Problems);
        var spec = read.Value!.FindCluster("c")!.Spec;
        Assert.Equal(new Topology(3, 2), spec.Topology);
        Assert.Equal(5, spec.Topology!.Nodes);
        Assert.Equal(("500m", "1Gi"), (spec.ControlPlane.Cpu, spec.ControlPlane.Memory));
        Assert.Equal("hall-2", spec.Worker.Labels["site"]);
        Assert.Equal("dedicated=line:NoSchedule", Assert.Single(spec.Worker.Taints).ToString());
        Assert.Equal(new PortMapping(8081, 30080, "UDP", "127.0.0.2"), Assert.Single(spec.Ports));
        Assert.Equal(new NodeMount("/srv", "/data", true), Assert.Single(spec.Mounts));
        Assert.Equal(["http://mirror:5000"], spec.Mirrors["docker.io"]);
        Assert.Equal((false, true, "172.30.0.0/16", new LinkSpec(80, 2000), "arm64"), (spec.PodNetwork, spec.FeatureGates["SidecarContainers"], spec.Subnet, spec.Link, spec.Architecture));
    }

    [Theory]
    [InlineData("topology: {controlPlanes: 0}", "cannot have 0 control planes")]
    [InlineData("topology: {workers: -1}", "cannot have -1 workers")]
    [InlineData("topology: {controlPlanes: 2}", "expected an odd number")]
    [InlineData("topology: {workers: 1000}", "more than one machine can have")]
    [InlineData("{topology: {controlPlanes: 1}, worker: {cpu: '1'}}", "settings for workers, but the topology has none")]
    [InlineData("version: latest", "no Kubernetes version")]
    [InlineData("{version: 1.33.1, image: 'kindest/node:v1'}", "give one of them")]
    [InlineData("image: not an image", "no reference to an image")]
    [InlineData("controlPlane: {labels: {-bad-: x}}", "no key of a label")]
    [InlineData("controlPlane: {labels: {site: a b}}", "no value of a label")]
    [InlineData("controlPlane: {taints: [nothing]}", "is no taint")]
    [InlineData("controlPlane: {taints: ['a=1:NoExecute', 'a=2:NoExecute']}", "is there 2 times")]
    [InlineData("controlPlane: {cpu: much}", "no amount of processors")]
    [InlineData("controlPlane: {cpu: 10m}", "no amount of processors")]
    [InlineData("controlPlane: {memory: 64Mi}", "at least 512Mi")]
    [InlineData("ports: [{host: 0, node: 80}]", "0 is no port")]
    [InlineData("ports: [{host: 80, node: 70000}]", "70000 is no port")]
    [InlineData("ports: [{host: 80, node: 80, address: here}]", "no IP address")]
    [InlineData("ports: [{host: 80, node: 80}, {host: 80, node: 81}]", "published twice")]
    [InlineData("mounts: [{host: relative, node: /data}]", "no absolute path of this machine")]
    [InlineData("mounts: [{host: /srv, node: data}]", "no absolute path of a node")]
    [InlineData("mirrors: {docker.io: [mirror]}", "no address of a registry")]
    [InlineData("subnet: 172.30.0.0/30", "no subnet for nodes")]
    [InlineData("link: {delayMilliseconds: 0}", "neither a delay nor a bandwidth")]
    [InlineData("link: {delayMilliseconds: 100000}", "is no delay")]
    [InlineData("link: {bandwidthKilobits: -1}", "is no bandwidth")]
    [InlineData("architecture: a b", "no value of a label")]
    public void WhatCannotBe_IsToldWhereItStands(string description, string expected)
    {
        var problems = Read(description.StartsWith('{') ? $"engine: kind\n{Fields(description)}" : $"engine: kind\n{description}").Problems;

        Assert.Contains(problems, problem => problem.ToString().Contains(expected, StringComparison.Ordinal) && problem.ToString().StartsWith("fleet.yaml:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("engine: simulated\nversion: 1.33.1", "A simulated cluster has no containers")]
    [InlineData("engine: existing\nkubeconfig: k\nsubnet: 172.30.0.0/16", "An existing cluster is only used")]
    public void WhatAnEngineHasNoUseFor_IsTold(string description, string expected) =>
        Assert.Contains(Read(description).Problems, problem => problem.ToString().Contains(expected, StringComparison.Ordinal));

    [Theory]
    [InlineData("500m", "0.5")]
    [InlineData("2", "2")]
    [InlineData("1.5k", "1500")]
    [InlineData("1M", "1000000")]
    [InlineData("1G", "1000000000")]
    [InlineData("1T", "1000000000000")]
    [InlineData("1Ki", "1024")]
    [InlineData("1Mi", "1048576")]
    [InlineData("1Gi", "1073741824")]
    [InlineData("1Ti", "1099511627776")]
    public void Quantity_IsTheNumber(string text, string expected) =>
        Assert.Equal(decimal.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), KubernetesNames.Quantity(text));

    [Theory]
    [InlineData("")]
    [InlineData("much")]
    [InlineData("1X")]
    [InlineData("-1")]
    public void Quantity_OfNoNumber_IsNone(string text) => Assert.Null(KubernetesNames.Quantity(text));

    // The members of a mapping in one line, each on a line of its own.
    private static string Fields(string description) => description[1..^1].Replace("}, ", "}\n", StringComparison.Ordinal).Replace("1.33.1, ", "1.33.1\n", StringComparison.Ordinal);

    private static ReadResult<Fleet> Read(string description) => FleetReader.Read(
        "fleet.yaml",
        $"""
        apiVersion: foginfra.dev/v1alpha1
        kind: Fleet
        metadata: {"{name: f}"}
        applications:
          a:
            services:
              s: {"{version: '1', containers: [{name: s, image: s}], layers: {cloud: }}"}
        rings: [{"{name: r}"}]
        clusters:
          c:
            layer: cloud
            ring: r
            {description.Replace("\n", "\n    ", StringComparison.Ordinal)}
        """);
}
