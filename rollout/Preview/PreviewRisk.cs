using System.Collections.Immutable;
using FogInfra.Model.Documents;

namespace FogInfra.Rollout.Preview;

/// <summary>What deserves a second look before a change is rolled out.</summary>
public enum PreviewRisk
{
    /// <summary>The preview failed, so that nobody knows what would happen.</summary>
    Failed,

    /// <summary>Something that holds data is deleted or replaced.</summary>
    Data,

    /// <summary>A resource is replaced: the old one goes.</summary>
    Replaces,

    /// <summary>A resource is deleted.</summary>
    Deletes,

    /// <summary>A workload is left without pods.</summary>
    ScalesToZero,

    /// <summary>An image is named without a fixed tag, so that tomorrow it may be another one.</summary>
    MovingTag,

    /// <summary>A cluster changes unlike its peers.</summary>
    Outlier,
}

/// <summary>Finds risks. Pure functions.</summary>
internal static class PreviewRisks
{
    // Deleting one of these deletes what is in it: volumes, all of a namespace, all objects of a custom kind.
    private static readonly ImmutableHashSet<string> DataKinds = ["PersistentVolumeClaim", "PersistentVolume", "Namespace", "CustomResourceDefinition"];

    // The record of a service's rollout is written anew with each, and nothing but what it said of the last one goes with it.
    private const string RecordType = $"kubernetes:{FogRolloutReader.ApiVersion}:{FogRolloutReader.Kind}";

    /// <summary>The risks of a stack, each once, the gravest first.</summary>
    public static ImmutableSortedSet<PreviewRisk> Of(StackPreview stack) => [.. Find(stack)];

    /// <summary>The name for people.</summary>
    public static string Name(this PreviewRisk risk) => risk switch
    {
        PreviewRisk.Failed => "failed",
        PreviewRisk.Data => "data loss",
        PreviewRisk.Replaces => "replaces",
        PreviewRisk.Deletes => "deletes",
        PreviewRisk.ScalesToZero => "scales to zero",
        PreviewRisk.MovingTag => "moving tag",
        _ => "outlier",
    };

    /// <summary>Whether a change takes away what holds data.</summary>
    public static bool LosesData(ResourceChange change) => Destroys(change) && DataKinds.Contains(change.Kind);

    /// <summary>Whether a change takes a resource away, if only to make it anew.</summary>
    public static bool Destroys(ResourceChange change) =>
        change is { Operation: ResourceOperation.Delete } or { Operation: ResourceOperation.Replace, Type: not RecordType };

    private static IEnumerable<PreviewRisk> Find(StackPreview stack)
    {
        if (!stack.Failures.IsEmpty)
        {
            yield return PreviewRisk.Failed;
        }

        foreach (var change in stack.Changes)
        {
            if (LosesData(change))
            {
                yield return PreviewRisk.Data;
            }

            if (Destroys(change))
            {
                yield return change.Operation == ResourceOperation.Replace ? PreviewRisk.Replaces : PreviewRisk.Deletes;
            }

            if (change.Properties.Any(property => property is { Path: "spec.replicas", After: "0" }))
            {
                yield return PreviewRisk.ScalesToZero;
            }

            if (change.Properties.Any(HasMovingTag))
            {
                yield return PreviewRisk.MovingTag;
            }
        }
    }

    private static bool HasMovingTag(PropertyChange property) =>
        property.After is { } image && property.Path.EndsWith("].image", StringComparison.Ordinal) && image.EndsWith(":latest\"", StringComparison.Ordinal);
}
