using System.Collections.Immutable;
using FogInfra.Embedded.Kubernetes.Client;
using FogInfra.Embedded.Kubernetes.Readiness;
using FogInfra.Embedded.Kubernetes.Readiness.Rules;
using FogInfra.Tests.Kubernetes.Support;

namespace FogInfra.Tests.Kubernetes.Readiness;

public sealed class RuleTests
{
    [Theory]
    [InlineData(2, 2, 2, 2, 2, 2, nameof(VerdictState.Ready), "")]
    [InlineData(2, 1, 2, 2, 2, 2, nameof(VerdictState.Waiting), "waiting for the deployment controller to take it up")]
    [InlineData(2, 2, 3, 1, 3, 3, nameof(VerdictState.Waiting), "1 of 3 pods updated, 3 available")]
    [InlineData(2, 2, 4, 3, 3, 3, nameof(VerdictState.Waiting), "1 old pods are still to end")]
    [InlineData(2, 2, 5, 5, 5, 3, nameof(VerdictState.Waiting), "2 pods more than wanted are still to end")]
    [InlineData(2, 2, 1, 1, 1, 0, nameof(VerdictState.Waiting), "1 pods more than wanted are still to end")]
    [InlineData(2, 2, 3, 3, 2, 3, nameof(VerdictState.Waiting), "2 of 3 pods available")]
    [InlineData(2, 2, 3, 3, 3, 3, nameof(VerdictState.Ready), "")]
    public void Deployment(int generation, int observed, int replicas, int updated, int available, int wanted, string state, string message)
    {
        var verdict = Judge(new DeploymentRule(), $$"""
            {"metadata":{"name":"web","generation":{{generation}} },"spec":{"replicas":{{wanted}} },
             "status":{"observedGeneration":{{observed}},"replicas":{{replicas}},"updatedReplicas":{{updated}},"availableReplicas":{{available}} } }
            """);
        Assert.Equal((state, message), ($"{verdict.State}", verdict.Message));
    }

    [Fact]
    public void Deployment_WithoutPodsWantedOrThere_IsReadyAtOnce() =>
        Assert.Equal(VerdictState.Ready, Judge(new DeploymentRule(), """{"metadata":{"generation":1},"spec":{"replicas":0}}""").State);

    [Fact]
    public void Deployment_ScaledToNothing_WaitsForItsPodsToEnd() => Assert.Equal(
        VerdictState.Waiting,
        Judge(new DeploymentRule(), """{"metadata":{"generation":2},"spec":{"replicas":0},"status":{"observedGeneration":2,"replicas":1}}""").State);

    [Fact]
    public void Deployment_Paused_IsReadyAndSaysSo() => Assert.Contains(
        "paused", Judge(new DeploymentRule(), """{"metadata":{"generation":1},"spec":{"paused":true},"status":{"observedGeneration":1}}""").Message);

    [Fact]
    public void Deployment_DeadlinePassed_IsAProblemThatEndsTheWaitSoon()
    {
        var problem = Judge(new DeploymentRule(), Rollout("""[{"type":"Progressing","status":"False","reason":"ProgressDeadlineExceeded","message":"too long"}]""")).Problems.Single();
        Assert.Equal("deployment web: ProgressDeadlineExceeded: too long", problem.Text);
        Assert.Equal(new ReadinessOptions().StaleDeadline, problem.Tolerance);
    }

    [Fact]
    public void Deployment_OnlyThePodsOfTheNewestReplicaSetCount()
    {
        var verdict = Judge(
            new DeploymentRule(),
            Rollout("[]"),
            (RelatedKinds.ReplicaSets, [Set("old", "1"), Set("new", "2")]),
            (RelatedKinds.Pods, [Pods.Waiting("web-old-1", "old", "ImagePullBackOff"), Pods.Waiting("web-new-1", "new", "InvalidImageName")]));
        Assert.Equal("pod web-new-1, container web: InvalidImageName", verdict.Problems.Single().Text);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("\"deletionTimestamp\":\"now\",", true)]
    public void Deployment_OldPodThatIsEnding_MakesRoomForOneThatHasNoNode(string deletion, bool waits)
    {
        var old = Json.Object($$"""{"metadata":{ {{deletion}}"name":"web-old-1","uid":"1","ownerReferences":[{"uid":"old"}]} }""");
        var verdict = Judge(
            new DeploymentRule(),
            Rollout("[]"),
            (RelatedKinds.ReplicaSets, [Set("old", "1"), Set("new", "2")]),
            (RelatedKinds.Pods, [old, Pods.Unschedulable("web-new-1", "new", "0/1 nodes are available: 1 Insufficient cpu.")]));
        Assert.Equal(waits, verdict.Problems.Single().Tolerance is null);
    }

    [Fact]
    public void Deployment_PodsRefused_IsTheReplicaSetsProblem()
    {
        var set = Json.Object("""
            {"metadata":{"name":"web-new","uid":"new","annotations":{"deployment.kubernetes.io/revision":"2"},"ownerReferences":[{"uid":"d"}]},
             "status":{"conditions":[{"type":"ReplicaFailure","status":"True","reason":"FailedCreate","message":"exceeded quota: small"}]}}
            """);
        var problem = Judge(new DeploymentRule(), Rollout("[]"), (RelatedKinds.ReplicaSets, [set])).Problems.Single();
        Assert.Equal("replica set web-new: FailedCreate: exceeded quota: small", problem.Text);
    }

    [Fact]
    public void Deployment_LooksAtPodsOnlyWhenItsControllerHasActed()
    {
        IReadinessRule rule = new DeploymentRule();
        Assert.Empty(rule.Related(See("""{"metadata":{"generation":2},"status":{"observedGeneration":1}}""")));
        Assert.Equal(
            ["app=x,tier in (a,b),!gone", "app=x,tier in (a,b),!gone"],
            rule.Related(See("""
                {"metadata":{"generation":2},"status":{"observedGeneration":2},"spec":{"selector":{"matchLabels":{"app":"x"},
                  "matchExpressions":[{"key":"tier","operator":"In","values":["a","b"]},{"key":"gone","operator":"DoesNotExist"}]}}}
                """)).Select(related => related.Selection.Labels));
    }

    [Theory]
    [InlineData("""{"replicas":3}""", """{"replicas":3,"readyReplicas":3,"updatedReplicas":3}""", null)]
    [InlineData("""{"replicas":3}""", """{"replicas":3,"readyReplicas":2,"updatedReplicas":3}""", "2 of 3 pods ready")]
    [InlineData("""{"replicas":3}""", """{"replicas":3,"readyReplicas":3,"updatedReplicas":1}""", "1 of 3 pods updated, 3 ready")]
    [InlineData("""{"replicas":1}""", """{"replicas":2,"readyReplicas":2,"updatedReplicas":1}""", "1 pods are still to end")]
    [InlineData("""{"replicas":3,"updateStrategy":{"rollingUpdate":{"partition":2}}}""", """{"replicas":3,"readyReplicas":3,"updatedReplicas":1}""", null)]
    [InlineData("""{"replicas":3,"updateStrategy":{"type":"OnDelete"}}""", """{"replicas":3,"readyReplicas":3,"updatedReplicas":0}""", null)]
    public void StatefulSet(string spec, string status, string? expected)
    {
        var verdict = Judge(new StatefulSetRule(), $$"""{"metadata":{"generation":1},"spec":{{spec}},"status":{{status[..^1]}},"observedGeneration":1} }""");
        Assert.Equal(expected ?? "", verdict.Message);
        Assert.Equal(expected is null ? VerdictState.Ready : VerdictState.Waiting, verdict.State);
    }

    [Theory]
    [InlineData("""{"desiredNumberScheduled":0}""", null)]
    [InlineData("""{"desiredNumberScheduled":2,"updatedNumberScheduled":2,"numberAvailable":2}""", null)]
    [InlineData("""{"desiredNumberScheduled":2,"updatedNumberScheduled":1,"numberAvailable":2}""", "on 1 of 2 nodes updated, on 2 available")]
    [InlineData("""{"desiredNumberScheduled":2,"updatedNumberScheduled":2,"numberAvailable":1}""", "on 1 of 2 nodes available")]
    public void DaemonSet(string status, string? expected)
    {
        var verdict = Judge(new DaemonSetRule(), $$"""{"metadata":{"generation":1},"spec":{},"status":{{status[..^1]}},"observedGeneration":1} }""");
        Assert.Equal(expected ?? "", verdict.Message);
    }

    [Theory]
    [InlineData("""{"phase":"Running","conditions":[{"type":"Ready","status":"True"}]}""", nameof(VerdictState.Ready))]
    [InlineData("""{"phase":"Succeeded"}""", nameof(VerdictState.Ready))]
    [InlineData("""{"phase":"Failed"}""", nameof(VerdictState.Failed))]
    [InlineData("""{"phase":"Pending"}""", nameof(VerdictState.Waiting))]
    [InlineData("""{"phase":"Running","conditions":[{"type":"Ready","status":"False"}]}""", nameof(VerdictState.Waiting))]
    [InlineData("{}", nameof(VerdictState.Waiting))]
    public void Pod(string status, string expected)
    {
        var verdict = Judge(new PodRule(), $$"""{"metadata":{"name":"p"},"status":{{status}} }""");
        Assert.Equal(expected, $"{verdict.State}");
    }

    [Theory]
    [InlineData("""{"conditions":[{"type":"Complete","status":"True"}]}""", nameof(VerdictState.Ready), "")]
    [InlineData("""{"conditions":[{"type":"Failed","status":"True","reason":"PodFailurePolicy","message":"exit 3"}]}""", nameof(VerdictState.Failed), "PodFailurePolicy: exit 3")]
    [InlineData("""{"active":2,"failed":1}""", nameof(VerdictState.Waiting), "2 pods running, 0 succeeded, 1 failed")]
    public void Job(string status, string state, string message)
    {
        var verdict = Judge(new JobRule(), $$"""{"metadata":{"name":"j"},"spec":{},"status":{{status}} }""");
        Assert.Equal(state, $"{verdict.State}");
        Assert.EndsWith(message, verdict.Message);
    }

    [Fact]
    public void Job_Suspended_IsReady() => Assert.Equal(VerdictState.Ready, Judge(new JobRule(), """{"spec":{"suspend":true}}""").State);

    [Fact]
    public void Job_CrashLoop_IsLeftToItsBackOffLimit()
    {
        var verdict = Judge(new JobRule(), """{"metadata":{"uid":"j"},"spec":{}}""", (RelatedKinds.Pods, [Pods.Crashing("p", "j", restarts: 9)]));
        Assert.Null(verdict.Problems.Single().Tolerance);
    }

    [Theory]
    [InlineData("""{"type":"ExternalName"}""", "{}", true, nameof(VerdictState.Ready))]
    [InlineData("""{"clusterIP":"None","selector":{"a":"b"}}""", "{}", true, nameof(VerdictState.Ready))]
    [InlineData("""{"clusterIP":"10.0.0.1"}""", "{}", true, nameof(VerdictState.Ready))]
    [InlineData("""{"clusterIP":"10.0.0.1","selector":{"a":"b"}}""", "{}", true, nameof(VerdictState.Waiting))]
    [InlineData("""{"clusterIP":"10.0.0.1","selector":{"a":"b"}}""", "{}", false, nameof(VerdictState.Ready))]
    [InlineData("""{"type":"LoadBalancer"}""", "{}", false, nameof(VerdictState.Waiting))]
    [InlineData("""{"type":"LoadBalancer"}""", """{"loadBalancer":{"ingress":[{"ip":"1.2.3.4"}]}}""", true, nameof(VerdictState.Ready))]
    public void Service(string spec, string status, bool isNew, string expected)
    {
        var seen = See($$"""{"metadata":{"name":"s"},"spec":{{spec}},"status":{{status}} }""") with { IsNew = isNew };
        Assert.Equal(expected, $"{new ServiceRule().Judge(seen).State}");
    }

    [Theory]
    [InlineData("[]", "[]", nameof(VerdictState.Ready))]
    [InlineData("""[{"status":{"conditions":[{"type":"Ready","status":"False"}]}}]""", "[]", nameof(VerdictState.Ready))]
    [InlineData("""[{"status":{"conditions":[{"type":"Ready","status":"True"}]}}]""", "[]", nameof(VerdictState.Waiting))]
    [InlineData("""[{"status":{"conditions":[{"type":"Ready","status":"True"}]}}]""",
        """[{"metadata":{"name":"x","labels":{"kubernetes.io/service-name":"s"}},"endpoints":[{"conditions":{"ready":true}}]}]""", nameof(VerdictState.Ready))]
    [InlineData("""[{"status":{"conditions":[{"type":"Ready","status":"True"}]}}]""",
        """[{"metadata":{"name":"x","labels":{"kubernetes.io/service-name":"other"}},"endpoints":[{"conditions":{"ready":true}}]}]""", nameof(VerdictState.Waiting))]
    [InlineData("""[{"status":{"conditions":[{"type":"Ready","status":"True"}]}}]""",
        """[{"metadata":{"name":"x","labels":{"kubernetes.io/service-name":"s"}},"endpoints":[{"conditions":{"ready":false}}]}]""", nameof(VerdictState.Waiting))]
    [InlineData("""[{"status":{"conditions":[{"type":"Ready","status":"True"}]}}]""",
        """[{"metadata":{"name":"s"},"subsets":[{"addresses":[{"ip":"1.1.1.1"}]}]}]""", nameof(VerdictState.Ready))]
    public void Service_WithReadyPods_WaitsUntilItLeadsToThem(string pods, string endpoints, string expected)
    {
        var seen = See("""{"metadata":{"name":"s"},"spec":{"clusterIP":"10.0.0.1","selector":{"a":"b"}}}""") with
        {
            IsNew = true,
            Related = ImmutableDictionary<string, ImmutableArray<KubeObject>>.Empty.Add(RelatedKinds.Pods, List(pods)).Add(RelatedKinds.Endpoints, List(endpoints)),
        };
        Assert.Equal(expected, $"{new ServiceRule().Judge(seen).State}");
        Assert.Equal(VerdictState.Ready, new ServiceRule().Judge(seen with { Elapsed = seen.Options.Endpoints }).State);
    }

    [Theory]
    [InlineData("{}", """{"loadBalancer":{"ingress":[{"hostname":"h"}]}}""", "[]", 0, nameof(VerdictState.Ready))]
    [InlineData("{}", "{}", "[]", 0, nameof(VerdictState.Waiting))]
    [InlineData("{}", "{}", "[]", 30, nameof(VerdictState.Ready))]
    [InlineData("{}", "{}", """[{"metadata":{"name":"n","annotations":{"ingressclass.kubernetes.io/is-default-class":"true"}}}]""", 30, nameof(VerdictState.Waiting))]
    [InlineData("""{"ingressClassName":"n"}""", "{}", """[{"metadata":{"name":"n"}}]""", 300, nameof(VerdictState.Waiting))]
    public void Ingress(string spec, string status, string classes, int seconds, string expected)
    {
        var seen = See($$"""{"metadata":{"name":"i"},"spec":{{spec}},"status":{{status}} }""", (RelatedKinds.IngressClasses, List(classes)));
        Assert.Equal(expected, $"{new IngressRule().Judge(seen with { Elapsed = TimeSpan.FromSeconds(seconds) }).State}");
    }

    [Fact]
    public void Ingress_OfAClassThatDoesNotExist_IsAMistake()
    {
        var verdict = Judge(new IngressRule(), """{"metadata":{"name":"i"},"spec":{"ingressClassName":"ngnix"}}""", (RelatedKinds.IngressClasses, []));
        Assert.Equal("ingress i: NoSuchClass: there is no ingress class ngnix", verdict.Problems.Single().Text);
    }

    [Theory]
    [InlineData("""{"status":{"phase":"Bound"}}""", "[]", nameof(VerdictState.Ready))]
    [InlineData("""{"status":{"phase":"Lost"}}""", "[]", nameof(VerdictState.Failed))]
    [InlineData("""{"spec":{"storageClassName":"a"},"status":{"phase":"Pending"}}""", """[{"metadata":{"name":"a"},"volumeBindingMode":"WaitForFirstConsumer"}]""", nameof(VerdictState.Ready))]
    [InlineData("""{"spec":{"storageClassName":"a"},"status":{"phase":"Pending"}}""", """[{"metadata":{"name":"a"},"volumeBindingMode":"Immediate"}]""", nameof(VerdictState.Waiting))]
    [InlineData("""{"spec":{},"status":{"phase":"Pending"}}""",
        """[{"metadata":{"name":"a","annotations":{"storageclass.kubernetes.io/is-default-class":"true"}},"volumeBindingMode":"WaitForFirstConsumer"}]""", nameof(VerdictState.Ready))]
    public void Claim(string claim, string classes, string expected) =>
        Assert.Equal(expected, $"{Judge(new ClaimRule(), claim, (RelatedKinds.StorageClasses, List(classes))).State}");

    [Theory]
    [InlineData("""[{"type":"Established","status":"True"}]""", nameof(VerdictState.Ready))]
    [InlineData("""[{"type":"NamesAccepted","status":"False","reason":"Taken","message":"by another"}]""", nameof(VerdictState.Failed))]
    [InlineData("[]", nameof(VerdictState.Waiting))]
    public void Definition(string conditions, string expected)
    {
        var verdict = Judge(new DefinitionRule(), $$"""{"status":{"conditions":{{conditions}} } }""");
        Assert.Equal(expected, $"{verdict.State}");
    }

    [Theory]
    [InlineData("{}", nameof(VerdictState.Ready), "")]
    [InlineData("""{"conditions":[{"type":"Synced","status":"False"}]}""", nameof(VerdictState.Ready), "")]
    [InlineData("""{"observedGeneration":1}""", nameof(VerdictState.Waiting), "waiting for its controller to take it up")]
    [InlineData("""{"observedGeneration":2,"conditions":[{"type":"Ready","status":"True"}]}""", nameof(VerdictState.Ready), "")]
    [InlineData("""{"conditions":[{"type":"Ready","status":"True","observedGeneration":1}]}""", nameof(VerdictState.Waiting), "waiting for its controller to take it up")]
    [InlineData("""{"conditions":[{"type":"Ready","status":"Unknown"}]}""", nameof(VerdictState.Waiting), "Ready is Unknown: no reason is given")]
    [InlineData("""{"conditions":[{"type":"Ready","status":"False","reason":"Filling","message":"half full"}]}""", nameof(VerdictState.Waiting), "Ready is False: Filling: half full")]
    [InlineData("""{"conditions":[{"type":"Reconciling","status":"True","reason":"Moving"},{"type":"Ready","status":"True"}]}""", nameof(VerdictState.Waiting), "its controller is at work: Moving")]
    [InlineData("""{"conditions":[{"type":"Stalled","status":"True","message":"no water"}]}""", nameof(VerdictState.Failed), "its controller has stalled: no water")]
    public void CustomResource(string status, string state, string message)
    {
        var verdict = Judge(new CustomResourceRule(reports: true), $$"""{"metadata":{"generation":2},"status":{{status}} }""");
        Assert.Equal((state, message), ($"{verdict.State}", verdict.Message));
    }

    [Theory]
    [InlineData(true, true, 1, nameof(VerdictState.Waiting))]
    [InlineData(true, true, 4, nameof(VerdictState.Ready))] // Nobody seems to report of it.
    [InlineData(true, false, 1, nameof(VerdictState.Ready))]
    [InlineData(false, true, 1, nameof(VerdictState.Ready))]
    public void CustomResource_WithoutAStatus_IsGivenAMomentWhenItIsNew(bool reports, bool isNew, int seconds, string state)
    {
        var seen = See("""{"metadata":{"generation":1}}""") with { Elapsed = TimeSpan.FromSeconds(seconds), IsNew = isNew };
        Assert.Equal(state, $"{new CustomResourceRule(reports).Judge(seen).State}");
    }

    [Theory]
    [InlineData("condition=Ready", """{"status":{"conditions":[{"type":"ready","status":"true"}]}}""", true)]
    [InlineData("condition=Ready=False", """{"status":{"conditions":[{"type":"Ready","status":"True"}]}}""", false)]
    [InlineData("jsonpath={.status.phase}", """{"status":{"phase":"x"}}""", true)]
    [InlineData("jsonpath={.status.phase}=Active", """{"status":{"phase":"x"}}""", false)]
    [InlineData("jsonpath={.status.list[*].n}=2", """{"status":{"list":[{"n":2}]}}""", true)]
    [InlineData("""["jsonpath={.a}","condition=B"]""", """{"a":1}""", false)]
    [InlineData("jsonpath={.a}", """{"a":1,"metadata":{"generation":2},"status":{"observedGeneration":1}}""", false)]
    public void Expression(string expression, string item, bool ready) =>
        Assert.Equal(ready ? VerdictState.Ready : VerdictState.Waiting, Judge(ExpressionRule.Parse(expression), item).State);

    [Theory]
    [InlineData("ready")]
    [InlineData("jsonpath=.a")]
    [InlineData("jsonpath={.a[?(@.b==1)]}")]
    [InlineData("condition=")]
    [InlineData("[1")]
    public void Expression_ThatIsNotUnderstood_IsRefused(string expression) => Assert.Throws<FormatException>(() => ExpressionRule.Parse(expression));

    private static Verdict Judge(IReadinessRule rule, string target, params (string Group, ImmutableArray<KubeObject> Items)[] related) => rule.Judge(See(target, related));

    private static Observation See(string target, params (string Group, ImmutableArray<KubeObject> Items)[] related) =>
        new(Json.Object(target), TimeSpan.Zero, new ReadinessOptions()) { Related = related.ToImmutableDictionary(pair => pair.Group, pair => pair.Items) };

    private static ImmutableArray<KubeObject> List(string json) => [.. Json.Object($$"""{"items":{{json}} }""").Items("items").Select(item => new KubeObject(item))];

    private static string Rollout(string conditions) => $$"""
        {"metadata":{"name":"web","uid":"d","generation":2,"annotations":{"deployment.kubernetes.io/revision":"2"} },
         "spec":{"replicas":1},"status":{"observedGeneration":2,"replicas":1,"updatedReplicas":1,"conditions":{{conditions}} } }
        """;

    private static KubeObject Set(string uid, string revision) => Json.Object($$"""
        {"metadata":{"name":"web-{{uid}}","uid":"{{uid}}","annotations":{"deployment.kubernetes.io/revision":"{{revision}}"},"ownerReferences":[{"uid":"d"}]} }
        """);
}
