using System.Collections.Immutable;
using FogInfra.Model;
using FogInfra.Rollout.Engines;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Stacks;

namespace FogInfra.Tests;

/// <summary>Which stacks need not be looked at.</summary>
public sealed class SettledStacksTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fog-settled-").FullName;
    private readonly Cluster _cluster = SketchedFleet.Cluster("e1=edge", "one");
    private readonly StackId _stack = SketchedFleet.Stack("e1");
    private readonly SettledStacks _settled;

    public SettledStacksTests()
    {
        var project = new ProjectLayout(_folder);
        var workspaces = new StackWorkspaces(project, new Engine("none", null, ImmutableDictionary<string, string?>.Empty));
        _settled = new SettledStacks(project, workspaces);
        Directory.CreateDirectory(workspaces.FolderOf(_stack));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void IsSettled_NothingIsKnown_IsNot()
    {
        Assert.False(_settled.IsSettled(_stack, _cluster, Workload("1")));
    }

    [Fact]
    public void IsSettled_SameInputsAsTheLastGoodUpdate_Is()
    {
        _settled.Remember(_stack, _cluster, Workload("1"));

        Assert.True(_settled.IsSettled(_stack, _cluster, Workload("1")));
        Assert.Equal("1", _settled.DeployedTo(_stack)!.Versions()["web"]);
    }

    [Fact]
    public void IsSettled_OtherVersion_IsNot()
    {
        _settled.Remember(_stack, _cluster, Workload("1"));

        Assert.False(_settled.IsSettled(_stack, _cluster, Workload("2")));
    }

    [Fact]
    public void IsSettled_OtherKubeconfig_IsNot()
    {
        _settled.Remember(_stack, _cluster, Workload("1"));

        Assert.False(_settled.IsSettled(_stack, _cluster with { Engine = new ClusterEngine.Existing("elsewhere", null) }, Workload("1")));
    }

    [Fact]
    public void IsSettled_UpdateBeganAndDidNotEndWell_IsNot()
    {
        _settled.Remember(_stack, _cluster, Workload("1"));

        _settled.Forget(_stack);

        Assert.False(_settled.IsSettled(_stack, _cluster, Workload("1")));
    }

    [Fact]
    public void IsSettled_ProgramFolderChanges_IsNot_ButWhatIsBuiltInItDoesNotCount()
    {
        var program = Path.Combine(_folder, "program");
        Directory.CreateDirectory(Path.Combine(program, "bin"));
        File.WriteAllText(Path.Combine(program, "index.js"), "1");
        var workload = Workload("1") with { Program = new ProgramFolder { Folder = "program" } };
        _settled.Remember(_stack, _cluster, workload);

        File.WriteAllText(Path.Combine(program, "bin", "out.dll"), "built");
        Assert.True(_settled.IsSettled(_stack, _cluster, workload));
        File.WriteAllText(Path.Combine(program, "index.js"), "2");
        Assert.False(_settled.IsSettled(_stack, _cluster, workload));
    }

    private ClusterWorkload Workload(string version) => ClusterWorkload.Resolve(SketchedFleet.App("app", version), _cluster)!;
}
