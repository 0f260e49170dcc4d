using System.Globalization;
using FogInfra.Rollout.Gates;

namespace FogInfra.Rollout.Show;

/// <summary>Evidence in words.</summary>
internal static class EvidenceText
{
    /// <summary><c>edge-1 passed: healthy = true (stack outputs, 2.0 s old, update 1)</c>.</summary>
    public static string Of(Evidence evidence, DateTimeOffset now) => string.Create(
        CultureInfo.InvariantCulture,
        $"{evidence.Stack?.Cluster ?? "ring"} {ReportJson.Name(evidence.Verdict)}: {evidence.Value} ({evidence.Source}, {Math.Max(0, (now - evidence.ObservedAt).TotalSeconds):0.0} s old{(evidence.Generation is { } generation ? $", update {generation}" : "")})");
}
