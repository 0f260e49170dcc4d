using FogInfra.Model;

namespace FogInfra.Rollout.Engines;

/// <summary>The engine that was chosen, or why there is none.</summary>
/// <param name="Engine">The engine, or null.</param>
/// <param name="Problem">Why there is none; empty when there is one.</param>
internal sealed record EngineChoice(Engine? Engine, string Problem);

/// <summary>Chooses the engine.</summary>
internal static class EngineSelector
{
    /// <summary>The Pulumi CLI where it is installed, else the embedded engine.</summary>
    public const string Auto = "auto";

    /// <summary>The Pulumi CLI.</summary>
    public const string Pulumi = "pulumi";

    /// <summary>The engine in this process.</summary>
    public const string Embedded = "embedded";

    /// <summary>Chooses an engine by name.</summary>
    public static EngineChoice Select(string name, ProjectLayout project, IReadOnlyDictionary<string, string> environment, TimeProvider time)
    {
        var installed = FindOnPath("pulumi", environment.GetValueOrDefault("PATH") ?? "");
        return (name, installed) switch
        {
            (Embedded, _) or (Auto, null) => new EngineChoice(
                new Engine("the embedded engine", EmbeddedPulumiCommand.Create(time), EngineEnvironment.Embedded(project, environment)), ""),
            (_, null) => new EngineChoice(null, "There is no 'pulumi' on PATH. Install the Pulumi CLI, or use --engine embedded."),
            var (_, path) => new EngineChoice(
                new Engine($"the Pulumi CLI at {path}", null, EngineEnvironment.Installed(project, environment)), ""),
        };
    }

    private static string? FindOnPath(string name, string path) => path
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(folder => new[] { Path.Combine(folder, name), Path.Combine(folder, $"{name}.exe") })
        .FirstOrDefault(File.Exists);
}
