using FogInfra.Embedded.Protocol.Messages;

namespace FogInfra.Embedded.Engine.Monitor;

/// <summary>The features of the protocol that this engine has; programs ask before they use one.</summary>
internal static class MonitorFeatures
{
    private static readonly Dictionary<string, ResourceMonitorFeature> ById = new(StringComparer.Ordinal)
    {
        ["secrets"] = ResourceMonitorFeature.Secrets,
        ["resourceReferences"] = ResourceMonitorFeature.ResourceReferences,
        ["aliasSpecs"] = ResourceMonitorFeature.AliasSpecs,
        ["replacementTrigger"] = ResourceMonitorFeature.ReplacementTrigger,
        ["deletedWith"] = ResourceMonitorFeature.DeletedWith,
        ["replaceWith"] = ResourceMonitorFeature.ReplaceWith,
        ["outputValues"] = ResourceMonitorFeature.OutputValues,
        ["transforms"] = ResourceMonitorFeature.Transforms,
        ["invokeTransforms"] = ResourceMonitorFeature.InvokeTransforms,
        ["resourceHooks"] = ResourceMonitorFeature.ResourceHooks,
        ["errorHooks"] = ResourceMonitorFeature.ErrorHooks,
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyCollection<ResourceMonitorFeature> All => ById.Values;

    /// <summary>Whether there is a feature of that name; unknown names are no error.</summary>
    public static bool Has(string id) => ById.ContainsKey(id);
}
