using FogInfra.Model.Documents;

namespace FogInfra.Model;

/// <summary>The form of versions: that of an image's tag, since a version can become one.</summary>
public static class ServiceVersion
{
    /// <summary>The form in words.</summary>
    public static string Rule => Names.VersionRule;

    /// <summary>Whether a text is a version.</summary>
    public static bool IsValid(string text) => Names.IsVersion(text);
}
