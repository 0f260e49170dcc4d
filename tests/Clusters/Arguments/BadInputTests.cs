using System.Net;
using System.Net.Sockets;
using FogInfra.Clusters.Tools;
using FogInfra.Embedded.Provider;

namespace FogInfra.Tests;

/// <summary>Wrong inputs and machines that cannot do it: each one clear error, before anything is made.</summary>
public sealed class BadInputTests : ProviderTest
{
    [Theory]
    [InlineData("""{"engine":"kind"}""", "name", "It is missing")]
    [InlineData("""{"name":"Edge_1","engine":"kind"}""", "name", "'Edge_1' is no name of a cluster")]
    [InlineData("""{"name":"edge-1","engine":"minikube"}""", "engine", "'minikube' is no engine; expected one of simulated, existing, kind, k3d")]
    [InlineData("""{"name":"edge-1","engine":"kind","layer":"mist"}""", "layer", "'mist' is no layer; expected one of cloud, fog, edge")]
    [InlineData("""{"name":"edge-1","engine":"kind","colour":"red"}""", "colour", "There is no such input")]
    [InlineData("""{"name":"edge-1","engine":"kind","topology":{"controlPlanes":0,"workers":1}}""", "topology.controlPlanes", "A cluster cannot have 0 control planes")]
    [InlineData("""{"name":"edge-1","engine":"kind","topology":{"controlPlanes":1,"workers":-1}}""", "topology.workers", "A cluster cannot have -1 workers")]
    [InlineData("""{"name":"edge-1","engine":"kind","topology":{"controlPlanes":2,"workers":0}}""", "topology.controlPlanes", "expected an odd number")]
    [InlineData("""{"name":"edge-1","engine":"kind","topology":{"controlPlanes":1,"workers":1000}}""", "topology", "1001 nodes are more than one machine can have")]
    [InlineData("""{"name":"edge-1","engine":"kind","topology":{"controlPlanes":"one","workers":0}}""", "topology.controlPlanes", "It is no whole number")]
    [InlineData("""{"name":"edge-1","engine":"kind","worker":{"labels":{"a":"b"}}}""", "worker", "There are settings for workers, but the topology has none")]
    [InlineData("""{"name":"edge-1","engine":"kind","controlPlane":{"taints":["edge=true"]}}""", "controlPlane.taints[0]", "'edge=true' is no taint; expected KEY=VALUE:EFFECT")]
    [InlineData("""{"name":"edge-1","engine":"kind","controlPlane":{"taints":["edge=true:Never"]}}""", "controlPlane.taints[0]", "'edge=true:Never' is no taint")]
    [InlineData("""{"name":"edge-1","engine":"kind","controlPlane":{"taints":["a=1:NoExecute","a=2:NoExecute"]}}""", "controlPlane.taints", "is there 2 times")]
    [InlineData("""{"name":"edge-1","engine":"kind","controlPlane":{"labels":{"-bad-":"x"}}}""", "controlPlane.labels", "'-bad-' is no key of a label")]
    [InlineData("""{"name":"edge-1","engine":"kind","controlPlane":{"labels":{"site":"a b"}}}""", "controlPlane.labels.site", "'a b' is no value of a label")]
    [InlineData("""{"name":"edge-1","engine":"kind","controlPlane":{"cpu":"much"}}""", "controlPlane.cpu", "'much' is no amount of processors")]
    [InlineData("""{"name":"edge-1","engine":"kind","controlPlane":{"memory":"64Mi"}}""", "controlPlane.memory", "expected a quantity of at least 512Mi")]
    [InlineData("""{"name":"edge-1","engine":"kind","version":"latest"}""", "version", "'latest' is no Kubernetes version")]
    [InlineData("""{"name":"edge-1","engine":"kind","version":"1.33.1","image":"kindest/node:v1.33.1"}""", "version", "give one of them")]
    [InlineData("""{"name":"edge-1","engine":"kind","image":"not an image"}""", "image", "'not an image' is no reference to an image")]
    [InlineData("""{"name":"edge-1","engine":"kind","ports":[{"host":0,"node":80}]}""", "ports[0].host", "0 is no port")]
    [InlineData("""{"name":"edge-1","engine":"kind","ports":[{"host":1,"node":70000}]}""", "ports[0].node", "70000 is no port")]
    [InlineData("""{"name":"edge-1","engine":"kind","ports":[{"host":1,"node":80,"protocol":"ICMP"}]}""", "ports[0].protocol", "'ICMP' is no protocol")]
    [InlineData("""{"name":"edge-1","engine":"kind","ports":[{"host":1,"node":80,"address":"here"}]}""", "ports[0].address", "'here' is no IP address")]
    [InlineData("""{"name":"edge-1","engine":"kind","ports":[{"host":61234,"node":80},{"host":61234,"node":81}]}""", "ports[1].host", "Port 61234 is published twice")]
    [InlineData("""{"name":"edge-1","engine":"kind","mounts":[{"host":"relative","node":"/data"}]}""", "mounts[0].host", "'relative' is no absolute path")]
    [InlineData("""{"name":"edge-1","engine":"kind","mounts":[{"host":"/no/such/folder","node":"/data"}]}""", "mounts[0].host", "There is nothing at /no/such/folder")]
    [InlineData("""{"name":"edge-1","engine":"kind","mirrors":{"docker.io":["mirror"]}}""", "mirrors.docker.io", "'mirror' is no address of a registry")]
    [InlineData("""{"name":"edge-1","engine":"kind","subnet":"172.30.0.0/64"}""", "subnet", "is no subnet for nodes")]
    [InlineData("""{"name":"edge-1","engine":"kind","link":{}}""", "link", "neither a delay nor a bandwidth")]
    [InlineData("""{"name":"edge-1","engine":"kind","link":{"delayMilliseconds":-5}}""", "link.delayMilliseconds", "-5 is no delay")]
    [InlineData("""{"name":"edge-1","engine":"kind","kubeconfig":"x"}""", "kubeconfig", "A kind cluster has a kubeconfig of its own")]
    [InlineData("""{"name":"edge-1","engine":"simulated","ports":[{"host":1,"node":80}]}""", "ports", "A simulated cluster has no containers and no network")]
    [InlineData("""{"name":"edge-1","engine":"existing"}""", "kubeconfig", "An existing cluster needs the path of its kubeconfig file")]
    [InlineData("""{"name":"edge-1","engine":"existing","kubeconfig":"/no/kubeconfig"}""", "kubeconfig", "There is no file /no/kubeconfig")]
    [InlineData("""{"name":"edge-1","engine":"existing","kubeconfig":"/no/kubeconfig","worker":{"cpu":"1"}}""", "worker", "An existing cluster is only used")]
    [InlineData("""{"name":"a-name-that-is-longer-than-the-names-of-nodes-may-be-all-told","engine":"kind"}""", "name", "expected at most 50")]
    public async Task Check_WrongInput_IsOneClearError_AndNothingIsMade(string inputs, string property, string message)
    {
        var failure = Assert.Single((await CheckAsync(inputs)).Failures);

        Assert.Equal(property, failure.Property);
        Assert.Contains(message, failure.Reason, StringComparison.Ordinal);
        Assert.Empty(Machine.Changes);
    }

    [Fact]
    public async Task Check_SeveralFaults_TellsThemAll()
    {
        var result = await CheckAsync("""{"name":"Edge","engine":"kind","topology":{"controlPlanes":0,"workers":0},"ports":[{"host":0,"node":0}]}""");

        Assert.Equal(["name", "topology.controlPlanes", "ports[0].host", "ports[0].node"], result.Failures.Select(failure => failure.Property));
    }

    [Theory]
    [InlineData("kind")]
    [InlineData("k3d")]
    public async Task Check_ToolIsMissing_SaysWhereToGetIt(string engine)
    {
        Machine.Missing.Add(engine);

        await FailsAsync(engine, "engine", $"There is no program '{engine}' on PATH. Install version");
    }

    [Fact]
    public async Task Check_DockerIsMissing_SaysWhereToGetIt()
    {
        Machine.Missing.Add("docker");

        await FailsAsync("kind", "engine", "There is no program 'docker' on PATH");
    }

    [Theory]
    [InlineData("kind version", "kind v0.11.1 go1.16.4 linux/amd64", "kind is of version 0.11.1; expected 0.20 or newer")]
    [InlineData("docker info", "4 8589934592 19.03.8", "docker is of version 19.3.8; expected 20.10 or newer")]
    [InlineData("kind version", "no idea", "does not tell its version")]
    public async Task Check_ToolIsTooOld_SaysWhichDoes(string command, string answer, string message)
    {
        Machine.Answers[command] = () => new ToolResult(0, answer, "");

        await FailsAsync("kind", "engine", message);
    }

    [Fact]
    public async Task Check_DockerDoesNotAnswer_SaysWhatToDo()
    {
        Machine.Answers["docker info"] = () => new ToolResult(1, "", "Cannot connect to the Docker daemon at unix:///var/run/docker.sock.\n");

        await FailsAsync("kind", "engine", "Docker does not answer: Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Start it");
    }

    [Fact]
    public async Task Check_PortIsInUse_SaysWhich()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        var failure = Assert.Single((await CheckAsync($$"""{"name":"edge-1","engine":"kind","ports":[{"host":{{port}},"node":30080}]}""")).Failures);

        Assert.Equal("ports[0].host", failure.Property);
        Assert.StartsWith($"Port {port} of this machine is in use", failure.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kind", "control-plane", "There is a kind cluster 'edge-1' already, which this project did not make")]
    [InlineData("k3d", "server", "There is a k3d cluster 'edge-1' already, which this project did not make")]
    public async Task Check_NameIsTakenByAStranger_SaysHowToGoOn(string engine, string role, string message)
    {
        Machine.Containers["somebody"] = ("edge-1", role, "running");

        await FailsAsync(engine, "name", message);
    }

    [Fact]
    public async Task Check_NameBelongsToAnotherStack_SaysToWhich()
    {
        await CreateAsync("""{"name":"edge-1","engine":"kind"}""");
        Machine.Forget();

        var failure = Assert.Single((await CheckAsync("""{"name":"edge-1","engine":"kind"}""", stack: "cloud")).Failures);

        Assert.Equal("The cluster 'edge-1' belongs to the stack fog_clusters/edge already; expected a name of its own.", failure.Reason);
        Assert.Empty(Machine.Changes);
    }

    [Theory]
    [InlineData("cpu", "8", "'8' is more than the 4 processors that Docker has")]
    [InlineData("memory", "64Gi", "'64Gi' is more than the 8192Mi that Docker has")]
    public async Task Check_LimitIsMoreThanThereIs_SaysHowMuchThereIs(string limit, string value, string message)
    {
        var failure = Assert.Single((await CheckAsync($$$"""{"name":"edge-1","engine":"kind","controlPlane":{"{{{limit}}}":"{{{value}}}"}}""")).Failures);

        Assert.Equal($"controlPlane.{limit}", failure.Property);
        Assert.Contains(message, failure.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{{", "line 2")]
    [InlineData("apiVersion: v1\nkind: Config\nclusters: []\ncontexts: []\nusers: []\n", "current-context: is not set")]
    public async Task Check_KubeconfigIsBroken_SaysWhere(string text, string message)
    {
        var file = Path.Combine(Folder, "kubeconfig");
        await File.WriteAllTextAsync(file, text, Cancellation);

        var failure = Assert.Single((await CheckAsync($$"""{"name":"edge-1","engine":"existing","kubeconfig":"{{file}}"}""")).Failures);

        Assert.Equal("kubeconfig", failure.Property);
        Assert.Contains(message, failure.Reason, StringComparison.Ordinal);
        Assert.Contains(file, failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_ContextIsMissing_SaysWhichThereAre()
    {
        var file = Path.Combine(Folder, "kubeconfig");
        await File.WriteAllTextAsync(
            file,
            "apiVersion: v1\nkind: Config\nclusters: [{name: c, cluster: {server: 'http://127.0.0.1:1'}}]\ncontexts: [{name: plant, context: {cluster: c, user: u}}]\nusers: [{name: u, user: {}}]\n",
            Cancellation);

        var failure = Assert.Single((await CheckAsync($$"""{"name":"edge-1","engine":"existing","kubeconfig":"{{file}}","context":"plan"}""")).Failures);

        Assert.Equal("context", failure.Property);
        Assert.Contains("It has: plant", failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_LinkThatTheMachineCannotSlowDown_IsRefused_AndLeavesNothing()
    {
        Machine.Answers["docker run"] = () => new ToolResult(2, "", "Error: Specified qdisc kind is unknown.");
        var inputs = await CheckedAsync("""{"name":"edge-1","engine":"kind","version":"1.33.1","link":{"delayMilliseconds":50,"bandwidthKilobits":512}}""");

        var failure = await Assert.ThrowsAsync<ProviderException>(
            () => Provider.CreateAsync(new CreateRequest(UrnOf("edge-1"), inputs, null, Preview: false), Cancellation));

        Assert.StartsWith("This machine cannot slow a link down: Error: Specified qdisc kind is unknown. It needs the kernel module sch_netem", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Machine.Changes, line => line.StartsWith("kind create", StringComparison.Ordinal));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(Folder, "clusters")));
    }

    private async Task FailsAsync(string engine, string property, string message)
    {
        var failure = Assert.Single((await CheckAsync($$"""{"name":"edge-1","engine":"{{engine}}"}""")).Failures);

        Assert.Equal(property, failure.Property);
        Assert.Contains(message, failure.Reason, StringComparison.Ordinal);
        Assert.Empty(Machine.Changes);
    }
}
