using FogInfra.Tests.PulumiKubernetes.Support;
using Pulumi.Kubernetes.Types.Inputs.Apps.V1;
using Pulumi.Kubernetes.Types.Inputs.Batch.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Apps = Pulumi.Kubernetes.Apps.V1;
using Batch = Pulumi.Kubernetes.Batch.V1;

namespace FogInfra.Tests.PulumiKubernetes;

public sealed class WorkloadTests
{
    [Fact]
    public async Task Deployment_WithContainersProbesAndEnv_SendsTheObjectAsTheApiNamesIt()
    {
        var mocks = await TestProgram.RunAsync(() =>
        {
            var labels = new Pulumi.InputMap<string> { { "app", "web" } };
            _ = new Apps.Deployment("web", new DeploymentArgs
            {
                Metadata = new ObjectMetaArgs { Name = "web", Namespace = "shop", Labels = labels },
                Spec = new DeploymentSpecArgs
                {
                    Replicas = 3,
                    Selector = new LabelSelectorArgs { MatchLabels = labels },
                    Strategy = new DeploymentStrategyArgs
                    {
                        Type = "RollingUpdate",
                        RollingUpdate = new RollingUpdateDeploymentArgs { MaxSurge = 1, MaxUnavailable = "25%" },
                    },
                    Template = new PodTemplateSpecArgs
                    {
                        Metadata = new ObjectMetaArgs { Labels = labels },
                        Spec = new PodSpecArgs { Containers = { WebContainer() } },
                    },
                },
            });
        });

        Assert.Equal("kubernetes:apps/v1:Deployment", mocks.Requests["web"].Type);
        mocks.AssertInputs("web", """
            {
              "apiVersion": "apps/v1",
              "kind": "Deployment",
              "metadata": { "name": "web", "namespace": "shop", "labels": { "app": "web" } },
              "spec": {
                "replicas": 3,
                "selector": { "matchLabels": { "app": "web" } },
                "strategy": { "type": "RollingUpdate", "rollingUpdate": { "maxSurge": 1, "maxUnavailable": "25%" } },
                "template": {
                  "metadata": { "labels": { "app": "web" } },
                  "spec": {
                    "containers": [{
                      "name": "web",
                      "image": "shop/web:1.2.0",
                      "ports": [{ "name": "http", "containerPort": 8080 }],
                      "env": [
                        { "name": "MODE", "value": "fog" },
                        { "name": "PASSWORD", "valueFrom": { "secretKeyRef": { "name": "db", "key": "password" } } }
                      ],
                      "envFrom": [{ "configMapRef": { "name": "settings", "optional": true } }],
                      "resources": { "requests": { "cpu": "100m", "memory": "64Mi" }, "limits": { "memory": "128Mi" } },
                      "readinessProbe": { "httpGet": { "path": "/ready", "port": "http" }, "periodSeconds": 5 },
                      "livenessProbe": { "tcpSocket": { "port": 8080 } }
                    }]
                  }
                }
              }
            }
            """);
    }

    [Fact]
    public async Task StatefulSet_WithClaimTemplates_NestsTheArgsOfAnotherKind()
    {
        var mocks = await TestProgram.RunAsync(() => new Apps.StatefulSet("db", new StatefulSetArgs
        {
            Spec = new StatefulSetSpecArgs
            {
                ServiceName = "db",
                Selector = new LabelSelectorArgs
                {
                    MatchExpressions = { new LabelSelectorRequirementArgs { Key = "app", Operator = "Exists" } },
                },
                Template = new PodTemplateSpecArgs(),
                VolumeClaimTemplates = new PersistentVolumeClaimArgs
                {
                    Metadata = new ObjectMetaArgs { Name = "data" },
                    Spec = new PersistentVolumeClaimSpecArgs
                    {
                        AccessModes = { "ReadWriteOnce" },
                        Resources = new VolumeResourceRequirementsArgs { Requests = { { "storage", "1Gi" } } },
                    },
                },
            },
        }));

        mocks.AssertInputs("db", """
            {
              "apiVersion": "apps/v1",
              "kind": "StatefulSet",
              "spec": {
                "serviceName": "db",
                "selector": { "matchExpressions": [{ "key": "app", "operator": "Exists" }] },
                "template": {},
                "volumeClaimTemplates": [{
                  "metadata": { "name": "data" },
                  "spec": { "accessModes": ["ReadWriteOnce"], "resources": { "requests": { "storage": "1Gi" } } }
                }]
              }
            }
            """);
    }

    [Fact]
    public async Task CronJob_WithWhatTheCallerGot_TakesOutputsWhereValuesFit()
    {
        var mocks = await TestProgram.RunAsync(() =>
        {
            var version = Pulumi.Output.Create("3.19");
            var images = version.Apply(number => new[] { "alpine:" + number });
            _ = new Batch.CronJob("backup", new CronJobArgs
            {
                Spec = new CronJobSpecArgs
                {
                    Schedule = "0 3 * * *",
                    Suspend = version.Apply(number => number.Length == 0),
                    JobTemplate = new JobTemplateSpecArgs
                    {
                        Metadata = new ObjectMetaArgs { Finalizers = images },
                        Spec = new JobSpecArgs { BackoffLimit = 2, Template = new PodTemplateSpecArgs() },
                    },
                },
            });
        });

        mocks.AssertInputs("backup", """
            {
              "apiVersion": "batch/v1",
              "kind": "CronJob",
              "spec": {
                "schedule": "0 3 * * *",
                "suspend": false,
                "jobTemplate": { "metadata": { "finalizers": ["alpine:3.19"] }, "spec": { "backoffLimit": 2, "template": {} } }
              }
            }
            """);
    }

    [Fact]
    public async Task Deployment_WithoutRequiredInput_FailsNamingIt()
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => TestProgram.RunAsync(() =>
            new Apps.Deployment("web", new DeploymentArgs { Spec = new DeploymentSpecArgs { Template = new PodTemplateSpecArgs() } })));

        Assert.Contains("selector", failure.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Deployment_WithoutArgs_IsStillAnObjectOfItsKind()
    {
        var mocks = await TestProgram.RunAsync(() => new Apps.Deployment("web"));

        mocks.AssertInputs("web", """{ "apiVersion": "apps/v1", "kind": "Deployment" }""");
    }

    private static ContainerArgs WebContainer() => new()
    {
        Name = "web",
        Image = "shop/web:1.2.0",
        Ports = new[] { new ContainerPortArgs { Name = "http", ContainerPortValue = 8080 } },
        Env =
        {
            new EnvVarArgs { Name = "MODE", Value = "fog" },
            new EnvVarArgs
            {
                Name = "PASSWORD",
                ValueFrom = new EnvVarSourceArgs { SecretKeyRef = new SecretKeySelectorArgs { Name = "db", Key = "password" } },
            },
        },
        EnvFrom = { new EnvFromSourceArgs { ConfigMapRef = new ConfigMapEnvSourceArgs { Name = "settings", Optional = true } } },
        Resources = new ResourceRequirementsArgs
        {
            Requests = { { "cpu", "100m" }, { "memory", "64Mi" } },
            Limits = new Dictionary<string, string> { ["memory"] = "128Mi" },
        },
        ReadinessProbe = new ProbeArgs { HttpGet = new HTTPGetActionArgs { Path = "/ready", Port = "http" }, PeriodSeconds = 5 },
        LivenessProbe = new ProbeArgs { TcpSocket = new TCPSocketActionArgs { Port = 8080 } },
    };
}
