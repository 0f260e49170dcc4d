using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using FogInfra.Model;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Preview;

namespace FogInfra.Tests.Preview;

/// <summary>Previews for tests.</summary>
internal static class Previews
{
    public static StackPreview Stack(string cluster, params ImmutableArray<ResourceChange> changes) => new()
    {
        Stack = new StackId("shop", cluster),
        Ring = "rest",
        Layer = Layer.Edge,
        Parent = "fog-1",
        Changes = changes,
        Unchanged = 3,
    };

    public static ResourceChange Update(string cluster, params ImmutableArray<PropertyChange> properties) =>
        new(ResourceOperation.Update, "kubernetes:apps/v1:Deployment", $"shop-{cluster}-web", properties);

    public static PropertyChange Image(string from, string to) =>
        new("spec.template.spec.containers[0].image", $"\"shop/web:{from}\"", $"\"shop/web:{to}\"");

    public static FleetPreview Fleet(params IEnumerable<StackPreview> stacks) => new()
    {
        Fleet = "example",
        Rings = [new PreviewedRing("core", ["services.*.readyReplicas atLeast 2"]), new PreviewedRing("pilot", ["healthy is true"]), new PreviewedRing("rest", [])],
        Stacks = [.. stacks],
        Arguments = ["--set", "web=2.0.0"],
    };

    /// <summary>
    /// 200 stacks: 2 in the cloud that stay, 18 of the fog and 180 of the edge that get a new version, three of the edge unlike the rest:
    /// one replaces its Deployment, one loses a volume, one is passed by. A new version is as the real previews of CommentTests have it.
    /// </summary>
    public static FleetPreview Large() => Fleet(
    [
        .. Enumerable.Range(1, 2).Select(number => Stack($"cloud-{number}") with { Ring = "core", Layer = Layer.Cloud, Parent = null, Unchanged = null }),
        .. Enumerable.Range(1, 18).Select(number => NewVersion($"fog-{number}") with { Ring = number < 4 ? "pilot" : "rest", Layer = Layer.Fog, Parent = $"cloud-{1 + (number % 2)}" }),
        .. Enumerable.Range(1, 180).Select(number => OfEdge(number) with { Ring = number < 20 ? "pilot" : "rest", Parent = $"fog-{1 + (number % 18)}" }),
    ]) with { ExpectedDuration = "about 14 minutes" };

    private static StackPreview OfEdge(int number) => $"edge-{number}" switch
    {
        "edge-17" and var cluster => Stack(
            cluster,
            Update(cluster, new PropertyChange("spec.selector.matchLabels.tier", "\"back\"", "\"front\"", Replaces: true), Image("1.0.0", "2.0.0")) with { Operation = ResourceOperation.Replace }),
        "edge-99" and var cluster => Stack(
            cluster,
            [new ResourceChange(ResourceOperation.Delete, "kubernetes:core/v1:PersistentVolumeClaim", $"shop-{cluster}-cart", []), .. NewVersion(cluster).Changes]),
        "edge-150" and var cluster => Stack(cluster),
        var cluster => NewVersion(cluster),
    };

    private static StackPreview NewVersion(string cluster) => Stack(
        cluster,
        Record(
            ResourceOperation.Replace,
            $"shop-{cluster}-web-rollout",
            Replacing("metadata.annotations[\"foginfra.dev/workload\"]", "57c318cd9133f41f", "effc9053681de3b1"),
            Replacing("metadata.labels[\"app.kubernetes.io/version\"]", "1.0.0", "2.0.0"),
            Replacing($"spec.deployments.{cluster.Split('-')[0]}.containers[0].image", "shop/web:1.0.0", "shop/web:2.0.0"),
            Replacing("spec.version", "1.0.0", "2.0.0")),
        Update(
            cluster,
            new PropertyChange("metadata.labels[\"app.kubernetes.io/version\"]", "\"1.0.0\"", "\"2.0.0\""),
            new PropertyChange("spec.template.metadata.labels[\"app.kubernetes.io/version\"]", "\"1.0.0\"", "\"2.0.0\""),
            Image("1.0.0", "2.0.0")),
        Record(
            ResourceOperation.Update,
            $"shop-{cluster}-web-rollout-status",
            new PropertyChange("status.ready", "\"1/1\"", PropertyDiffs.Unknown),
            new PropertyChange("status.rollout", $"\"{UidOf(cluster)}\"", PropertyDiffs.Unknown),
            new PropertyChange("status.version", "\"1.0.0\"", "\"2.0.0\"")));

    private static ResourceChange Record(ResourceOperation operation, string name, params ImmutableArray<PropertyChange> properties) =>
        new(operation, "kubernetes:paguos.io/v1alpha1:FogRollout", name, properties);

    private static PropertyChange Replacing(string path, string before, string after) => new(path, $"\"{before}\"", $"\"{after}\"", Replaces: true);

    // One for each cluster, as their API servers give them.
    private static Guid UidOf(string cluster) => new(SHA256.HashData(Encoding.UTF8.GetBytes(cluster)).AsSpan(0, 16));
}
