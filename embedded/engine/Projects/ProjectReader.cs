using System.Collections.Immutable;
using System.Text.Json.Nodes;
using YamlDotNet.RepresentationModel;

namespace FogInfra.Embedded.Engine.Projects;

/// <summary>Finds and reads Pulumi.yaml.</summary>
internal static class ProjectReader
{
    private static readonly string[] FileNames = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"];

    /// <summary>The project file of a folder or the nearest folder above it; null when there is none.</summary>
    public static string? Find(string directory)
    {
        for (var folder = new DirectoryInfo(directory); folder is not null; folder = folder.Parent)
        {
            if (FileNames.Select(name => Path.Combine(folder.FullName, name)).FirstOrDefault(File.Exists) is { } path)
            {
                return path;
            }
        }

        return null;
    }

    /// <summary>Reads the project that a folder belongs to.</summary>
    /// <exception cref="ProjectException">There is none, or it is wrong.</exception>
    public static async Task<ProjectFile> ReadNearestAsync(string directory, CancellationToken cancellationToken)
    {
        var path = Find(directory) ?? throw new ProjectException(
            $"no Pulumi.yaml project file found (searching upwards from {directory}). "
            + "If you have not created a project yet, use `pulumi new` to do so");
        return Read(path, await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Reads a project file's text.</summary>
    /// <exception cref="ProjectException">It is wrong.</exception>
    public static ProjectFile Read(string path, string text)
    {
        var file = YamlFile.Parse(path, text);
        if (file.Root is null)
        {
            throw new ProjectException($"could not validate '{path}': the file is empty; expected at least name and runtime");
        }

        var project = new ProjectFile { Path = path, Name = "" };
        foreach (var (key, _, value) in file.Mapping(file.Root, "the project") ?? [])
        {
            project = ReadField(file, project, key, value);
        }

        if (project.Name.Length == 0)
        {
            file.Report(file.Root, "the project lacks its name; expected name: NAME");
        }

        file.ThrowIfWrong();
        return project;
    }

    private static ProjectFile ReadField(YamlFile file, ProjectFile project, string key, YamlNode value) => key switch
    {
        "name" => project with { Name = ReadName(file, value) },
        "runtime" => project with { Runtime = ReadRuntime(file, value) },
        "main" => project with { Main = file.Text(value, key) ?? "" },
        "description" => project with { Description = file.Text(value, key) ?? "" },
        "stackConfigDir" => project with { StackConfigDirectory = file.Text(value, key) ?? "" },
        "config" when value is YamlScalarNode => project with { StackConfigDirectory = file.Text(value, key) ?? "" },
        "config" => project with { Config = ConfigDeclarationReader.Read(file, value, project.Name) },
        "backend" => project with { BackendUrl = ReadBackend(file, value) },
        "options" => project with { AlwaysRefresh = ReadOptions(file, value) },
        "plugins" => project with { ProviderPaths = ReadPlugins(file, value) },
        _ => project, // Unknown keys are allowed: other tools keep theirs here.
    };

    private static string ReadName(YamlFile file, YamlNode value)
    {
        var name = file.Text(value, "name") ?? "";
        if (name.Length == 0 || name.Length > 100 || name.Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter is not ('_' or '-' or '.')))
        {
            file.Report(value, "name may only contain alphanumeric characters, hyphens, underscores and periods, and at most 100 of them");
        }

        return name;
    }

    private static ProjectRuntime? ReadRuntime(YamlFile file, YamlNode value)
    {
        if (value is YamlScalarNode)
        {
            return file.Text(value, "runtime") is { } name ? new ProjectRuntime(name, []) : null;
        }

        var runtime = new ProjectRuntime("", []);
        foreach (var (key, _, field) in file.Mapping(value, "runtime") ?? [])
        {
            if (key == "name")
            {
                runtime = runtime with { Name = file.Text(field, "runtime.name") ?? "" };
            }
            else if (key == "options" && file.Mapping(field, "runtime.options") is not null)
            {
                runtime = runtime with { Options = (JsonObject)YamlFile.ToJson(field)! };
            }
        }

        if (runtime.Name.Length == 0)
        {
            file.Report(value, "runtime lacks its name");
        }

        return runtime;
    }

    private static string ReadBackend(YamlFile file, YamlNode value)
    {
        var url = "";
        foreach (var (key, keyNode, field) in file.Mapping(value, "backend") ?? [])
        {
            if (key == "url")
            {
                url = file.Text(field, "backend.url") ?? "";
            }
            else
            {
                file.Report(keyNode, $"backend has no field '{key}'; expected url");
            }
        }

        return url;
    }

    private static bool ReadOptions(YamlFile file, YamlNode value)
    {
        var refresh = false;
        foreach (var (key, keyNode, field) in file.Mapping(value, "options") ?? [])
        {
            if (key != "refresh")
            {
                file.Report(keyNode, $"options has no field '{key}'; expected refresh");
            }
            else if (field is YamlScalarNode { Value: "always" })
            {
                refresh = true;
            }
            else
            {
                file.Report(field, "options.refresh must be 'always'");
            }
        }

        return refresh;
    }

    private static ImmutableDictionary<string, string> ReadPlugins(YamlFile file, YamlNode value)
    {
        var paths = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var providers = (file.Mapping(value, "plugins") ?? []).Where(item => item.Key == "providers").Select(item => item.Value);
        foreach (var list in providers)
        {
            if (list is not YamlSequenceNode sequence)
            {
                file.Report(list, "plugins.providers must be a list");
                continue;
            }

            foreach (var plugin in sequence)
            {
                var fields = file.Mapping(plugin, "a provider of plugins.providers") ?? [];
                string? Field(string name) => fields.Where(item => item.Key == name).Select(item => file.Text(item.Value, name)).FirstOrDefault();
                if (Field("name") is { Length: > 0 } name && Field("path") is { Length: > 0 } path)
                {
                    paths[name] = Path.Combine(Path.GetDirectoryName(file.Path)!, path);
                }
                else
                {
                    file.Report(plugin, "a provider of plugins.providers needs name and path");
                }
            }
        }

        return paths.ToImmutable();
    }
}
