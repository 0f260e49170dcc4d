namespace FogInfra.Embedded.Kubernetes;

/// <summary>What the provider may read of the process that it runs in.</summary>
/// <param name="Variable">Gives the value of an environment variable, or null.</param>
/// <param name="HomeDirectory">The user's home directory.</param>
public sealed record HostEnvironment(Func<string, string?> Variable, string HomeDirectory)
{
    /// <summary>The environment of this process.</summary>
    public static HostEnvironment OfProcess() =>
        new(Environment.GetEnvironmentVariable, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile));

    /// <summary>A path in which a leading <c>~</c> stands for the home directory.</summary>
    public string ExpandHome(string path) => path switch
    {
        "~" => HomeDirectory,
        ['~', '/' or '\\', .. var rest] => Path.Combine(HomeDirectory, rest),
        _ => path,
    };
}
