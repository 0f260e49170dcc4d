using FogInfra.Components;
using FogInfra.Model;

namespace FogInfra.Tests;

/// <summary>The namespace of an application, and what its pods may do.</summary>
public sealed class IsolationTests
{
    private const string Namespace = "kubernetes:core/v1:Namespace";
    private const string Quota = "kubernetes:core/v1:ResourceQuota";
    private const string Limits = "kubernetes:core/v1:LimitRange";
    private const string Policy = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
    private const string Deployment = "kubernetes:apps/v1:Deployment";
    private const string Account = "kubernetes:core/v1:ServiceAccount";
    private const string Role = "kubernetes:rbac.authorization.k8s.io/v1:Role";
    private const string Binding = "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding";
    private const string Pod = "spec.template.spec";

    [Theory]
    [InlineData(null, "baseline")]
    [InlineData(PodSecurity.Privileged, "privileged")]
    [InlineData(PodSecurity.Baseline, "baseline")]
    [InlineData(PodSecurity.Restricted, "restricted")]
    public async Task Namespace_EnforcesPodSecurity(PodSecurity? security, string label)
    {
        var run = await With(new Isolation { PodSecurity = security });

        Assert.Equal(label, Tree.Texts(run.Mocks.Inputs(Namespace, "shop-edge-1"), "metadata.labels")[ApplicationNamespace.PodSecurityLabel]);
    }

    [Theory]
    [InlineData(PodSecurity.Privileged, null, null, null, null)]
    [InlineData(PodSecurity.Baseline, "RuntimeDefault", null, false, null)]
    [InlineData(PodSecurity.Restricted, "RuntimeDefault", true, false, "ALL")]
    public async Task Pods_FulfilWhatTheNamespaceEnforces(PodSecurity security, string? seccomp, bool? nonRoot, bool? escalation, string? dropped)
    {
        var run = await With(new Isolation { PodSecurity = security });

        Assert.Equal(seccomp, At(run, $"{Pod}.securityContext.seccompProfile.type"));
        Assert.Equal(nonRoot, At(run, $"{Pod}.securityContext.runAsNonRoot"));
        Assert.Equal(escalation, At(run, $"{Pod}.containers.0.securityContext.allowPrivilegeEscalation"));
        Assert.Equal(dropped, At(run, $"{Pod}.containers.0.securityContext.capabilities.drop.0"));
    }

    [Theory]
    [InlineData("runAsUser", 1000.0)]
    [InlineData("runAsGroup", 2000.0)]
    [InlineData("runAsNonRoot", true)]
    [InlineData("readOnlyRootFilesystem", true)]
    [InlineData("allowPrivilegeEscalation", true)]
    [InlineData("capabilities.add.0", "NET_BIND_SERVICE")]
    [InlineData("capabilities.drop.0", "CHOWN")]
    public async Task Container_OwnSecurity_Wins(string path, object expected)
    {
        var service = Samples.Service("web");
        service = service with
        {
            Containers =
            [
                service.Containers[0] with
                {
                    SecurityContext = new ContainerSecurity
                    {
                        RunAsUser = 1000,
                        RunAsGroup = 2000,
                        RunAsNonRoot = true,
                        ReadOnlyRootFilesystem = true,
                        AllowPrivilegeEscalation = true,
                        AddCapabilities = ["NET_BIND_SERVICE"],
                        DropCapabilities = ["CHOWN"],
                    },
                },
            ],
        };

        var run = await ComponentRun.Of(service);

        Assert.Equal(expected, At(run, $"{Pod}.containers.0.securityContext.{path}"));
    }

    [Fact]
    public async Task PrivilegedContainer_IsNotForbiddenToEscalate()
    {
        var service = Samples.Service("web");
        service = service with { Containers = [service.Containers[0] with { SecurityContext = new ContainerSecurity { Privileged = true } }] };

        var run = await ComponentRun.Of(service);

        Assert.Equal(true, At(run, $"{Pod}.containers.0.securityContext.privileged"));
        Assert.Null(At(run, $"{Pod}.containers.0.securityContext.allowPrivilegeEscalation"));
    }

    [Fact]
    public async Task Quota_LeavesRoomForAnUpdate_AndCanBeSet()
    {
        var run = await With(new Isolation { Quota = Samples.Map(("requests.cpu", "4")) });

        Assert.Equal("9", Tree.Texts(run.Mocks.Inputs(Quota, "shop-edge-1-quota"), "spec.hard")["pods"]); // Twice two pods, and five.
        Assert.Equal("4", Tree.Texts(run.Mocks.Inputs(Quota, "shop-edge-1-quota"), "spec.hard")["requests.cpu"]);
    }

    [Fact]
    public async Task Quota_GivenPods_TakeThePlaceOfTheReckonedOnes()
    {
        var run = await With(new Isolation { Quota = Samples.Map(("pods", "3")) });

        Assert.Equal("3", Tree.Texts(run.Mocks.Inputs(Quota, "shop-edge-1-quota"), "spec.hard")["pods"]);
    }

    [Fact]
    public async Task Limits_AreTheLayersRequestsAndTheDocumentsLimits()
    {
        var run = await With(new Isolation { DefaultRequests = Samples.Map(("cpu", "10m")), DefaultLimits = Samples.Map(("memory", "256Mi")) });

        var limits = run.Mocks.Inputs(Limits, "shop-edge-1-defaults");
        Assert.Equal("Container", Tree.At(limits, "spec.limits.0.type"));
        Assert.Equal(new Dictionary<string, string> { ["cpu"] = "10m", ["memory"] = "32Mi" }, Tree.Texts(limits, "spec.limits.0.defaultRequest"));
        Assert.Equal(new Dictionary<string, string> { ["memory"] = "256Mi" }, Tree.Texts(limits, "spec.limits.0.default"));
    }

    [Theory]
    [InlineData(null, 2)]
    [InlineData(true, 2)]
    [InlineData(false, 0)]
    public async Task Network_CanBeLeftOpen(bool? network, int policies)
    {
        var run = await With(new Isolation { Network = network });

        Assert.Equal(policies, run.Mocks.Names(Policy).Count);
    }

    [Fact]
    public async Task Account_WithoutWishes_HasNoTokenAndNoRole()
    {
        var run = await With(new Isolation());

        Assert.Equal(false, run.At(Account, "shop-edge-1-web-access", "automountServiceAccountToken"));
        Assert.Equal("web", At(run, $"{Pod}.serviceAccountName"));
        Assert.Equal(false, At(run, $"{Pod}.automountServiceAccountToken"));
        Assert.Empty(run.Mocks.Names(Role));
        Assert.Empty(run.Mocks.Names(Binding));
    }

    [Theory]
    [InlineData(Role, "rules.0.apiGroups.0", "")]
    [InlineData(Role, "rules.0.resources.0", "configmaps")]
    [InlineData(Role, "rules.0.verbs.1", "watch")]
    [InlineData(Role, "rules.0.resourceNames.0", "settings")]
    [InlineData(Role, "rules.1.resourceNames", null)]
    [InlineData(Binding, "roleRef.name", "web")]
    [InlineData(Binding, "roleRef.kind", "Role")]
    [InlineData(Binding, "subjects.0.kind", "ServiceAccount")]
    [InlineData(Binding, "subjects.0.name", "web")]
    [InlineData(Binding, "subjects.0.namespace", "shop")]
    [InlineData(Account, "automountServiceAccountToken", true)]
    public async Task Account_WithWishes_MayDoThatAndNothingElse(string type, string path, object? expected)
    {
        var run = await ComponentRun.Of(Samples.Service("web", new ServiceSettings
        {
            Access =
            [
                new AccessRule { ApiGroups = [""], Resources = ["configmaps"], Verbs = ["get", "watch"], Names = ["settings"] },
                new AccessRule { ApiGroups = ["apps"], Resources = ["deployments"], Verbs = ["list"] },
            ],
        }));

        Assert.Equal(expected, run.At(type, "shop-edge-1-web-access", path));
    }

    private static Task<ComponentRun> With(Isolation isolation) => ComponentRun.Of(Samples.Workload(Samples.Service("web")) with { Isolation = isolation });

    private static object? At(ComponentRun run, string path) => run.At(Deployment, "shop-edge-1-web", path);
}
