using System.Reflection;
using System.Runtime.Loader;

namespace FogInfra.Tests;

/// <summary>
/// The assemblies of the real packages, apart from the stand-ins of the same names that the tests are built with. Their folder is that of
/// a program built with FogPackages=nuget, where NuGet has put every assembly that they need.
/// </summary>
internal sealed class RealPackages : AssemblyLoadContext
{
    private readonly string folder;

    private RealPackages(string folder)
        : base(nameof(RealPackages)) => this.folder = folder;

    /// <summary>The packages that this test project was built beside; null when it was built with the stand-ins alone.</summary>
    public static RealPackages? Find()
    {
        var folder = typeof(RealPackages).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(attribute => attribute.Key == nameof(RealPackages))?.Value;
        return folder is null ? null : new RealPackages(folder);
    }

    /// <summary>The real assembly of a name.</summary>
    public Assembly Load(string name) => LoadFromAssemblyPath(PathOf(name));

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName) =>
        File.Exists(PathOf(assemblyName.Name!)) ? Load(assemblyName.Name!) : null;

    private string PathOf(string name) => Path.Combine(folder, $"{name}.dll");
}
