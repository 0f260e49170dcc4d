using FogInfra.Embedded.Engine.Projects;

namespace FogInfra.Embedded.Engine.Programs;

/// <summary>Chooses how a project's program is run.</summary>
internal static class ProgramFactory
{
    /// <summary>The program of a project.</summary>
    /// <param name="project">The project.</param>
    /// <param name="programDirectory">The folder of its program.</param>
    /// <param name="environment">The environment that the program inherits.</param>
    public static IProgram Create(ProjectFile project, string programDirectory, IReadOnlyDictionary<string, string> environment) => project.Runtime switch
    {
        { Name: "dotnet" } runtime => new DotnetProgram(project, runtime, programDirectory, environment),
        { Name: "nodejs" } runtime => new NodeProgram(project, runtime, programDirectory, environment),
        { Name: var name } => new UnsupportedProgram($"the language runtime '{name}' is not supported by this engine; expected dotnet or nodejs"),
        null => new UnsupportedProgram($"'{project.Path}' does not say what runs the program; expected runtime: dotnet or runtime: nodejs"),
    };

    private sealed class UnsupportedProgram(string message) : IProgram
    {
        public Task<ProgramOutcome> RunAsync(ProgramRun run, CancellationToken cancellationToken) => Task.FromResult(ProgramOutcome.Failure(message));
    }
}
