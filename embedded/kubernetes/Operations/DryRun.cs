using FogInfra.Embedded.Kubernetes.Client;

namespace FogInfra.Embedded.Kubernetes.Operations;

/// <summary>Tells the failures of a dry run that the real run need not have.</summary>
internal static class DryRun
{
    /// <summary>Whether a failure of a dry run says nothing about the real run.</summary>
    public static bool SaysNothing(ApiException error) =>
        error.IsMissingNamespace // It may be part of the same update.
        || error.IsForbidden // Who previews may be allowed less than who updates.
        || (error.IsUnservedPath && error.IsStatus) // The definition of the kind may be part of the same update.
        || error.Message.Contains("does not support dry run", StringComparison.Ordinal)
        || error.Message.Contains("dryRun is not supported", StringComparison.OrdinalIgnoreCase);
}
