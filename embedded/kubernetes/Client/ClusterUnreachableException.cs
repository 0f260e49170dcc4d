using FogInfra.Embedded.Kubernetes.Connection;

namespace FogInfra.Embedded.Kubernetes.Client;

/// <summary>
/// No answer came from the API server: nothing is known about its objects. Never to be mistaken for an object that is gone.
/// </summary>
public sealed class ClusterUnreachableException : Exception
{
    /// <summary>Makes the error.</summary>
    /// <param name="connection">The connection that failed.</param>
    /// <param name="innerException">How it failed.</param>
    public ClusterUnreachableException(ClusterConnection connection, Exception innerException)
        : base($"{Capitalised(connection.Describe())} cannot be reached: {Explain(innerException)}", innerException)
    {
    }

    /// <summary>The request may have been received and carried out all the same.</summary>
    public bool MayHaveTakenEffect { get; init; }

    private static string Explain(Exception error) => error switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => $"the host's name is not known ({error.Message}).",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } =>
            $"no secure connection: {(error.InnerException ?? error).Message} Check certificate-authority and tls-server-name of the kubeconfig.",
        TimeoutException or OperationCanceledException => "no answer in time.",
        _ => WithoutStop(error.Message) + ".",
    };

    private static string Capitalised(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static string WithoutStop(string text) => text.TrimEnd('.');
}
