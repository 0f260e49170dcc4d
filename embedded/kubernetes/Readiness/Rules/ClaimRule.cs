using FogInfra.Embedded.Kubernetes.Client;

namespace FogInfra.Embedded.Kubernetes.Readiness.Rules;

/// <summary>
/// A PersistentVolumeClaim is ready when it is bound, or when its storage class binds it only once a pod uses it: waiting for that would
/// be waiting for a pod that may be waiting for us.
/// </summary>
internal sealed class ClaimRule : IReadinessRule
{
    private const string DefaultClassAnnotation = "storageclass.kubernetes.io/is-default-class";

    public Verdict Judge(Observation seen)
    {
        var target = seen.Target;
        switch (target.Text("status", "phase"))
        {
            case "Bound":
                return Verdict.Ready();
            case "Lost":
                return Verdict.Failed("the claim has lost its volume");
        }

        var wanted = target.Text("spec", "storageClassName");
        var storage = seen.Of(RelatedKinds.StorageClasses).FirstOrDefault(item =>
            wanted is null ? item.Annotation(DefaultClassAnnotation) == "true" : item.Name == wanted);
        return storage?.Text("volumeBindingMode") == "WaitForFirstConsumer"
            ? Verdict.Ready()
            : Verdict.Waiting(
                $"waiting for a volume{(wanted is { Length: > 0 } ? $" of the storage class {wanted}" : "")}",
                new Problem($"{target.Uid}/volume", $"claim {target.Name}", "NoVolume", "no volume is bound to it") { Kind = ProblemKind.Volume, Pod = target });
    }

    public IEnumerable<RelatedObjects> Related(Observation seen) =>
        [new RelatedObjects(RelatedKinds.StorageClasses, [RelatedKinds.StorageClass], null, ObjectSelection.All)];
}
