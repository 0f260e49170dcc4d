using FogInfra.Embedded.Simulator.Values;
using FogInfra.Tests.Support;

namespace FogInfra.Tests.Controllers;

public sealed class JobTests
{
    [Fact]
    public async Task AJob_RunsItsPodsAndCompletes()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create(Manifest("completions: 3\n  parallelism: 2"));
        await cluster.PassAsync(1);
        Assert.Equal(2, cluster.Get("jobs", "once").Long("status", "active"));

        await cluster.PassAsync(10);

        var job = cluster.Get("jobs", "once");
        Assert.True(job.IsTrue("Complete"));
        Assert.Equal((3L, "CompletionsReached"), (job.Long("status", "succeeded"), job.Condition("Complete")!.Text("reason")));
        Assert.NotNull(job.Text("status", "completionTime"));
        Assert.All(cluster.List("pods"), pod => Assert.Equal((job.Uid, "Succeeded"), (pod.Labels.Text("batch.kubernetes.io/controller-uid"), pod.Text("status", "phase"))));
    }

    [Fact]
    public async Task AFailingJob_TriesAgainWithGrowingWaitsAndGivesUp()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create(Manifest("backoffLimit: 2", "{simulator.foginfra.dev/exit-code: '1'}"));
        await cluster.PassAsync(5);
        Assert.Single(cluster.List("pods"));

        await cluster.PassAsync(60);

        var job = cluster.Get("jobs", "once");
        Assert.True(job.IsTrue("Failed"));
        Assert.Equal((3L, "BackoffLimitExceeded", "Job has reached the specified backoff limit"), (job.Long("status", "failed"), job.Condition("Failed")!.Text("reason"), job.Condition("Failed")!.Text("message")));
        Assert.Contains(("BackoffLimitExceeded", "Job has reached the specified backoff limit"), cluster.EventsOf("once"));
    }

    [Fact]
    public async Task ADeadline_EndsAJobThatRunsTooLong()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create(Manifest("activeDeadlineSeconds: 10", "{simulator.foginfra.dev/exit-after-seconds: '100'}"));

        await cluster.PassAsync(15);

        Assert.Equal("DeadlineExceeded", cluster.Get("jobs", "once").Condition("Failed")!.Text("reason"));
        Assert.Empty(cluster.List("pods"));
    }

    [Fact]
    public async Task Suspended_RunsNothingUntilItIsResumed()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create(Manifest("suspend: true"));
        await cluster.PassAsync(5);
        Assert.Empty(cluster.List("pods"));
        Assert.True(cluster.Get("jobs", "once").IsTrue("Suspended"));

        cluster.Update("jobs", "once", current => current.Set(false, "spec", "suspend"));
        await cluster.PassAsync(5);

        Assert.True(cluster.Get("jobs", "once").IsTrue("Complete"));
    }

    [Fact]
    public async Task Indexed_RunsEachIndexOnce()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create(Manifest("completionMode: Indexed\n  completions: 3\n  parallelism: 3"));

        await cluster.PassAsync(10);

        Assert.Equal("0-2", cluster.Get("jobs", "once").Text("status", "completedIndexes"));
        Assert.Equal(["0", "1", "2"], cluster.List("pods").Select(pod => pod.Annotations.Text("batch.kubernetes.io/job-completion-index")).Order());
    }

    [Fact]
    public async Task AFinishedJob_GoesWhenItsTimeIsUp()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create(Manifest("ttlSecondsAfterFinished: 30"));
        await cluster.PassAsync(20);
        Assert.NotNull(cluster.Find("jobs", "once"));

        await cluster.PassAsync(30);

        Assert.Null(cluster.Find("jobs", "once"));
        Assert.Empty(cluster.List("pods"));
    }

    [Fact]
    public async Task AnotherTemplate_IsRefused()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create(Manifest(""));

        var refusal = TestCluster.Refused(() => cluster.Update("jobs", "once", current => current.Set("Never", "spec", "template", "spec", "dnsPolicy")));

        Assert.Contains("spec.template: Invalid value", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("field is immutable", refusal.Message, StringComparison.Ordinal);
    }

    private static string Manifest(string spec, string annotations = "{}") => $$$"""
        apiVersion: batch/v1
        kind: Job
        metadata: {name: once}
        spec:
          {{{spec}}}
          template:
            metadata: {annotations: {{{annotations}}}}
            spec: {restartPolicy: Never, containers: [{name: once, image: "job:1"}]}
        """;
}
