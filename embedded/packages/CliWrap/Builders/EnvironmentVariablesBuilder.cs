namespace CliWrap.Builders;

/// <summary>Collects changes to the inherited environment.</summary>
public class EnvironmentVariablesBuilder
{
    private readonly Dictionary<string, string?> _variables = new(StringComparer.Ordinal);

    /// <summary>Sets a variable; null takes it away.</summary>
    public EnvironmentVariablesBuilder Set(string name, string? value)
    {
        _variables[name] = value;
        return this;
    }

    /// <summary>Sets several variables; null takes one away.</summary>
    public EnvironmentVariablesBuilder Set(IEnumerable<KeyValuePair<string, string?>> variables)
    {
        foreach (var (name, value) in variables)
        {
            Set(name, value);
        }

        return this;
    }

    /// <summary>Sets several variables; null takes one away.</summary>
    public EnvironmentVariablesBuilder Set(IReadOnlyDictionary<string, string?> variables) =>
        Set(variables.AsEnumerable());

    /// <summary>The changes so far.</summary>
    public IReadOnlyDictionary<string, string?> Build() => new Dictionary<string, string?>(_variables, StringComparer.Ordinal);
}
