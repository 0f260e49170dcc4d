using FogInfra.Embedded.Provider;
using FogInfra.Tests.Kubernetes.Behaviours;
using FogInfra.Tests.Kubernetes.Support;

namespace FogInfra.Tests.Kubernetes.Simulated;

/// <summary>Rollouts that fail in ways that hollow nodes do not know: images, containers, probes.</summary>
public sealed class ContainerTests(TestCluster cluster) : IClassFixture<TestCluster>
{
    private const string Deployment = "kubernetes:apps/v1:Deployment";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Deployment_ImageThatDoesNotExist_NamesPodContainerAndReason()
    {
        var (driver, space, _) = await cluster.ConnectAsync(Token);
        var error = await FailsAsync(driver.CreateAsync(Deployment, "web", Web("web:9"), Token));
        Assert.Equal($"{space}/web", error.Id);
        Assert.StartsWith($"Deployment {space}/web is not ready: pod web-", error.Message);
        Assert.Matches("^pod web-[^,]+, container web: (ImagePullBackOff|ErrImagePull): .*web:9.*not found", error.Reasons.First());
        Assert.Equal("web", error.Outputs.GetMap("metadata")!.GetText("name"));
    }

    [Fact]
    public async Task Deployment_UpdateThatFails_IsToldAndTheNextOnePutsItRight()
    {
        var (driver, _, _) = await cluster.ConnectAsync(Token);
        var created = await driver.CreateAsync(Deployment, "web", Web("web:1"), Token);
        var error = await FailsAsync(driver.UpAsync(created, Web("web:9"), Token));
        // The engine keeps the old inputs with the new outputs; going back is then an update as well.
        var failed = created with { Outputs = error.Outputs, Inputs = error.Outputs.GetMap("__inputs")! };
        var (restored, _) = await driver.UpAsync(failed, Web("web:1"), Token);
        Assert.NotNull(await driver.RefreshAsync(restored, Token));
    }

    [Fact]
    public async Task Deployment_CrashLoop_TellsTheExitCode()
    {
        var (driver, _, _) = await cluster.ConnectAsync(Token);
        var error = await FailsAsync(driver.CreateAsync(Deployment, "web", Web("web:1", annotations:
            """{"simulator.foginfra.dev/start-seconds":"9","simulator.foginfra.dev/exit-after-seconds":"0.01","simulator.foginfra.dev/exit-code":"7"}"""), Token));
        Assert.Matches("^pod web-[^,]+, container web: CrashLoopBackOff: exit code 7.*; restarted [3-9] times$", error.Reasons.First());
    }

    [Fact]
    public async Task Deployment_MissingConfigMap_IsNamed()
    {
        var (driver, _, _) = await cluster.ConnectAsync(Token);
        var error = await FailsAsync(driver.CreateAsync(Deployment, "web", Web("web:1", container: ",\"envFrom\":[{\"configMapRef\":{\"name\":\"settings\"}}]"), Token));
        Assert.Matches("container web: CreateContainerConfigError: .*settings", error.Reasons.Single());
    }

    [Fact]
    public async Task Deployment_NeverReady_RunsIntoTheTimeoutOfTheEngineAndSaysWhatIsMissing()
    {
        var (driver, _, _) = await cluster.ConnectAsync(Token);
        var error = await FailsAsync(driver.CreateAsync(
            Deployment, "web", Web("web:1", annotations: """{"simulator.foginfra.dev/ready":"never"}"""), Token, TimeSpan.FromMilliseconds(600)));
        Assert.Contains("not ready after 0.6s: 0 of 1 pods available", error.Message);
        Assert.Contains("container web: NotReady", error.Reasons.Single());
    }

    [Fact]
    public async Task Deployment_TimeoutAnnotation_CountsWithoutATimeoutOfTheEngine()
    {
        var (driver, _, _) = await cluster.ConnectAsync(Token);
        var error = await FailsAsync(driver.CreateAsync(Deployment, "web", Web(
            "web:1", annotations: """{"simulator.foginfra.dev/ready":"never"}""", own: """{"pulumi.com/timeoutSeconds":"1"}"""), Token));
        Assert.Contains("not ready after 1s", error.Message);
    }

    [Fact]
    public async Task Deployment_WaitForThatIsNotUnderstood_KeepsWhatWasCreated()
    {
        var (driver, space, _) = await cluster.ConnectAsync(Token);
        var error = await FailsAsync(driver.CreateAsync(Deployment, "web", Web("web:1", own: """{"pulumi.com/waitFor":"ready please"}"""), Token));
        Assert.Equal($"{space}/web", error.Id);
        Assert.Contains("pulumi.com/waitFor is not understood", error.Message);
    }

    [Fact]
    public async Task Deployment_CancelledWhileItIsWaitedFor_KeepsItsState()
    {
        var (driver, space, host) = await cluster.ConnectAsync(Token);
        var creating = driver.CreateAsync(Deployment, "web", Web("web:1", annotations: """{"simulator.foginfra.dev/ready":"never"}"""), Token);
        while (!host.Statuses.Any(status => status.Contains("pods available")))
        {
            await Task.Delay(10, Token);
        }

        await driver.Provider.CancelAsync(Token);
        var error = await FailsAsync(creating);
        Assert.Equal($"{space}/web", error.Id);
        Assert.Contains("cancelled", error.Message);
    }

    [Fact]
    public async Task Deployment_DeletedBySomebodyWhileItIsWaitedFor_IsTold()
    {
        var (driver, space, host) = await cluster.ConnectAsync(Token);
        var creating = driver.CreateAsync(Deployment, "web", Web("web:1", annotations: """{"simulator.foginfra.dev/ready":"never"}"""), Token);
        while (!host.Statuses.Any(status => status.Contains("pods available")))
        {
            await Task.Delay(10, Token);
        }

        using var somebody = cluster.Somebody();
        var deployments = (await somebody.Resources.FindAsync("apps/v1", "Deployment", Token))!;
        await somebody.DeleteAsync(deployments, space, "web", FogInfra.Embedded.Kubernetes.Client.DeletionPropagation.Background, Token);
        Assert.Contains("was deleted while it was waited for", (await FailsAsync(creating)).Message);
    }

    [Fact]
    public async Task Refresh_OfAWorkloadThatIsNotReady_TellsTheReasonsWithInputsAndOutputs()
    {
        var (driver, _, _) = await cluster.ConnectAsync(Token);
        var error = await FailsAsync(driver.CreateAsync(Deployment, "web", Web("web:9"), Token));
        var resource = new Resource(ProviderDriver.UrnOf(Deployment, "web"), error.Id, error.Outputs.GetMap("__inputs")!, error.Outputs);
        var again = await FailsAsync(driver.ReadAsync(resource, Token));
        Assert.Equal(resource.Inputs, again.Inputs);
        Assert.Contains("container web: ", again.Reasons.First());
    }

    [Fact]
    public async Task StatefulSet_ImageThatDoesNotExist_NamesThePod()
    {
        var (driver, _, _) = await cluster.ConnectAsync(Token);
        var error = await FailsAsync(driver.CreateAsync("kubernetes:apps/v1:StatefulSet", "db", """
            {"metadata":{"name":"db"},"spec":{"serviceName":"db","selector":{"matchLabels":{"app":"db"}},
             "template":{"metadata":{"labels":{"app":"db"}},"spec":{"containers":[{"name":"db","image":"db:9"}]}}}}
            """, Token));
        Assert.StartsWith("pod db-0, container db: ", error.Reasons.Single());
    }

    [Fact]
    public async Task Pod_ImageThatDoesNotExist_IsTold()
    {
        var (driver, _, _) = await cluster.ConnectAsync(Token);
        var error = await FailsAsync(driver.CreateAsync("kubernetes:core/v1:Pod", "p", """{"metadata":{"name":"p"},"spec":{"containers":[{"name":"c","image":"no:1"}]}}""", Token));
        Assert.StartsWith("pod p, container c: ", error.Reasons.Single());
    }

    [Fact]
    public async Task Job_ThatFails_IsToldAtOnce()
    {
        var (driver, _, _) = await cluster.ConnectAsync(Token);
        var error = await FailsAsync(driver.CreateAsync("kubernetes:batch/v1:Job", "j", """
            {"metadata":{"name":"j"},"spec":{"backoffLimit":0,"template":{"metadata":{"annotations":{"simulator.foginfra.dev/exit-code":"3"}},
             "spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"web:1"}]}}}}
            """, Token));
        Assert.Contains("the job has failed: BackoffLimitExceeded", error.Message);
    }

    private static async Task<ResourceInitException> FailsAsync(Task operation) => await Assert.ThrowsAsync<ResourceInitException>(() => operation);

    private static string Web(string image, int replicas = 1, string pod = "", string container = "", string annotations = "{}", string own = "{}") => $$"""
        {"metadata":{"name":"web","annotations":{{own}} },"spec":{"replicas":{{replicas}},"selector":{"matchLabels":{"app":"web"} },
         "template":{"metadata":{"labels":{"app":"web"},"annotations":{{annotations}} },
          "spec":{"containers":[{"name":"web","image":"{{image}}"{{container}} }]{{pod}} } } } }
        """;
}
