namespace Pulumi;

/// <summary>Names a package for which a resource or function is meant, with its parameters.</summary>
public sealed class RegisterPackageRequest
{
    /// <summary>Names a package.</summary>
    /// <param name="name">The plugin's name.</param>
    /// <param name="version">The plugin's version.</param>
    /// <param name="downloadUrl">Where the plugin is to be had; null for the usual place.</param>
    /// <param name="checksums">Checksums of the plugin, by platform.</param>
    /// <param name="parameterization">What the plugin is turned into.</param>
    public RegisterPackageRequest(
        string name,
        string version,
        string? downloadUrl,
        Dictionary<string, byte[]>? checksums,
        PackageParameterization? parameterization)
        : this(name, version, downloadUrl, checksums, parameterization, extension: null)
    {
    }

    /// <summary>Names a package.</summary>
    /// <param name="name">The plugin's name.</param>
    /// <param name="version">The plugin's version.</param>
    /// <param name="downloadUrl">Where the plugin is to be had; null for the usual place.</param>
    /// <param name="checksums">Checksums of the plugin, by platform.</param>
    /// <param name="parameterization">What the plugin is turned into.</param>
    /// <param name="extension">What the plugin is extended by.</param>
    public RegisterPackageRequest(
        string name,
        string version,
        string? downloadUrl,
        Dictionary<string, byte[]>? checksums = null,
        PackageParameterization? parameterization = null,
        PackageParameterization? extension = null)
    {
        Name = name;
        Version = version;
        DownloadUrl = downloadUrl ?? "";
        Checksums = checksums ?? [];
        Parameterization = parameterization;
        Extension = extension;
    }

    /// <summary>The plugin's name.</summary>
    public string Name { get; }

    /// <summary>The plugin's version.</summary>
    public string Version { get; }

    /// <summary>Where the plugin is to be had; empty for the usual place.</summary>
    public string DownloadUrl { get; }

    /// <summary>Checksums of the plugin, by platform.</summary>
    public Dictionary<string, byte[]> Checksums { get; }

    /// <summary>What the plugin is turned into.</summary>
    public PackageParameterization? Parameterization { get; }

    /// <summary>What the plugin is extended by.</summary>
    public PackageParameterization? Extension { get; }

    /// <summary>The package that a plugin is turned into or extended by.</summary>
    public sealed class PackageParameterization
    {
        /// <summary>Names the package.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="version">Its version.</param>
        /// <param name="value">What the plugin needs to know; only it can read this.</param>
        public PackageParameterization(string name, string version, byte[] value)
        {
            Name = name;
            Version = version;
            Value = value;
        }

        /// <summary>The package's name.</summary>
        public string Name { get; }

        /// <summary>The package's version.</summary>
        public string Version { get; }

        /// <summary>What the plugin needs to know; only it can read this.</summary>
        public byte[] Value { get; }
    }
}
