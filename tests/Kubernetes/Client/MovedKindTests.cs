using FogInfra.Embedded.Provider;
using FogInfra.Tests.Kubernetes.Support;

namespace FogInfra.Tests.Kubernetes.Client;

/// <summary>Clusters older or newer than the program: a kind that has moved is used in the version that the cluster serves.</summary>
public sealed class MovedKindTests : ScriptedServerTest
{
    [Theory]
    [InlineData("policy/v1", "PodDisruptionBudget", "policy/v1beta1", "policy/v1beta1")]
    [InlineData("policy/v1beta1", "PodDisruptionBudget", "policy/v1", "policy/v1")]
    [InlineData("policy/v1", "PodDisruptionBudget", "policy/v1beta1 policy/v1", "policy/v1")]
    [InlineData("batch/v1", "CronJob", "batch/v1beta1", "batch/v1beta1")]
    [InlineData("batch/v1beta1", "CronJob", "batch/v1", "batch/v1")]
    [InlineData("autoscaling/v2", "HorizontalPodAutoscaler", "autoscaling/v1 autoscaling/v2beta2", "autoscaling/v2beta2")]
    [InlineData("autoscaling/v2beta2", "HorizontalPodAutoscaler", "autoscaling/v2", "autoscaling/v2")]
    [InlineData("autoscaling/v2", "HorizontalPodAutoscaler", "autoscaling/v1", null)] // Its fields differ.
    [InlineData("extensions/v1beta1", "Ingress", "networking.k8s.io/v1beta1", "networking.k8s.io/v1beta1")]
    [InlineData("extensions/v1beta1", "Ingress", "networking.k8s.io/v1", null)] // Its fields differ.
    [InlineData("apps/v1beta2", "Deployment", "apps/v1", "apps/v1")]
    [InlineData("example.com/v1", "CronJob", "batch/v1", null)]
    public async Task Find_MovedKind_IsFoundInTheVersionThatIsServed(string apiVersion, string kind, string served, string? expected)
    {
        Serve(kind, served.Split(' '));
        using var client = Server.Client();
        Assert.Equal(expected, (await client.Resources.FindAsync(apiVersion, kind, Token))?.ApiVersion);
    }

    [Fact]
    public async Task Create_OnAnOldCluster_SendsItsVersionAndKeepsTheProgramsInTheState()
    {
        Serve("PodDisruptionBudget", ["policy/v1beta1"]);
        Server.On("POST /apis/policy/v1beta1/namespaces/default/poddisruptionbudgets", 201, """
            {"apiVersion":"policy/v1beta1","kind":"PodDisruptionBudget","metadata":{"name":"b","namespace":"default"},"spec":{"minAvailable":1}}
            """);
        var driver = await ProviderDriver.ConnectAsync(Server.Kubeconfig);
        var created = await driver.CreateAsync("kubernetes:policy/v1:PodDisruptionBudget", "b", """{"metadata":{"name":"b"},"spec":{"minAvailable":1}}""", Token);
        Assert.Contains("\"apiVersion\":\"policy/v1beta1\"", Server.Seen.Single(request => request.Method == "POST").Body);
        Assert.Equal(("policy/v1", "policy/v1"), (created.Outputs.GetText("apiVersion"), created.Inputs.GetText("apiVersion")));
    }

    [Fact]
    public async Task Create_OfAKindThatIsServedNowhere_FailsAtOnceAndSaysWhatIsServed()
    {
        Serve("HorizontalPodAutoscaler", ["autoscaling/v1"]);
        var driver = await ProviderDriver.ConnectAsync(Server.Kubeconfig);
        var error = await Assert.ThrowsAsync<ProviderException>(() => driver.CreateAsync("kubernetes:autoscaling/v2:HorizontalPodAutoscaler", "a", """
            {"metadata":{"name":"a"},"spec":{"maxReplicas":2,"scaleTargetRef":{"kind":"Deployment","name":"web"}}}
            """, Token));
        Assert.Contains("It serves HorizontalPodAutoscaler in autoscaling/v1.", error.Message);
    }

    private void Serve(string kind, string[] versions)
    {
        var plural = $"{kind.ToLowerInvariant()}s";
        var groups = versions.GroupBy(version => version.Split('/')[0]).Select(group =>
            $$"""{"name":"{{group.Key}}","versions":[{{string.Join(',', group.Select(version => $$"""{"groupVersion":"{{version}}"}"""))}}]}""");
        Server.On("GET /api", """{"kind":"APIVersions","versions":["v1"]}""")
            .On("GET /api/v1", """{"resources":[]}""")
            .On("GET /apis", $$"""{"kind":"APIGroupList","groups":[{{string.Join(',', groups)}}]}""");
        foreach (var version in versions)
        {
            Server.On($"GET /apis/{version}", $$"""{"resources":[{"name":"{{plural}}","kind":"{{kind}}","namespaced":true}]}""");
        }
    }
}
