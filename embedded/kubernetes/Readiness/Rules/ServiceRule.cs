using System.Text.Json;
using FogInfra.Embedded.Kubernetes.Client;

namespace FogInfra.Embedded.Kubernetes.Readiness.Rules;

/// <summary>
/// A Service is ready when it has its address and, if it is new, leads to the pods that were ready when it was made. Where there were none
/// there is nothing to wait for: pods that are not ready are the matter of whatever runs them, and the endpoint controller adds them when
/// they are. So most Services are ready at once, where pulumi-kubernetes waits until ten seconds have passed without a change of endpoints.
/// </summary>
internal sealed class ServiceRule : IReadinessRule
{
    public Verdict Judge(Observation seen)
    {
        var target = seen.Target;
        if (target.Text("spec", "type") == "LoadBalancer" && !target.Items("status", "loadBalancer", "ingress").Any())
        {
            return Verdict.Waiting("waiting for a load balancer to give it an address");
        }

        if (!seen.IsNew || !HasEndpoints(target) || (seen.Knows(RelatedKinds.Pods) && !AnyReady(seen)) || IsPublished(seen))
        {
            return Verdict.Ready();
        }

        var left = seen.Options.Endpoints - seen.Elapsed;
        return left <= TimeSpan.Zero
            ? Verdict.Ready("No endpoints have been published for the service yet.")
            : Verdict.Waiting("waiting for its endpoints") with { LookAgainAfter = left };
    }

    public IEnumerable<RelatedObjects> Related(Observation seen)
    {
        if (!seen.IsNew || !HasEndpoints(seen.Target))
        {
            yield break;
        }

        var labels = LabelSelectors.FromLabels(seen.Target.At("spec", "selector"));
        yield return RelatedObjects.Beside(seen.Target, RelatedKinds.Pods, RelatedKinds.Pod, labels) with { Once = true };
        if (AnyReady(seen))
        {
            yield return new RelatedObjects(
                RelatedKinds.Endpoints, [RelatedKinds.EndpointSlice, RelatedKinds.LegacyEndpoints], seen.Target.Namespace, ObjectSelection.All);
        }
    }

    // Without a selector somebody else makes the endpoints; a headless service is only names, an external one is a name elsewhere.
    private static bool HasEndpoints(KubeObject service) =>
        service.Text("spec", "type") != "ExternalName"
        && service.Text("spec", "clusterIP") != "None"
        && service.At("spec", "selector").ValueKind == JsonValueKind.Object
        && service.At("spec", "selector").EnumerateObject().Any();

    private static bool AnyReady(Observation seen) =>
        seen.Of(RelatedKinds.Pods).Any(pod => !pod.IsDeleting && pod.Condition("Ready")?.IsTrue == true);

    // A slice names the service that it is for; the older Endpoints object has the service's name.
    private static bool IsPublished(Observation seen) => seen.Of(RelatedKinds.Endpoints)
        .Where(endpoints => (endpoints.Label("kubernetes.io/service-name") ?? endpoints.Name) == seen.Target.Name)
        .Any(endpoints => endpoints.Items("endpoints").Any(IsReadyEndpoint) || endpoints.Items("subsets").Any(HasAddresses));

    // The API leaves the condition open where it is not known; it then counts as ready.
    private static bool IsReadyEndpoint(JsonElement endpoint) =>
        KubeObject.Child(KubeObject.Child(endpoint, "conditions"), "ready").ValueKind != JsonValueKind.False;

    private static bool HasAddresses(JsonElement subset) => KubeObject.ItemsOf(KubeObject.Child(subset, "addresses")).Any();
}
