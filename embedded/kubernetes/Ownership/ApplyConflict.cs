using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using FogInfra.Embedded.Kubernetes.Client;
using FogInfra.Embedded.Kubernetes.Objects;

namespace FogInfra.Embedded.Kubernetes.Ownership;

/// <summary>A field that another manager owns.</summary>
/// <param name="Field">The field, for example <c>.spec.replicas</c>.</param>
/// <param name="Manager">Its owner; empty when the server's words are not understood.</param>
/// <param name="Words">What the server says.</param>
internal sealed record FieldConflict(string Field, string Manager, string Words);

/// <summary>Reads and tells of conflicts of server-side apply.</summary>
internal static partial class ApplyConflict
{
    /// <summary>The conflicts that an error tells of.</summary>
    public static ImmutableArray<FieldConflict> Read(ApiException error) =>
        [.. error.Causes.Where(cause => cause.Reason == "FieldManagerConflict")
            .Select(cause => new FieldConflict(cause.Field, Owner().Match(cause.Message).Groups[1].Value, cause.Message))];

    /// <summary>Whether all fields are owned by managers whose fields may be taken without asking.</summary>
    public static bool MayBeForced(ImmutableArray<FieldConflict> conflicts, string own) =>
        conflicts.All(conflict => conflict.Manager != "" && FieldManager.MayBeTakenFrom(conflict.Manager, own));

    /// <summary>Says who owns what, and what can be done.</summary>
    public static string Explain(ImmutableArray<FieldConflict> conflicts, string own)
    {
        var text = new StringBuilder("Another field manager owns fields that this resource sets:");
        foreach (var conflict in conflicts)
        {
            text.AppendLine().Append($"  {conflict.Field}: {conflict.Words}");
        }

        var paths = string.Join(", ", conflicts.Select(conflict => $"\"{PathOf(conflict.Field)}\"").Distinct());
        return text.AppendLine()
            .Append($"To leave them to their owner, remove them from the program or set the resource option ignoreChanges: [{paths}]. ")
            .Append($"To take them over, set the annotation {Annotations.PatchForce}: \"true\". This resource's own field manager is {own}.")
            .ToString();
    }

    // .spec.template.spec.containers[name="web"].image is told without the item, which ignoreChanges counts by number.
    private static string PathOf(string field) => ItemKeys().Replace(field.TrimStart('.'), "[*]");

    [GeneratedRegex("conflict with \"([^\"]+)\"")]
    private static partial Regex Owner();

    [GeneratedRegex("\\[[^\\]]*=[^\\]]*\\]")]
    private static partial Regex ItemKeys();
}
