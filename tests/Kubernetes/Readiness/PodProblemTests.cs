using FogInfra.Embedded.Kubernetes.Readiness;
using FogInfra.Tests.Kubernetes.Support;

namespace FogInfra.Tests.Kubernetes.Readiness;

public sealed class PodProblemTests
{
    private static readonly ReadinessOptions Options = new();

    [Theory]
    [InlineData("InvalidImageName", "")]
    [InlineData("ErrImageNeverPull", "")]
    public void Image_ThatCanNeverBePulled_IsNotToleratedAtAll(string reason, string message) => Assert.Equal(TimeSpan.Zero, Waiting(reason, message).Tolerance);

    [Theory]
    [InlineData("ErrImagePull", "rpc error: code = NotFound desc = failed to pull: web:9: not found")]
    [InlineData("ImagePullBackOff", "Back-off pulling image: ErrImagePull: pull access denied, repository does not exist")]
    [InlineData("ErrImagePull", "manifest unknown")]
    [InlineData("ErrImagePull", "unauthorized: authentication required")]
    public void Image_ThatTheRegistryRefuses_IsSeenTwiceAndNoMore(string reason, string message) =>
        Assert.Equal(Options.ImageRefused, Waiting(reason, message).Tolerance);

    [Theory]
    [InlineData("ErrImagePull", "dial tcp: i/o timeout")]
    [InlineData("ImagePullBackOff", "Back-off pulling image \\\"web:9\\\"")]
    public void Image_ThatMayComeLater_IsGivenSomeTries(string reason, string message)
    {
        var problem = Waiting(reason, message);
        Assert.Equal((Options.ImageNotPulled, ProblemKind.Image), (problem.Tolerance, problem.Kind));
    }

    [Theory]
    [InlineData("CreateContainerConfigError", "secret \\\"db\\\" not found")]
    [InlineData("CreateContainerError", "")]
    [InlineData("RunContainerError", "")]
    public void Container_ThatCannotBeSetUp_IsGivenTime(string reason, string message) => Assert.Equal(Options.ContainerNotCreated, Waiting(reason, message).Tolerance);

    [Theory]
    [InlineData("ContainerCreating")]
    [InlineData("PodInitializing")]
    public void Container_OnItsWay_IsNoProblem(string reason) => Assert.Empty(PodProblems.Of(Pods.Waiting("p", "o", reason), Options));

    [Fact]
    public void InitContainer_CountsToo() =>
        Assert.Single(PodProblems.Of(Pods.Waiting("p", "o", "InvalidImageName", kind: "initContainerStatuses"), Options));

    [Fact]
    public void CrashLoop_IsToleratedForAFewRestartsAndSaysHowItEnded()
    {
        var early = PodProblems.Of(Pods.Crashing("p", "o", restarts: 1), Options).Single();
        var late = PodProblems.Of(Pods.Crashing("p", "o", restarts: Options.CrashLoopRestarts), Options).Single();
        Assert.Null(early.Tolerance);
        Assert.Equal(TimeSpan.Zero, late.Tolerance);
        Assert.Equal("pod p, container web: CrashLoopBackOff: exit code 137 (OOMKilled): out of memory; restarted 3 times", late.Text);
    }

    [Theory]
    [InlineData("0/3 nodes are available: 3 node(s) didn't match node selector.", 5)]
    [InlineData("0/3 nodes are available: 3 Insufficient cpu.", 5)]
    [InlineData("0/3 nodes are available: 3 node(s) had taint {node.kubernetes.io/not-ready: }.", 60)]
    [InlineData("no nodes available to schedule pods", 60)]
    [InlineData("0/1 nodes are available: persistentvolumeclaim \\\"data\\\" not found.", 60)]
    [InlineData("0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims.", 60)]
    public void Unschedulable_IsToleratedByWhatIsBehindIt(string message, int seconds)
    {
        var problem = PodProblems.Of(Pods.Unschedulable("p", "o", message), Options).Single();
        Assert.Equal(TimeSpan.FromSeconds(seconds), problem.Tolerance);
        Assert.StartsWith("pod p: Unschedulable: ", problem.Text);
    }

    [Fact]
    public void Unschedulable_WhileOtherPodsMakeRoom_IsWaitedFor() =>
        Assert.Null(PodProblems.Of(Pods.Unschedulable("p", "o", "preempting", more: "\"nominatedNodeName\":\"n1\","), Options).Single().Tolerance);

    [Fact]
    public void SchedulingGated_IsWaitedFor() =>
        Assert.Null(PodProblems.Of(Pods.Unschedulable("p", "o", "gated", reason: "SchedulingGated"), Options).Single().Tolerance);

    [Theory]
    [InlineData("""{"phase":"Succeeded","containerStatuses":[{"name":"a","state":{"terminated":{"exitCode":0}}}]}""")]
    [InlineData("""{"phase":"Running","conditions":[{"type":"Ready","status":"True"}]}""")]
    [InlineData("{}")]
    public void HealthyPod_HasNone(string status) => Assert.Empty(PodProblems.Of(Pods.Of("p", "o", status), Options));

    [Fact]
    public void PodThatIsBeingDeleted_HasNone() => Assert.Empty(PodProblems.Of(
        Json.Object("""{"metadata":{"deletionTimestamp":"x"},"status":{"containerStatuses":[{"name":"a","state":{"waiting":{"reason":"InvalidImageName"}}}]}}"""), Options));

    [Fact]
    public void RunningButNotReady_IsShownAndNeverEndsTheWait()
    {
        var problem = PodProblems.Of(Pods.Of("p", "o", """{"phase":"Running","containerStatuses":[{"name":"web","ready":false,"state":{"running":{}}}]}"""), Options).Single();
        Assert.Equal(("NotReady", null, ProblemKind.NotReady), (problem.Reason, problem.Tolerance, problem.Kind));
    }

    [Fact]
    public void EvictedPod_SaysWhy() => Assert.Equal(
        "pod p: Evicted: The node was low on resource: memory.",
        PodProblems.Of(Pods.Of("p", "o", """{"phase":"Failed","reason":"Evicted","message":"The node was low on resource: memory."}"""), Options).Single().Text);

    [Fact]
    public void Text_IsOneLine() => Assert.Equal("s: R: a b c", new Problem("k", "s", "R", "a\n  b\tc").Text);

    private static Problem Waiting(string reason, string message) => PodProblems.Of(Pods.Waiting("p", "o", reason, message), Options).Single();
}
