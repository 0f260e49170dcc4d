using System.Security.Cryptography;
using System.Text;
using FogInfra.Model;
using FogInfra.Rollout.Planning;

namespace FogInfra.Rollout.Stacks;

/// <summary>
/// Remembers with which inputs each stack had its last good update, as a hash in its workspace. A stack of which an update began and did
/// not end well is not remembered, so that it is looked at again however much its inputs look like those of before.
/// </summary>
internal sealed class SettledStacks(ProjectLayout project, StackWorkspaces workspaces)
{
    private const string FileName = "settled";
    private const string DeployedFile = "deployed.json";
    private static readonly string[] NotSources = ["bin", "obj", "node_modules", ".git", ".pulumi"];

    // The program is an input too: with another one the same workload may mean something else.
    private static readonly Lazy<string> BuiltIn = new(() =>
        $"{typeof(FogInfra.Stacks.FogStack).Module.ModuleVersionId} {typeof(FogInfra.Components.LayeredApplication).Module.ModuleVersionId}");

    /// <summary>The hash of all that decides what a stack brings to its cluster.</summary>
    public string HashOf(Cluster cluster, ClusterWorkload workload)
    {
        var context = (cluster.Engine as ClusterEngine.Existing)?.Context;
        var inputs = string.Join('\n', WorkloadJson.Write(workload), project.KubeconfigFile(cluster), context, ProgramOf(workload));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(inputs)));
    }

    /// <summary>
    /// What the last good update from this machine brought about; null when there was none. For stacks of programs that do not tell it as
    /// an output themselves.
    /// </summary>
    public ClusterWorkload? DeployedTo(StackId stack)
    {
        var file = Path.Combine(workspaces.FolderOf(stack), DeployedFile);
        return File.Exists(file) ? WorkloadJson.Read(File.ReadAllText(file)) : null;
    }

    /// <summary>Whether the last update of a stack was good, and had these inputs.</summary>
    public bool IsSettled(StackId stack, Cluster cluster, ClusterWorkload workload)
    {
        try
        {
            return File.ReadAllText(PathOf(stack)) == HashOf(cluster, workload);
        }
        catch (IOException)
        {
            return false; // There is none.
        }
    }

    /// <summary>An update begins.</summary>
    public void Forget(StackId stack) => File.Delete(PathOf(stack));

    /// <summary>An update has ended well.</summary>
    public void Remember(StackId stack, Cluster cluster, ClusterWorkload workload)
    {
        Replace(Path.Combine(workspaces.FolderOf(stack), DeployedFile), WorkloadJson.Write(workload));
        Replace(PathOf(stack), HashOf(cluster, workload));
    }

    private static void Replace(string file, string text)
    {
        var temporary = $"{file}.new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite; // Workloads may hold values of environment variables.
        }

        using (var writer = new StreamWriter(temporary, options))
        {
            writer.Write(text);
        }

        File.Move(temporary, file, overwrite: true);
    }

    private string ProgramOf(ClusterWorkload workload)
    {
        if (workload.Program is not { } program)
        {
            return BuiltIn.Value;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Sources(new DirectoryInfo(Path.GetFullPath(program.Folder, project.Root))).OrderBy(file => file.FullName, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(file.FullName));
            hash.AppendData(File.ReadAllBytes(file.FullName));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static IEnumerable<FileInfo> Sources(DirectoryInfo folder) => !folder.Exists ? [] : folder.EnumerateFiles()
        .Concat(folder.EnumerateDirectories().Where(inner => !NotSources.Contains(inner.Name)).SelectMany(Sources));

    private string PathOf(StackId stack) => Path.Combine(workspaces.FolderOf(stack), FileName);
}
