using System.Diagnostics;

namespace FogInfra.Tests;

/// <summary>Runs scripts on Node with the public gRPC implementation, where both are there.</summary>
internal static class NodeFixture
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "node");

    public static string Protos { get; } = Path.Combine(AppContext.BaseDirectory, "protos");

    /// <summary>Skips a test, and says how to get what it needs, on a machine without Node or the packages.</summary>
    public static void Require()
    {
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(PackagesFolder(), "@grpc", "grpc-js")),
            "needs Node 18 or later and grpc-js: run 'npm ci --ignore-scripts' in tests/Protocol/node, then build again");
    }

    public static Process Start(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo("node")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Folder,
            Environment = { ["NODE_PATH"] = PackagesFolder() },
        };
        start.ArgumentList.Add(script);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start) ?? throw new InvalidOperationException("Node did not start.");
    }

    // The packages stay where npm put them, next to the sources.
    private static string PackagesFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !Directory.Exists(Path.Combine(folder.FullName, "node", "node_modules")))
        {
            folder = folder.Parent;
        }

        return folder is null ? "" : Path.Combine(folder.FullName, "node", "node_modules");
    }
}
