using System.Globalization;

namespace Pulumi.Kubernetes.Settings;

/// <summary>
/// Settings in environment variables. A value that cannot be read counts as not set, as in every SDK of the provider. They are inputs
/// right away, null where there is no setting.
/// </summary>
internal static class FromEnvironment
{
    public static Input<string>? Text(string name) => Environment.GetEnvironmentVariable(name) is { } value ? value : (Input<string>?)null;

    public static Input<bool>? Boolean(string name) => Environment.GetEnvironmentVariable(name) switch
    {
        "1" or "t" or "T" or "true" or "TRUE" or "True" => true,
        "0" or "f" or "F" or "false" or "FALSE" or "False" => false,
        _ => (Input<bool>?)null,
    };

    public static Input<int>? WholeNumber(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : null;

    public static Input<double>? Number(string name) =>
        double.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : null;
}
