using System.Collections.Immutable;

namespace FogInfra.Embedded.Kubernetes.Connection;

/// <summary>A kubeconfig that cannot be used.</summary>
public sealed class KubeconfigException : Exception
{
    /// <summary>Makes the error of all that is wrong.</summary>
    public KubeconfigException(params ImmutableArray<string> problems)
        : base(string.Join(Environment.NewLine, problems)) =>
        Problems = problems;

    /// <summary>Makes the error of one thing that is wrong.</summary>
    public KubeconfigException(string problem, Exception innerException)
        : base(problem, innerException) =>
        Problems = [problem];

    /// <summary>What is wrong, each naming the file and the field.</summary>
    public ImmutableArray<string> Problems { get; }
}
