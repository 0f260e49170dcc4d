using FogInfra.Embedded.Kubernetes.Client;

namespace FogInfra.Embedded.Kubernetes.Readiness.Rules;

/// <summary>
/// An Ingress is ready when its controller has published an address. Where no ingress class says that there is a controller, there may be
/// one that publishes none: such an Ingress counts as ready after a short wait. A class that does not exist is a mistake.
/// </summary>
internal sealed class IngressRule : IReadinessRule
{
    private const string ClassAnnotation = "kubernetes.io/ingress.class";
    private const string DefaultClassAnnotation = "ingressclass.kubernetes.io/is-default-class";

    public Verdict Judge(Observation seen)
    {
        var target = seen.Target;
        if (target.Items("status", "loadBalancer", "ingress").Any())
        {
            return Verdict.Ready();
        }

        const string Wait = "waiting for an ingress controller to publish an address";
        if (!seen.Knows(RelatedKinds.IngressClasses))
        {
            return Verdict.Waiting(Wait);
        }

        var classes = seen.Of(RelatedKinds.IngressClasses);
        if (target.Text("spec", "ingressClassName") is { } name)
        {
            return classes.Any(item => item.Name == name)
                ? Verdict.Waiting(Wait)
                : Verdict.Waiting(Wait, new Problem($"{target.Uid}/class", $"ingress {target.Name}", "NoSuchClass", $"there is no ingress class {name}")
                {
                    Tolerance = seen.Options.IngressWithoutController,
                });
        }

        var left = seen.Options.IngressWithoutController - seen.Elapsed;
        var hasController = classes.Any(item => item.Annotation(DefaultClassAnnotation) == "true" || item.Name == target.Annotation(ClassAnnotation));
        return hasController ? Verdict.Waiting(Wait)
            : left > TimeSpan.Zero ? Verdict.Waiting(Wait) with { LookAgainAfter = left }
            : Verdict.Ready("No ingress controller has published an address; none is waited for any longer, as no ingress class names a controller.");
    }

    public IEnumerable<RelatedObjects> Related(Observation seen) =>
        [new RelatedObjects(RelatedKinds.IngressClasses, [RelatedKinds.IngressClass], null, ObjectSelection.All)];
}
