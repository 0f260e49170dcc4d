namespace FogInfra.Model;

/// <summary>Where the value of a secret is kept.</summary>
public enum SecretKind
{
    /// <summary>In an environment variable of whoever runs the deployment.</summary>
    Environment,

    /// <summary>In a file of the machine that runs the deployment.</summary>
    File,

    /// <summary>In the configuration of the Pulumi stack, encrypted there (<c>pulumi config set --secret</c>).</summary>
    StackConfig,
}

/// <summary>
/// Where a secret comes from. Its value is read when a stack is deployed and goes nowhere but, as a secret, into the stack's state and
/// into a Secret of the cluster.
/// </summary>
/// <param name="Kind">Where the value is kept.</param>
/// <param name="Name">The environment variable, the path of the file, or the configuration key.</param>
/// <param name="Path">The absolute path in every container at which the value is a file; null when it is an environment variable.</param>
/// <param name="Revision">Any text. Changing it makes a rollout read the value anew, since the value itself is compared by nobody.</param>
public sealed record SecretSource(SecretKind Kind, string Name, string? Path = null, string? Revision = null);
