namespace FogInfra.Tests.Kubernetes.Behaviours.Faults;

/// <summary>What can go wrong between a provider and an API server.</summary>
public enum Fault
{
    /// <summary>The connection breaks before the request reaches the server.</summary>
    ResetBefore,

    /// <summary>The server carries the request out, and the connection breaks before it answers.</summary>
    ResetAfter,

    /// <summary>The request never reaches the server, and no answer ever comes.</summary>
    StallBefore,

    /// <summary>The server carries the request out, and no answer ever comes.</summary>
    StallAfter,

    /// <summary>The server has too much to do, and says when to come again.</summary>
    TooManyRequests,

    /// <summary>The server fails before it has done anything.</summary>
    ErrorBefore,

    /// <summary>The server fails after it has done what was asked.</summary>
    ErrorAfter,

    /// <summary>The answer breaks off in its middle.</summary>
    HalfAnAnswer,

    /// <summary>The token has run out; a new one lies in the token file.</summary>
    ExpiredToken,
}
