using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Rules;

/// <summary>Rules of Namespaces: the finalizer in their spec keeps them until they are empty.</summary>
internal sealed class NamespaceRules : KindRules
{
    /// <summary>The finalizer of all namespaces.</summary>
    public const string Finalizer = "kubernetes";

    private const string NameLabel = "kubernetes.io/metadata.name";

    public override string? NameFault(string name) => Names.LabelFault(name);

    public override JsonMap Default(JsonMap value) => value.Set(value.Name, "metadata", "labels", NameLabel);

    public override JsonMap PrepareForCreate(JsonMap value) => value
        .Default(JsonList.FromTexts([Finalizer]), "spec", "finalizers")
        .With("status", JsonMap.Of(("phase", "Active")));

    // The finalizers change through the subresource for them only.
    public override JsonMap PrepareForUpdate(JsonMap next, JsonMap current) => next.Set(current.At("spec", "finalizers"), "spec", "finalizers");
}
