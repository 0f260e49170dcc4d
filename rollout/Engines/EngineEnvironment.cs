using System.Security.Cryptography;
using System.Text;
using FogInfra.Model;

namespace FogInfra.Rollout.Engines;

/// <summary>The environment variables that engines are called with: what the user has set wins.</summary>
internal static class EngineEnvironment
{
    /// <summary>The variable that names the backend.</summary>
    public const string BackendUrl = "PULUMI_BACKEND_URL";

    private const string Home = "PULUMI_HOME";
    private const string Passphrase = "PULUMI_CONFIG_PASSPHRASE";
    private const string PassphraseFile = "PULUMI_CONFIG_PASSPHRASE_FILE";

    /// <summary>For the embedded engine, whose home is a part of the project.</summary>
    public static IReadOnlyDictionary<string, string?> Embedded(ProjectLayout project, IReadOnlyDictionary<string, string> environment)
    {
        var variables = Installed(project, environment);
        variables.TryAdd(Home, environment.GetValueOrDefault(Home) ?? Path.Combine(project.RunnerFolder, "pulumi"));
        return variables;
    }

    /// <summary>For the Pulumi CLI.</summary>
    public static Dictionary<string, string?> Installed(ProjectLayout project, IReadOnlyDictionary<string, string> environment)
    {
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            [BackendUrl] = environment.GetValueOrDefault(BackendUrl) ?? $"file://{project.Root}",
            ["PULUMI_SKIP_UPDATE_CHECK"] = "true",
        };
        if (environment.ContainsKey(Passphrase))
        {
            variables[Passphrase] = environment[Passphrase];
        }
        else
        {
            variables[PassphraseFile] = environment.GetValueOrDefault(PassphraseFile) ?? EnsurePassphrase(Path.Combine(project.RunnerFolder, "passphrase"));
        }

        return variables;
    }

    /// <summary>Where an engine notes which stack of a project is selected: in its home, by the SHA-1 of the path of the project's file.</summary>
    public static string SelectionFile(IReadOnlyDictionary<string, string?> variables, string project, string projectFile)
    {
        var home = variables.GetValueOrDefault(Home) ?? Environment.GetEnvironmentVariable(Home)
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".pulumi");
#pragma warning disable CA5350 // The name that Pulumi gives the file; it protects nothing.
        var hash = Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(projectFile)));
#pragma warning restore CA5350
        return Path.Combine(home, "workspaces", $"{project}-{hash}-workspace.json");
    }

    // A project that is tried out has a passphrase of its own, so that its state holds no secret in plain text.
    private static string EnsurePassphrase(string file)
    {
        if (!File.Exists(file))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            var temporary = $"{file}.{Guid.NewGuid():N}";
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using (var writer = new StreamWriter(temporary, options))
            {
                writer.Write(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
            }

            // Of two processes that come here at once the first one's passphrase counts.
            try
            {
                File.Move(temporary, file, overwrite: false);
            }
            catch (IOException) when (File.Exists(file))
            {
                File.Delete(temporary);
            }
        }

        return file;
    }
}
