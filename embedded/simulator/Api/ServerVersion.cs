using System.Runtime.InteropServices;
using FogInfra.Embedded.Kubernetes.Schema;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Api;

/// <summary>The version that clusters say they have: that of the schema, marked as simulated.</summary>
internal static class ServerVersion
{
    /// <summary>The version, for example <c>v1.36.0-simulated</c>.</summary>
    public static string Git { get; } = $"v{KubernetesSchema.BuiltIn.Release}.0-simulated";

    /// <summary>The version of the nodes' kubelets.</summary>
    public static string Kubelet { get; } = $"v{KubernetesSchema.BuiltIn.Release}.0";

    /// <summary>The document at <c>/version</c>.</summary>
    public static JsonMap Document { get; } = Describe();

    private static JsonMap Describe()
    {
        var release = KubernetesSchema.BuiltIn.Release.Split('.');
        var platform = $"{(OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux")}/{Architecture}";
        return JsonMap.Of(
            ("major", release[0]), ("minor", release[1]), ("emulationMajor", release[0]), ("emulationMinor", release[1]), ("gitVersion", Git),
            ("gitCommit", "simulated"), ("gitTreeState", "clean"), ("buildDate", "1970-01-01T00:00:00Z"), ("goVersion", "none"), ("compiler", "none"), ("platform", platform));
    }

    /// <summary>The machine's architecture in the words of Go and of node labels.</summary>
    public static string Architecture => RuntimeInformation.OSArchitecture == System.Runtime.InteropServices.Architecture.Arm64 ? "arm64" : "amd64";
}
