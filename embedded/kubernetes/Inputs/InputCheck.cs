using System.Collections.Immutable;
using FogInfra.Embedded.Kubernetes.Objects;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;

namespace FogInfra.Embedded.Kubernetes.Inputs;

/// <summary>What a check needs to know beside the inputs.</summary>
/// <param name="DefaultNamespace">The namespace of objects that name none.</param>
/// <param name="IsNamespaced">Objects of the kind lie in namespaces.</param>
/// <param name="ServerIsNewer">The server is of a later release than the schema, so it may know fields that the schema does not.</param>
internal sealed record CheckContext(string DefaultNamespace, bool IsNamespaced, bool ServerIsNewer);

/// <summary>The outcome of a check, with what the user should be told although it is no failure.</summary>
internal sealed record InputCheckResult(PropertyMap Inputs, ImmutableArray<CheckFailure> Failures, ImmutableArray<string> Warnings);

/// <summary>Checks the inputs of an object and fills in what the program left out. Pure.</summary>
internal static class InputCheck
{
    /// <summary>Checks inputs.</summary>
    public static InputCheckResult Run(ResourceType type, CheckRequest request, CheckContext context)
    {
        if (Refusal(type, request.NewInputs) is { } refusal)
        {
            return new InputCheckResult(request.NewInputs, [refusal], []);
        }

        var inputs = InputNormaliser.Normalise(type, request.NewInputs);
        var failures = ImmutableArray.CreateBuilder<CheckFailure>();
        if (inputs.At("metadata", "name") is null && request.OldInputs.Count == 0 && !Autonaming.IsValidPrefix(type, request.Urn.Name))
        {
            failures.Add(new CheckFailure("metadata.name",
                $"is missing, and the resource's name '{request.Urn.Name}' cannot be made into one: "
                + "names of Kubernetes objects have lower-case letters, digits, '-' and '.'. Set metadata.name."));
        }

        inputs = Autonaming.Apply(inputs, request.OldInputs, request.Urn.Name, request.RandomSeed);
        inputs = PlaceInNamespace(inputs, context);
        var faults = SchemaValidator.Validate(type, inputs);
        if (!context.ServerIsNewer)
        {
            failures.AddRange(faults);
        }

        var warnings = Warnings(request).Concat(context.ServerIsNewer ? faults.Select(fault => $"{fault.Property}: {fault.Reason}") : []);
        return new InputCheckResult(inputs, failures.ToImmutable(), [.. warnings]);
    }

    private static CheckFailure? Refusal(ResourceType type, PropertyMap inputs)
    {
        if (type.IsList)
        {
            return new CheckFailure("", $"{type.Kind} is a list; declare its items as resources of the kind {type.Kind[..^"List".Length]}.");
        }

        if (type.IsPatch)
        {
            return new CheckFailure("", $"{type.Kind} is not supported: this provider has no Patch resources yet.");
        }

        if (inputs.TextAt("apiVersion") is { } apiVersion && apiVersion != type.ApiVersion)
        {
            return new CheckFailure("apiVersion", $"expected {type.ApiVersion}, as the resource's type {type.Token} says, but got {apiVersion}.");
        }

        if (inputs.TextAt("kind") is { } kind && kind != type.Kind)
        {
            return new CheckFailure("kind", $"expected {type.Kind}, as the resource's type {type.Token} says, but got {kind}.");
        }

        return inputs.At("metadata", "generateName") is not null && inputs.At("metadata", "name") is null
            ? new CheckFailure("metadata.generateName",
                "is not supported with server-side apply. Leave it out to get a generated name, or set metadata.name.")
            : null;
    }

    private static PropertyMap PlaceInNamespace(PropertyMap inputs, CheckContext context)
    {
        if (!context.IsNamespaced)
        {
            return inputs.WithoutAt("metadata", "namespace");
        }

        return inputs.At("metadata", "namespace") is null or PropertyValue.Text { Value: "" }
            ? inputs.WithAt(["metadata", "namespace"], context.DefaultNamespace)
            : inputs;
    }

    private static IEnumerable<string> Warnings(CheckRequest request)
    {
        foreach (var (name, _) in request.NewInputs.MapAt("metadata", "annotations") ?? PropertyMap.Empty)
        {
            // An import gives the inputs back that it has read.
            if (name == Annotations.Autonamed && !Autonaming.IsAutonamed(request.OldInputs))
            {
                yield return $"The annotation {name} is the provider's own; do not set it.";
            }
            else if (name.StartsWith(Annotations.Prefix, StringComparison.Ordinal) && !Annotations.Known.Contains(name))
            {
                yield return NearestName.Find(name, Annotations.Known) is { } nearest
                    ? $"The annotation {name} means nothing to the provider. Did you mean {nearest}?"
                    : $"The annotation {name} means nothing to the provider.";
            }
        }
    }
}
