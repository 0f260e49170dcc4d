using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.Providers;

/// <summary>The inputs of provider resources that are for the engine, not for the provider.</summary>
internal static class ProviderInputs
{
    private const string VersionKey = "version";
    private const string InternalKey = "__internal";
    private const string DownloadUrlKey = "pluginDownloadURL";

    /// <summary>The version that the inputs ask for; or empty.</summary>
    public static string Version(PropertyMap inputs) =>
        inputs.GetMap(InternalKey)?.GetText(VersionKey) ?? inputs.GetText(VersionKey) ?? "";

    /// <summary>Where the plugin can be had; or empty.</summary>
    public static string DownloadUrl(PropertyMap inputs) => inputs.GetMap(InternalKey)?.GetText(DownloadUrlKey) ?? "";

    /// <summary>The inputs with the engine's own set; nothing is added when there is nothing to say.</summary>
    public static PropertyMap With(PropertyMap inputs, string version, string downloadUrl)
    {
        if (version.Length == 0 && downloadUrl.Length == 0)
        {
            return inputs;
        }

        var own = downloadUrl.Length == 0 ? PropertyMap.Empty : PropertyMap.Of((DownloadUrlKey, downloadUrl));
        var result = inputs.With(InternalKey, own);
        return version.Length == 0 ? result : result.With(VersionKey, version);
    }

    /// <summary>The inputs as the provider gets them.</summary>
    public static PropertyMap ForProvider(PropertyMap inputs) => inputs.Without(InternalKey);

    /// <summary>The inputs that a check took part in, with those put back that only the engine knows.</summary>
    public static PropertyMap Restore(PropertyMap checkedInputs, PropertyMap given) =>
        given[InternalKey] is { } own ? checkedInputs.With(InternalKey, own) : checkedInputs;
}
