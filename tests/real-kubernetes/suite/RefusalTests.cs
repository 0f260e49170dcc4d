using FogInfra.Embedded.Provider;
using FogInfra.Tests.Kubernetes.Support;

namespace FogInfra.Tests.Kubernetes.Behaviours;

/// <summary>What a real cluster refuses or leaves undone, and a simulated one lets pass.</summary>
public sealed class RefusalTests(TestCluster cluster) : IClassFixture<TestCluster>
{
    private const string Deployment = "kubernetes:apps/v1:Deployment";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Deployment_LimitThatItsContainersExceed_IsNamed()
    {
        var (driver, _, _) = await cluster.ConnectAsync(Token);
        await driver.CreateAsync("kubernetes:core/v1:LimitRange", "small", """{"metadata":{"name":"small"},"spec":{"limits":[{"type":"Container","max":{"memory":"64Mi"}}]}}""", Token);
        var error = await FailsAsync(driver.CreateAsync(
            Deployment, "web", Web("web:1", container: ",\"resources\":{\"limits\":{\"memory\":\"128Mi\"},\"requests\":{\"memory\":\"128Mi\"}}"), Token));
        Assert.Contains("maximum memory usage per Container is 64Mi", string.Join('\n', error.Reasons));
    }

    [Fact]
    public async Task Deployment_ServiceAccountThatDoesNotExist_IsNamed()
    {
        var (driver, _, _) = await cluster.ConnectAsync(Token);
        var error = await FailsAsync(driver.CreateAsync(Deployment, "web", Web("web:1", pod: ",\"serviceAccountName\":\"nobody\""), Token));
        Assert.Contains("serviceaccount \"nobody\" not found", string.Join('\n', error.Reasons));
    }

    [Fact]
    public async Task Ingress_OfAClassThatDoesNotExist_IsTold()
    {
        var (driver, _, _) = await cluster.ConnectAsync(Token);
        var error = await FailsAsync(driver.CreateAsync(
            "kubernetes:networking.k8s.io/v1:Ingress", "i", """{"metadata":{"name":"i"},"spec":{"ingressClassName":"nowhere","defaultBackend":{"service":{"name":"web","port":{"number":80}}}}}""", Token));
        Assert.Contains("there is no ingress class nowhere", error.Reasons.Single());
    }

    private static async Task<ResourceInitException> FailsAsync(Task operation) => await Assert.ThrowsAsync<ResourceInitException>(() => operation);

    private static string Web(string image, string pod = "", string container = "") => $$"""
        {"metadata":{"name":"web"},"spec":{"replicas":1,"selector":{"matchLabels":{"app":"web"} },
         "template":{"metadata":{"labels":{"app":"web"} },"spec":{"containers":[{"name":"web","image":"{{image}}"{{container}} }]{{pod}} } } } }
        """;
}
