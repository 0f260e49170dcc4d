using System.Text.RegularExpressions;
using FogInfra.Embedded.Simulator.Clusters;
using FogInfra.Tests.Support;

namespace FogInfra.Tests.Kubectl;

/// <summary>What people do with kubectl in their first hour, with the real program.</summary>
public sealed class KubectlTests
{
    [Fact]
    public async Task ApplyGetDescribe_ShowADeploymentThatRuns()
    {
        await using var kubectl = await KubectlRunner.StartAsync();
        var file = kubectl.Write("web.yaml", Manifests.Deployment());

        Assert.Equal("deployment.apps/web created\n", await kubectl.RunAsync("apply", "-f", file));
        Assert.Equal("deployment.apps/web unchanged\n", await kubectl.RunAsync("apply", "-f", file));
        Assert.EndsWith("deployment \"web\" successfully rolled out\n", await kubectl.RunAsync("rollout", "status", "deployment/web", "--timeout=30s"), StringComparison.Ordinal);

        Assert.Matches("^web +2/2 +2 +2 +[0-9]+s +web +web:1 +app=web\n$", await kubectl.RunAsync("get", "deployments", "-o", "wide", "--no-headers"));
        Assert.Matches("(?m)^web-[a-z0-9]+-[a-z0-9]{5} +1/1 +Running +0 +[0-9]+s +10[.]244[.]0[.][0-9]+ +test-control-plane +<none> +<none>$", await kubectl.RunAsync("get", "pods", "-o", "wide"));
        var description = await kubectl.RunAsync("describe", "deployment", "web");
        Assert.Contains("2 desired | 2 updated | 2 total | 2 available | 0 unavailable", description, StringComparison.Ordinal);
        Assert.Matches("Normal +ScalingReplicaSet .*deployment-controller +Scaled up replica set web-[a-z0-9]+ from 0 to 2", description);
        Assert.Contains("Started container web", await kubectl.RunAsync("describe", "pods"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ServerSideApply_TellsConflictsAndForces()
    {
        await using var kubectl = await KubectlRunner.StartAsync();
        var (first, second) = (kubectl.Write("1.yaml", Manifests.Deployment(replicas: 1)), kubectl.Write("2.yaml", Manifests.Deployment(replicas: 2)));

        Assert.Equal("deployment.apps/web serverside-applied\n", await kubectl.RunAsync("apply", "--server-side", "-f", first));
        var conflict = await kubectl.FailAsync("apply", "--server-side", "--field-manager=other", "-f", second);
        Assert.Contains("Apply failed with 1 conflict: conflict with \"kubectl\": .spec.replicas", conflict, StringComparison.Ordinal);
        await kubectl.RunAsync("apply", "--server-side", "--field-manager=other", "--force-conflicts", "-f", second);

        Assert.Equal("2", await kubectl.RunAsync("get", "deployment", "web", "-o", "jsonpath={.spec.replicas}"));
    }

    [Fact]
    public async Task ClientSideApplied_CanMoveToServerSideApply()
    {
        await using var kubectl = await KubectlRunner.StartAsync();
        var (first, second) = (kubectl.Write("1.yaml", Manifests.Deployment(replicas: 1)), kubectl.Write("2.yaml", Manifests.Deployment(replicas: 2)));

        await kubectl.RunAsync("apply", "-f", first);
        await kubectl.RunAsync("apply", "--server-side", "-f", second);

        // Entries are ordered by their time, in seconds, before the name of their manager; these two were made by two requests.
        var managers = await kubectl.RunAsync("get", "deployment", "web", "--show-managed-fields", "-o", "go-template={{range .metadata.managedFields}}{{if not .subresource}}{{.manager}}={{.operation}} {{end}}{{end}}");
        Assert.Equal(["kubectl-last-applied=Apply", "kubectl=Apply"], managers.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task ANewImage_RollsOutAndBack()
    {
        await using var kubectl = await KubectlRunner.StartAsync();
        await kubectl.RunAsync("create", "deployment", "web", "--image=web:1", "--replicas=2");
        await kubectl.RunAsync("rollout", "status", "deployment/web", "--timeout=30s");

        await kubectl.RunAsync("set", "image", "deployment/web", "web=web:2");
        await kubectl.RunAsync("rollout", "status", "deployment/web", "--timeout=30s");
        Assert.Equal(["REVISION  CHANGE-CAUSE", "1         <none>", "2         <none>"], (await kubectl.RunAsync("rollout", "history", "deployment/web")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1));
        await kubectl.RunAsync("rollout", "undo", "deployment/web");
        await kubectl.RunAsync("rollout", "status", "deployment/web", "--timeout=30s");
        await kubectl.RunAsync("rollout", "restart", "deployment/web");
        await kubectl.RunAsync("rollout", "status", "deployment/web", "--timeout=30s");

        Assert.Equal("web:1", await kubectl.RunAsync("get", "deployment", "web", "-o", "jsonpath={.spec.template.spec.containers[0].image}"));
        Assert.Equal("4", await kubectl.RunAsync("get", "deployment", "web", "-o", "jsonpath={.metadata.annotations.deployment\\.kubernetes\\.io/revision}"));
    }

    [Fact]
    public async Task AnUnknownImage_IsSeenAsARealClusterShowsIt()
    {
        await using var kubectl = await KubectlRunner.StartAsync(new ClusterSpec { Name = "test", Images = ["web:1"] });
        await kubectl.RunAsync("create", "deployment", "web", "--image=web:2");

        await kubectl.RunAsync("wait", "pod", "-l", "app=web", "--for=jsonpath={.status.containerStatuses[0].state.waiting.reason}=ImagePullBackOff", "--timeout=30s");

        Assert.Matches("web-[a-z0-9]+-[a-z0-9]+ +0/1 +ImagePullBackOff +0 ", await kubectl.RunAsync("get", "pods"));
        Assert.Contains("docker.io/library/web:2: not found", await kubectl.RunAsync("get", "events", "--field-selector", "reason=Failed"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ScaleLabelAnnotatePatchEdit_ChangeWhatTheySay()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "kubectl edit is driven by sed here.");
        await using var kubectl = await KubectlRunner.StartAsync();
        await kubectl.RunAsync("create", "deployment", "web", "--image=web:1");

        Assert.Equal("deployment.apps/web scaled\n", await kubectl.RunAsync("scale", "deployment/web", "--replicas=3"));
        await kubectl.RunAsync("wait", "deployment/web", "--for=jsonpath={.status.readyReplicas}=3", "--timeout=30s");
        Assert.Equal("deployment.apps/web labeled\n", await kubectl.RunAsync("label", "deployment/web", "tier=front"));
        Assert.Equal("deployment.apps/web annotated\n", await kubectl.RunAsync("annotate", "deployment/web", "note=hi"));
        Assert.Equal("deployment.apps/web patched\n", await kubectl.RunAsync("patch", "deployment", "web", "-p", """{"spec":{"template":{"spec":{"containers":[{"name":"web","env":[{"name":"A","value":"1"}]}]}}}}"""));
        Assert.Equal("deployment.apps/web edited\n", await kubectl.RunAsync("edit", "deployment/web"));

        Assert.Equal("3 front hi web:2 A", await kubectl.RunAsync("get", "deployment", "web", "-o",
            "jsonpath={.spec.replicas} {.metadata.labels.tier} {.metadata.annotations.note} {.spec.template.spec.containers[0].image} {.spec.template.spec.containers[0].env[0].name}"));
    }

    [Fact]
    public async Task Explain_KnowsFieldsAndTypes()
    {
        await using var kubectl = await KubectlRunner.StartAsync();

        var explanation = await kubectl.RunAsync("explain", "deployment.spec.strategy");

        Assert.Matches("FIELD: strategy <DeploymentStrategy>", explanation);
        Assert.Contains("enum: Recreate, RollingUpdate", explanation, StringComparison.Ordinal);
        Assert.Contains("livenessProbe\t<Probe>", await kubectl.RunAsync("explain", "pod.spec.containers"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ApiResources_AreAllThere()
    {
        await using var kubectl = await KubectlRunner.StartAsync();

        var resources = await kubectl.RunAsync("api-resources", "--no-headers");

        Assert.Equal(49, resources.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length); // The 50 kinds; autoscalers are one in two versions.
        Assert.Matches("(?m)^deployments +deploy +apps/v1 +true +Deployment$", resources);
        Assert.Contains("autoscaling/v2\n", await kubectl.RunAsync("api-versions"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AWatch_PrintsChangesAsTheyHappen()
    {
        await using var kubectl = await KubectlRunner.StartAsync();
        using var watch = kubectl.Start("get", "pods", "-w", "--no-headers");
        await kubectl.RunAsync("run", "one", "--image=web:1", "--annotations=simulator.foginfra.dev/pull-seconds=2");

        var seen = new List<string>();
        while (seen.LastOrDefault() != "Running")
        {
            var line = await watch.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
            var status = Regex.Split(line!, " +")[2];
            if (seen.LastOrDefault() != status) seen.Add(status);
        }
        watch.Kill();

        Assert.Equal(["ContainerCreating", "Running"], seen[^2..]); // It may have seen the pod before that, or not yet have watched.
    }

    [Fact]
    public async Task Wait_KnowsConditionsAndDeletions()
    {
        await using var kubectl = await KubectlRunner.StartAsync();
        await kubectl.RunAsync("create", "deployment", "web", "--image=web:1");

        Assert.Equal("deployment.apps/web condition met\n", await kubectl.RunAsync("wait", "deployment/web", "--for=condition=Available", "--timeout=30s"));
        Assert.Equal("deployment.apps \"web\" deleted\n", await kubectl.RunAsync("delete", "deployment", "web", "--wait=false"));
        await kubectl.RunAsync("wait", "pod", "-l", "app=web", "--for=delete", "--timeout=30s");

        Assert.Equal("", await kubectl.RunAsync("get", "pods", "-o", "name"));
    }

    [Fact]
    public async Task ANamespace_GoesWithAllThatIsInIt()
    {
        await using var kubectl = await KubectlRunner.StartAsync();
        await kubectl.RunAsync("create", "namespace", "demo");
        await kubectl.RunAsync("-n", "demo", "create", "deployment", "web", "--image=web:1");
        await kubectl.RunAsync("-n", "demo", "create", "secret", "generic", "s", "--from-literal=a=b");

        Assert.Equal("namespace \"demo\" deleted\n", await kubectl.RunAsync("delete", "namespace", "demo", "--timeout=30s"));

        Assert.DoesNotContain("demo", await kubectl.RunAsync("get", "namespaces"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreateCommands_MakeAllTheirKinds()
    {
        await using var kubectl = await KubectlRunner.StartAsync();
        string[][] commands =
        [
            ["configmap", "c", "--from-literal=a=b"],
            ["cronjob", "j", "--image=job:1", "--schedule=*/5 * * * *"],
            ["ingress", "i", "--rule=a.example/b*=s:80"],
            ["job", "once", "--image=job:1"],
            ["poddisruptionbudget", "p", "--selector=app=web", "--min-available=1"],
            ["priorityclass", "high", "--value=1000"],
            ["quota", "q", "--hard=pods=10"],
            ["role", "r", "--verb=get", "--resource=pods"],
            ["rolebinding", "rb", "--role=r", "--serviceaccount=default:default"],
            ["service", "nodeport", "n", "--tcp=80:8080"],
            ["serviceaccount", "a"],
        ];

        foreach (var command in commands) Assert.EndsWith("created\n", await kubectl.RunAsync(["create", .. command]), StringComparison.Ordinal);

        Assert.Equal("80 8080 30000", await kubectl.RunAsync("get", "service", "n", "-o", "jsonpath={.spec.ports[0].port} {.spec.ports[0].targetPort} {.spec.ports[0].nodePort}"));
        Assert.Equal("b", await kubectl.RunAsync("get", "configmap", "c", "-o", "jsonpath={.data.a}"));
    }

    [Fact]
    public async Task AMistake_IsToldAsARealClusterTellsIt()
    {
        await using var kubectl = await KubectlRunner.StartAsync();
        var unknown = kubectl.Write("unknown.yaml", Manifests.Deployment(extra: "replica: 2"));
        var invalid = kubectl.Write("invalid.yaml", Manifests.Deployment(name: "Web"));

        Assert.Contains("strict decoding error: unknown field \"spec.replica\"", await kubectl.FailAsync("apply", "-f", unknown), StringComparison.Ordinal);
        Assert.StartsWith("The Deployment \"Web\" is invalid: ", await kubectl.FailAsync("apply", "-f", invalid), StringComparison.Ordinal);
        Assert.Equal("Error from server (NotFound): deployments.apps \"nope\" not found\n", await kubectl.FailAsync("get", "deployment", "nope"));
        Assert.Equal("error: the server doesn't have a resource type \"gadgets\"\n", await kubectl.FailAsync("get", "gadgets"));
    }

    [Fact]
    public async Task CustomResources_AreServedWithTheirColumns()
    {
        await using var kubectl = await KubectlRunner.StartAsync();
        await kubectl.RunAsync("apply", "-f", kubectl.Write("crd.yaml", CustomResources.Definition));
        await kubectl.RunAsync("wait", "crd/widgets.example.com", "--for=condition=Established", "--timeout=30s");

        await kubectl.RunAsync("apply", "-f", kubectl.Write("w.yaml", CustomResources.Widget("w", "{size: 3}")));

        Assert.Matches("^NAME +SIZE +COLOR\nw +3 +red\n$", await kubectl.RunAsync("get", "wd"));
        Assert.Contains("How large it is.", await kubectl.RunAsync("explain", "widgets.spec.size"), StringComparison.Ordinal);
        Assert.Contains("spec.size: Invalid value: 0", await kubectl.FailAsync("apply", "-f", kubectl.Write("bad.yaml", CustomResources.Widget("x", "{size: 0}"))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Drain_EmptiesANodeAndRespectsBudgets()
    {
        await using var kubectl = await KubectlRunner.StartAsync(new ClusterSpec { Name = "test", Nodes = [new NodeSpec { Name = "a" }, new NodeSpec { Name = "b" }] });
        await kubectl.RunAsync("create", "deployment", "web", "--image=web:1", "--replicas=4");
        await kubectl.RunAsync("create", "pdb", "web", "--selector=app=web", "--min-available=2");
        await kubectl.RunAsync("rollout", "status", "deployment/web", "--timeout=30s");

        var output = await kubectl.RunAsync("drain", "a", "--timeout=60s");
        await kubectl.RunAsync("wait", "deployment/web", "--for=jsonpath={.status.readyReplicas}=4", "--timeout=30s");

        Assert.Contains("node/a drained", output, StringComparison.Ordinal);
        Assert.Equal("b b b b", await kubectl.RunAsync("get", "pods", "-o", "jsonpath={.items[*].spec.nodeName}"));
        Assert.Matches("(?m)^a +Ready,SchedulingDisabled ", await kubectl.RunAsync("get", "nodes"));
    }
}
