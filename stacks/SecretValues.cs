using FogInfra.Model;
using Pulumi;

namespace FogInfra.Stacks;

/// <summary>Reads the values of secrets from where they are kept. They never leave as anything but secrets.</summary>
/// <param name="config">The stack's configuration.</param>
/// <param name="root">Finds the folder to which the paths of files are relative.</param>
internal sealed class SecretValues(Config config, Func<string> root)
{
    /// <summary>The value of a secret.</summary>
    /// <exception cref="RunException">It is not where it should be.</exception>
    public Input<string> Read(SecretSource source) => source.Kind switch
    {
        SecretKind.Environment => Output.CreateSecret(Environment.GetEnvironmentVariable(source.Name) ?? throw new RunException(
            $"The secret from the environment variable '{source.Name}' is not there: set it for the process that runs the deployment.")),
        SecretKind.File => Output.CreateSecret(ReadFile(source.Name)),
        SecretKind.StackConfig => config.GetSecret(source.Name) ?? throw new RunException(
            $"The secret '{StackContract.ConfigNamespace}:{source.Name}' is not in the stack's configuration: pulumi config set --secret {StackContract.ConfigNamespace}:{source.Name}"),
        _ => throw new ArgumentOutOfRangeException(nameof(source), source.Kind, null),
    };

    private string ReadFile(string path)
    {
        try
        {
            return File.ReadAllText(Path.IsPathRooted(path) ? path : Path.GetFullPath(path, root()));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RunException($"The secret from the file '{path}' cannot be read: {exception.Message}");
        }
    }
}
