using System.Text.RegularExpressions;
using FogInfra.Embedded.Engine.State;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.Steps;

/// <summary>The names of the providers that the engine makes where a program names none.</summary>
internal static partial class DefaultProviderName
{
    private const string Default = "default";

    /// <summary>Whether a resource is a provider that the engine made.</summary>
    public static bool Is(Urn urn) =>
        ProviderReference.IsProviderType(urn.Type) && (urn.Name == Default || urn.Name.StartsWith($"{Default}_", StringComparison.Ordinal));

    /// <summary>The name of the default provider of a version and download address; both may be empty.</summary>
    public static string Of(string version, string downloadUrl)
    {
        var name = version.Length == 0 ? Default : $"{Default}_{NotNameSafe().Replace(version.TrimStart('v'), "_")}";
        return downloadUrl.Length == 0 ? name : $"{name}_{NotNameSafe().Replace(downloadUrl, "_")}";
    }

    [GeneratedRegex("[^a-zA-Z0-9]+")]
    private static partial Regex NotNameSafe();
}
