namespace Pulumi.Automation;

/// <summary>A value of a stack's configuration.</summary>
public class ConfigValue
{
    /// <summary>Makes a value.</summary>
    public ConfigValue(string value, bool isSecret = false)
    {
        Value = value;
        IsSecret = isSecret;
    }

    /// <summary>The value in plain text; objects and lists as JSON.</summary>
    public string Value { get; set; }

    /// <summary>Whether it is stored encrypted.</summary>
    public bool IsSecret { get; set; }
}
