using System.Text.Json;
using System.Text.Json.Nodes;
using FogInfra.Embedded.Engine.Projects;

namespace FogInfra.Embedded.Engine.Backend;

/// <summary>Where states are kept.</summary>
/// <param name="Url">The URL as the user gave it, for example <c>file://~</c>.</param>
/// <param name="Directory">The folder that it means; the store is <c>.pulumi</c> inside it.</param>
internal sealed record BackendLocation(string Url, string Directory)
{
    private const string FileScheme = "file://";

    /// <summary>Finds out where the states of a command's stacks are kept.</summary>
    /// <param name="environment">The command's environment; <c>PULUMI_BACKEND_URL</c> counts first.</param>
    /// <param name="project">The project, whose <c>backend.url</c> counts next; null outside of one.</param>
    /// <param name="home">Pulumi's home folder, whose current login counts last.</param>
    /// <param name="workingDirectory">What a relative path starts from.</param>
    /// <exception cref="BackendException">No backend is chosen, or it is of a kind that this engine does not support.</exception>
    public static BackendLocation Resolve(
        IReadOnlyDictionary<string, string> environment, ProjectFile? project, string home, string workingDirectory)
    {
        var url = environment.GetValueOrDefault("PULUMI_BACKEND_URL") is { Length: > 0 } set ? set
            : project is { BackendUrl.Length: > 0 } ? project.BackendUrl
            : CurrentLogin(home);
        if (url is null)
        {
            throw new BackendException(
                "no backend is chosen: set PULUMI_BACKEND_URL, or backend.url in Pulumi.yaml, to file://FOLDER", BackendProblem.NoBackend);
        }

        return Parse(url, environment, workingDirectory);
    }

    /// <summary>Reads the URL of a file backend.</summary>
    /// <exception cref="BackendException">It is the URL of something else.</exception>
    public static BackendLocation Parse(string url, IReadOnlyDictionary<string, string> environment, string workingDirectory)
    {
        if (!url.StartsWith(FileScheme, StringComparison.Ordinal))
        {
            throw new BackendException(
                $"the backend '{url}' is not supported by this engine; only file:// is", BackendProblem.NoBackend);
        }

        var path = Uri.UnescapeDataString(url[FileScheme.Length..].Split('?', 2)[0]);
        if (path == "~" || path.StartsWith("~/", StringComparison.Ordinal))
        {
            var user = environment.GetValueOrDefault("HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            path = Path.Combine(user, path.TrimStart('~').TrimStart('/'));
        }

        return new BackendLocation(url, Path.GetFullPath(path.Length == 0 ? "." : path, workingDirectory));
    }

    private static string? CurrentLogin(string home)
    {
        var file = Path.Combine(home, "credentials.json");
        if (!File.Exists(file))
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(File.ReadAllText(file))?["current"]?.GetValue<string>() is { Length: > 0 } url ? url : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new BackendException($"could not read '{file}': it is not the JSON of Pulumi's credentials", BackendProblem.NoBackend);
        }
    }
}
