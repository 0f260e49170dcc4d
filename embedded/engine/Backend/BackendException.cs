namespace FogInfra.Embedded.Engine.Backend;

/// <summary>Something that the backend cannot do; the message is in the words that clients of the command line look for.</summary>
internal sealed class BackendException(string message, BackendProblem problem = BackendProblem.Other) : Exception(message)
{
    /// <summary>What kind of problem it is.</summary>
    public BackendProblem Problem { get; } = problem;
}

/// <summary>Kinds of problems with a backend that callers tell apart.</summary>
internal enum BackendProblem
{
    /// <summary>Any other.</summary>
    Other,

    /// <summary>The stack does not exist.</summary>
    StackNotFound,

    /// <summary>Nobody is logged in to a backend, or the backend's kind is not supported.</summary>
    NoBackend,
}
