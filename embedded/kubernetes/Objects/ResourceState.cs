using FogInfra.Embedded.Kubernetes.Client;
using FogInfra.Embedded.Kubernetes.Inputs;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Kubernetes.Objects;

/// <summary>
/// The outputs of a resource: the object as it is in the cluster, and what the provider has to remember. What is secret in the inputs is
/// secret in the outputs.
/// </summary>
internal static class ResourceState
{
    /// <summary>Makes the outputs of an object.</summary>
    /// <param name="type">The object's type.</param>
    /// <param name="live">The object.</param>
    /// <param name="inputs">The inputs that made it so.</param>
    /// <param name="manager">The name of the field manager.</param>
    /// <param name="old">The outputs until now, or null for a new resource.</param>
    public static PropertyMap Outputs(ResourceType type, KubeObject live, PropertyMap inputs, string manager, PropertyMap? old)
    {
        return SecretMarks.Apply(type, ApiObject(type, live), inputs)
            .With(StateKeys.Inputs, inputs)
            .With(StateKeys.InitialApiVersion, old?.GetText(StateKeys.InitialApiVersion) ?? type.ApiVersion)
            .With(StateKeys.FieldManager, manager);
    }

    /// <summary>
    /// What a preview can say of the outputs: what a dry run gave, without what only the real run decides, so that no program takes a made-up
    /// value for a real one.
    /// </summary>
    public static PropertyMap Foretold(ResourceType type, KubeObject dryRun, PropertyMap inputs, bool isNew)
    {
        var item = ApiObject(type, dryRun).Without("status").WithoutAt("metadata", "managedFields").WithoutAt("metadata", "resourceVersion");
        if (isNew)
        {
            item = item.WithoutAt("metadata", "uid").WithoutAt("metadata", "creationTimestamp").WithoutAt("metadata", "selfLink");
            item = type is { ApiVersion: "v1", Kind: "Service" } ? WithoutAllocated(item, inputs) : item;
        }

        return SecretMarks.Apply(type, item, inputs);
    }

    /// <summary>The object as the API gave it, in the form of state.</summary>
    public static PropertyMap ApiObject(ResourceType type, KubeObject live)
    {
        // Items of lists and watches do not say of what kind they are.
        var item = ObjectJson.Read(live).With("apiVersion", type.ApiVersion).With("kind", type.Kind);
        return type.IsDefinition ? DefinitionKeys.ToState(item) : item;
    }

    /// <summary>The object as it was seen last, in the form of inputs.</summary>
    public static PropertyMap Live(PropertyMap outputs) =>
        outputs.Without(StateKeys.Inputs, StateKeys.InitialApiVersion, StateKeys.FieldManager);

    // Addresses that a dry run makes up are not those that the real run will get.
    private static PropertyMap WithoutAllocated(PropertyMap service, PropertyMap inputs)
    {
        foreach (var field in (ReadOnlySpan<string>)["clusterIP", "clusterIPs", "healthCheckNodePort"])
        {
            service = inputs.At("spec", field) is null ? service.WithoutAt("spec", field) : service;
        }

        return service;
    }
}
