using FogInfra.Embedded.Kubernetes.Objects;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Kubernetes.Inputs;

/// <summary>The inputs that would make an object that somebody else made. Defaults that the server filled in are among them. Pure.</summary>
internal static class ImportedInputs
{
    /// <summary>Makes the inputs of an object.</summary>
    public static PropertyMap Of(ResourceType type, PropertyMap live)
    {
        var inputs = live.Without("status")
            .WithoutAt("metadata", "annotations", Annotations.LastApplied)
            .WithoutAt("metadata", "annotations", Annotations.Revision);
        if (inputs.MapAt("metadata", "annotations")?.Count == 0)
        {
            inputs = inputs.WithoutAt("metadata", "annotations");
        }

        return InputNormaliser.Normalise(type, inputs);
    }
}
