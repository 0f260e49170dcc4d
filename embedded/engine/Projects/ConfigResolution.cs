using System.Collections.Immutable;

namespace FogInfra.Embedded.Engine.Projects;

using ConfigMap = ImmutableSortedDictionary<ConfigKey, ConfigValue>;

/// <summary>Joins a stack's configuration with what its project declares.</summary>
internal static class ConfigResolution
{
    /// <summary>The configuration that a run sees: the stack's own, then the project's values and defaults.</summary>
    /// <exception cref="ProjectException">A value is missing, or is not as declared; all such values are named.</exception>
    public static ConfigMap Resolve(ProjectFile project, string stack, ConfigMap config)
    {
        var problems = new List<string>();
        var missing = new List<string>();
        var result = config;
        foreach (var declaration in project.Config)
        {
            var key = ConfigKey.TryParse(declaration.Key, project.Name)!;
            if (config.TryGetValue(key, out var value))
            {
                Check(declaration, value, stack, problems);
            }
            else if ((declaration.Value ?? declaration.Default) is { } given)
            {
                result = result.SetItem(key, ConfigValue.FromJson(given));
            }
            else if (key.Namespace == project.Name)
            {
                missing.Add($"'{key.Name}'");
            }
        }

        if (missing.Count > 0)
        {
            problems.Insert(0, missing.Count == 1
                ? $"Stack '{stack}' is missing configuration value {missing[0]}"
                : $"Stack '{stack}' is missing configuration values {string.Join(", ", missing[..^1])} and {missing[^1]}");
        }

        return problems.Count == 0 ? result : throw new ProjectException(string.Join('\n', problems));
    }

    private static void Check(ConfigDeclaration declaration, ConfigValue value, string stack, List<string> problems)
    {
        if (declaration.Secret && !value.IsSecret)
        {
            problems.Add($"Stack '{stack}' with configuration key '{declaration.Key}' must be encrypted as it's secret");
        }

        // What is encrypted cannot be looked at here; the program will see it.
        if (declaration.Type is { } type && !value.IsSecret && !type.Accepts(value.ToJson()))
        {
            problems.Add($"Stack '{stack}' with configuration key '{declaration.Key}' must be of type '{type}'");
        }
    }
}
