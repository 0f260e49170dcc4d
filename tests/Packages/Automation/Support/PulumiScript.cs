using Pulumi.Automation;

namespace FogInfra.Tests;

/// <summary>What the fake <c>pulumi</c> does in one workspace.</summary>
internal sealed class PulumiScript : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <param name="script">A script of the POSIX shell; "$@" are the arguments.</param>
    public PulumiScript(string script) => File.WriteAllText(_folder["script"], script);

    /// <summary>The variables by which the fake finds the script.</summary>
    public Dictionary<string, string?> Environment => new() { [FakePulumi.FolderVariable] = _folder.Path };

    /// <summary>The path of a file that script and test share.</summary>
    public string this[string name] => _folder[name];

    /// <summary>The arguments of the last command.</summary>
    public string[] Arguments => File.ReadAllLines(_folder["arguments"]);

    public Task<LocalWorkspace> CreateWorkspaceAsync() => LocalWorkspace.CreateAsync(
        new LocalWorkspaceOptions { EnvironmentVariables = Environment }, TestContext.Current.CancellationToken);

    public void Dispose() => _folder.Dispose();
}
