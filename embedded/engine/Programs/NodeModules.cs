using System.Collections.Immutable;
using FogInfra.Embedded.Provider.Plugins;

namespace FogInfra.Embedded.Engine.Programs;

/// <summary>Finds modules as a Node.js program would.</summary>
internal static class NodeModules
{
    /// <summary>The file of a module, as it is seen from a folder; null when it is not installed there.</summary>
    public static async Task<string?> ResolveAsync(
        string module, string directory, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        var command = new ProcessCommand("node", ["-e", $"console.log(require.resolve('{module}'))"], directory, environment.ToImmutableDictionary());
        try
        {
            var exitCode = await ChildProcess.RunAsync(command, lines.Add, _ => { }, cancellationToken).ConfigureAwait(false);
            return exitCode == 0 ? lines.FirstOrDefault() : null;
        }
        catch (ChildProcessException)
        {
            return null; // Without Node there are no modules either.
        }
    }
}
