using FogInfra.Clusters.Tools;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;
using FogInfra.Model;

namespace FogInfra.Tests;

/// <summary>From nothing to nothing: making, reading, changing, mending and removing clusters of kind and k3d.</summary>
public sealed class LifeCycleTests : ProviderTest
{
    private const string OneAndOne = """
        {"name":"edge-1","engine":"kind","layer":"edge","topology":{"controlPlanes":1,"workers":1},
         "controlPlane":{"cpu":"1","memory":"1Gi"},
         "worker":{"labels":{"site":"plant"},"taints":["dedicated=line:NoSchedule"]},
         "ports":[{"host":61080,"node":30080}]}
        """;

    private string Records => Path.Combine(Folder, "clusters");

    [Theory]
    [InlineData("kind")]
    [InlineData("k3d")]
    public async Task Create_MakesTheCluster_AndTellsHowItStands(string engine)
    {
        var cluster = await CreateAsync(OneAndOne.Replace("kind", engine, StringComparison.Ordinal));

        Assert.Equal($"{engine}/edge-1", cluster.Id);
        Assert.True(cluster.Outputs["kubeconfig"] is PropertyValue.Secret);
        Assert.Equal((PropertyValue)true, cluster.Outputs["ready"]);
        Assert.Equal($"{engine}-edge-1", cluster.Outputs.GetText("context"));
        Assert.Equal("127.0.0.1:61080", cluster.Outputs.GetMap("endpoints")!.GetText("30080"));
        Assert.Equal(["control-plane ready", "worker ready"], Nodes(cluster.Outputs).Select(node => $"{node.GetText("role")} {node.GetText("status")}").Order());
        Assert.True(File.Exists(cluster.Outputs.GetText("kubeconfigFile")));
        Assert.Contains(Machine.Changes, line => line.StartsWith("docker update --cpus 1 --memory 1073741824", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Create_ToolFails_SaysItsLastWords_AndLeavesNothing()
    {
        Machine.Answers["kind create"] = () =>
        {
            Machine.Containers["edge-1-control-plane"] = ("edge-1", "control-plane", "running");
            return new ToolResult(1, "", "Creating cluster \"edge-1\" ...\nERROR: failed to create cluster: could not find a log line\n");
        };
        var inputs = await CheckedAsync(OneAndOne);

        var failure = await Assert.ThrowsAsync<ProviderException>(
            () => Provider.CreateAsync(new CreateRequest(UrnOf("edge-1"), inputs, null, Preview: false), Cancellation));

        Assert.Contains("failed with exit code 1: Creating cluster \"edge-1\" ...; ERROR: failed to create cluster: could not find a log line", failure.Message, StringComparison.Ordinal);
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task Create_Cancelled_LeavesNothing()
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Machine.Answers["kind create"] = () =>
        {
            Machine.Containers["edge-1-control-plane"] = ("edge-1", "control-plane", "running");
            cancellation.Cancel();
            throw new OperationCanceledException(cancellation.Token);
        };
        var inputs = await CheckedAsync(OneAndOne);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Provider.CreateAsync(new CreateRequest(UrnOf("edge-1"), inputs, null, Preview: false), cancellation.Token));

        AssertNothingIsLeft();
    }

    [Fact]
    public async Task Create_AfterAnInterruptedOne_RemovesWhatIsLeft_AndMakesItWhole()
    {
        await LeaveAsync(ClusterPhase.Creating);
        Machine.Containers["edge-1-worker9"] = ("edge-1", "worker", "created");

        var cluster = await CreateAsync(OneAndOne);

        Assert.Equal((PropertyValue)true, cluster.Outputs["ready"]);
        Assert.Equal(["edge-1-control-plane", "edge-1-worker"], Machine.Containers.Keys.Order());
    }

    [Fact]
    public async Task Create_AfterAnInterruptedOne_LeavesTheContainersOfOtherClusters()
    {
        await LeaveAsync(ClusterPhase.Creating);
        Machine.Containers["edge-10-worker"] = ("edge-10", "worker", "running");

        var cluster = await CreateAsync(OneAndOne);

        Assert.Equal(2, Nodes(cluster.Outputs).Count());
        Assert.Contains("edge-10-worker", Machine.Containers.Keys);
    }

    [Theory]
    [InlineData(ClusterPhase.Creating)]
    [InlineData(ClusterPhase.Deleting)]
    public async Task Delete_OfOneThatWasInterrupted_LeavesNothing(ClusterPhase phase)
    {
        await LeaveAsync(phase);
        Machine.Containers["edge-1-control-plane"] = ("edge-1", "control-plane", "exited");
        Machine.Networks["foginfra"] = true;

        await DeleteAsync(("kind/edge-1", Map(OneAndOne), PropertyMap.Empty));

        AssertNothingIsLeft();
    }

    [Fact]
    public async Task Read_OfOneWhoseRemovalHasBegun_SaysThatItIsGone()
    {
        var cluster = await CreateAsync(OneAndOne);
        await LeaveAsync(ClusterPhase.Deleting);

        Assert.Equal("", (await ReadAsync(cluster)).Id);
    }

    [Fact]
    public async Task Delete_LeavesNothing_AndMayBeRepeated()
    {
        var cluster = await CreateAsync(OneAndOne);

        await DeleteAsync(cluster);
        await DeleteAsync(cluster);

        AssertNothingIsLeft();
    }

    [Fact]
    public async Task Delete_NetworkOfSomebodyElse_StaysThere()
    {
        Machine.Networks["foginfra"] = false;
        var cluster = await CreateAsync(OneAndOne);

        await DeleteAsync(cluster);

        Assert.True(Machine.Networks.ContainsKey("foginfra"));
    }

    [Fact]
    public async Task ReadAndDiff_WithoutAChange_ChangeNothing_AndRunNoCommandThatDoes()
    {
        var cluster = await CreateAsync(OneAndOne);
        Machine.Forget();

        var inputs = await CheckedAsync(OneAndOne, cluster.Inputs);
        var read = await ReadAsync(cluster);
        var diff = await DiffAsync((cluster.Id, read.Inputs!, read.Outputs), inputs);

        Assert.Equal(DiffChanges.None, diff.Changes);
        Assert.Equal(cluster.Outputs, read.Outputs);
        Assert.Empty(Machine.Changes);
        Assert.InRange(Machine.Commands.Count, 0, 1);
    }

    [Fact]
    public async Task StoppedNode_IsDrift_AndIsStarted()
    {
        var cluster = await CreateAsync(OneAndOne);
        Machine.Containers["edge-1-worker"] = Machine.Containers["edge-1-worker"] with { State = "exited" };

        var read = await ReadAsync(cluster);
        var diff = await DiffAsync((cluster.Id, cluster.Inputs, read.Outputs), cluster.Inputs);
        Machine.Forget();
        var updated = await UpdateAsync((cluster.Id, cluster.Inputs, read.Outputs), cluster.Inputs);

        Assert.Equal((PropertyValue)false, read.Outputs["ready"]);
        Assert.Equal((DiffChanges.Some, false), (diff.Changes, diff.IsReplace));
        Assert.Equal(["nodes"], diff.Diffs);
        Assert.Contains("docker start edge-1-worker", Machine.Changes);
        Assert.Equal((PropertyValue)true, updated.Outputs["ready"]);
    }

    [Fact]
    public async Task StartedNode_IsReadyOnlyWhenItsKubeletSaysSo_NotBecauseTheServerHoldsItForReadyStill()
    {
        var cluster = await CreateAsync(OneAndOne);
        Machine.Containers["edge-1-worker"] = Machine.Containers["edge-1-worker"] with { State = "exited" };
        var read = await ReadAsync(cluster);
        Machine.KubeletsSpeak = false;
        var waitedFor = new List<string>();
        var spoken = Task.CompletedTask;
        OnLog = message =>
        {
            if (message.StartsWith("waiting for nodes", StringComparison.Ordinal))
            {
                waitedFor.Add(message);
                spoken = Machine.SpeakAsync("edge-1-worker", DateTimeOffset.UtcNow);
            }
        };

        await UpdateAsync((cluster.Id, cluster.Inputs, read.Outputs), cluster.Inputs);
        await spoken;

        Assert.Equal(["waiting for nodes: 1 of 2 ready"], waitedFor);
    }

    [Fact]
    public async Task Create_TellsWhatKindBegins_WithoutItsPicturesAndAdvice()
    {
        var told = new List<string>();
        OnLog = told.Add;
        Machine.Lines["kind create"] =
        [
            "Creating cluster \"edge-1\" ...", " • Preparing nodes 📦 📦   ...", " ✓ Preparing nodes 📦 📦", " • Starting control-plane 🕹️  ...",
            "You can now use your cluster with:", "Have a nice day! 👋",
        ];

        await CreateAsync(OneAndOne);

        Assert.Equal(["Preparing nodes", "Starting control-plane"], told);
    }

    [Fact]
    public async Task MissingNode_IsDriftThatReplaces_TheOldOneFirst()
    {
        var cluster = await CreateAsync(OneAndOne);
        Machine.Containers.TryRemove("edge-1-worker", out _);

        var read = await ReadAsync(cluster);
        var diff = await DiffAsync((cluster.Id, cluster.Inputs, read.Outputs), cluster.Inputs);

        Assert.True(diff.IsReplace);
        Assert.True(diff.DeleteBeforeReplace);
        Assert.Contains("missing", Nodes(read.Outputs).Select(node => node.GetText("status")));
    }

    [Fact]
    public async Task GoneCluster_IsReadAsGone()
    {
        var cluster = await CreateAsync(OneAndOne);
        Machine.Containers.Clear();

        Assert.Equal("", (await ReadAsync(cluster)).Id);
    }

    [Fact]
    public async Task LabelsAndTaints_ChangeInPlace_AndStrangersStay()
    {
        var cluster = await CreateAsync(OneAndOne);
        var wanted = await CheckedAsync(OneAndOne.Replace("plant", "harbour", StringComparison.Ordinal).Replace("dedicated=line:NoSchedule", "night=yes:PreferNoSchedule", StringComparison.Ordinal), cluster.Inputs);

        var diff = await DiffAsync(cluster, wanted);
        var updated = await UpdateAsync(cluster, wanted);
        var after = await DiffAsync((cluster.Id, wanted, updated.Outputs), wanted);
        var before = await DiffAsync((cluster.Id, cluster.Inputs, (await ReadAsync(cluster)).Outputs), cluster.Inputs);

        Assert.Equal((DiffChanges.Some, false), (diff.Changes, diff.IsReplace));
        Assert.Equal(DiffChanges.None, after.Changes);
        Assert.Equal(DiffChanges.Some, before.Changes); // What the earlier inputs say is no longer there.
    }

    [Theory]
    [InlineData(""","ports":[{"host":61081,"node":30080}]}""", "ports")]
    [InlineData(""","version":"1.33.1"}""", "version")]
    [InlineData(""","featureGates":{"SidecarContainers":true}}""", "featureGates")]
    [InlineData(""","podNetwork":false}""", "podNetwork")]
    [InlineData(""","subnet":"172.30.0.0/16"}""", "subnet")]
    [InlineData(""","topology":{"controlPlanes":1,"workers":2}}""", "topology")]
    public async Task Diff_OfWhatIsFixedWhenAClusterIsMade_Replaces(string change, string property)
    {
        const string Before = """{"name":"edge-1","engine":"kind","layer":"edge"}""";
        var cluster = await CreateAsync(Before);
        var wanted = await CheckedAsync(Before[..^1] + change, cluster.Inputs);

        var diff = await DiffAsync(cluster, wanted);

        Assert.Equal([property], diff.Replaces);
        Assert.True(diff.DeleteBeforeReplace);
    }

    [Fact]
    public async Task K3dWorkers_AreAddedAndRemovedInPlace()
    {
        const string One = """{"name":"edge-1","engine":"k3d","topology":{"controlPlanes":1,"workers":2}}""";
        var cluster = await CreateAsync(One);
        var wanted = await CheckedAsync(One.Replace(":2", ":1", StringComparison.Ordinal), cluster.Inputs);
        Machine.Answers["k3d node delete"] = () =>
        {
            Machine.Containers.TryRemove("k3d-edge-1-agent-1", out _);
            return new ToolResult(0, "", "");
        };

        var diff = await DiffAsync(cluster, wanted);
        await UpdateAsync(cluster, wanted);

        Assert.Equal((DiffChanges.Some, false), (diff.Changes, diff.IsReplace));
        Assert.Contains("k3d node delete k3d-edge-1-agent-1", Machine.Changes);
    }

    [Fact]
    public async Task Preview_RunsNoCommandThatChanges()
    {
        var inputs = await CheckedAsync(OneAndOne);

        var foretold = await Provider.CreateAsync(new CreateRequest(UrnOf("edge-1"), inputs, null, Preview: true), Cancellation);

        Assert.True(foretold.Outputs["kubeconfig"]!.ContainsUnknowns);
        Assert.Empty(Machine.Changes);
        Assert.False(Directory.Exists(Records) && Directory.EnumerateFiles(Records).Any());
    }

    [Fact]
    public async Task Images_AreLoadedOncePerDigest_AndThoseThatAreNotHereAreLeftOut()
    {
        Machine.Images["web:1"] = "sha256:one";
        var urn = UrnOf("edge-1-images", type: "fog:index:ClusterImages");
        var given = Map("""{"cluster":"edge-1","engine":"kind","instance":"i","images":["web:1","far:1"]}""");

        var inputs = (await Provider.CheckAsync(new CheckRequest(urn, PropertyMap.Empty, given, []), Cancellation)).Inputs;
        var created = await Provider.CreateAsync(new CreateRequest(urn, inputs, null, Preview: false), Cancellation);
        var again = (await Provider.CheckAsync(new CheckRequest(urn, inputs, given, []), Cancellation)).Inputs;
        Machine.Images["web:1"] = "sha256:two";
        var rebuilt = (await Provider.CheckAsync(new CheckRequest(urn, inputs, given, []), Cancellation)).Inputs;
        Task<DiffResult> Diff(PropertyMap wanted) => Provider.DiffAsync(new DiffRequest(urn, created.Id, inputs, created.Outputs, wanted, []), Cancellation);

        Assert.Equal(["kind load docker-image --name edge-1 web:1"], Machine.Changes);
        Assert.Equal(DiffChanges.None, (await Diff(again)).Changes);
        Assert.Equal((DiffChanges.Some, false), ((await Diff(rebuilt)).Changes, (await Diff(rebuilt)).IsReplace));
        Assert.True((await Diff(again.With("instance", "other"))).IsReplace);
    }

    [Fact]
    public async Task Import_OfAClusterThatExists_TakesItOver()
    {
        await Machine.RunAsync(
            new ToolCommand("kind", ["create", "cluster", "--name", "edge-1", "--config", "-", "--kubeconfig", Path.Combine(Folder, "elsewhere")]) { Input = "- role: control-plane\n- role: worker\n" }, null, Cancellation);
        Machine.Answers["docker container inspect"] = () => new ToolResult(
            0,
            """
            [{"Config":{"Image":"kindest/node:v1.33.1"},"HostConfig":{"PortBindings":{"30080/tcp":[{"HostIp":"127.0.0.1","HostPort":"8080"}],"6443/tcp":[{"HostIp":"127.0.0.1","HostPort":"40000"}]}}},
             {"Config":{"Image":"kindest/node:v1.33.1"},"HostConfig":{"PortBindings":null}}]
            """,
            "");

        var read = await Provider.ReadAsync(new ReadRequest(UrnOf("edge-1"), "kind/edge-1", PropertyMap.Empty, PropertyMap.Empty, null), Cancellation);
        var diff = await DiffAsync(("kind/edge-1", read.Inputs!, read.Outputs), await CheckedAsync(
            """{"name":"edge-1","engine":"kind","image":"kindest/node:v1.33.1","topology":{"controlPlanes":1,"workers":1},"ports":[{"host":8080,"node":30080}]}""", read.Inputs));

        Assert.Equal("kind/edge-1", read.Id);
        Assert.Equal(DiffChanges.None, diff.Changes);
    }

    private static IEnumerable<PropertyMap> Nodes(PropertyMap outputs) =>
        ((PropertyValue.List)outputs["nodes"]!).Items.Select(node => ((PropertyValue.Map)node).Properties);

    private async Task LeaveAsync(ClusterPhase phase)
    {
        Directory.CreateDirectory(Records);
        var record = new ClusterRecord { Name = "edge-1", Engine = "kind", Owner = UrnOf("edge-1").ToString(), Instance = "interrupted", Phase = phase, Network = "foginfra" };
        await File.WriteAllTextAsync(Path.Combine(Records, "edge-1.json"), record.Write(), Cancellation);
    }

    private void AssertNothingIsLeft()
    {
        Assert.Empty(Machine.Containers);
        Assert.Empty(Machine.Networks);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Records));
    }
}
