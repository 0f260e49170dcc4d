namespace FogInfra.Embedded.Kubernetes.Client;

/// <summary>How patient a client is.</summary>
public sealed record ClientOptions
{
    /// <summary>How long one try of a request may take; watches are not bound by it. Kubernetes' own clients document 32 seconds.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(32);

    /// <summary>How often a request is tried again.</summary>
    public int Retries { get; init; } = 4;

    /// <summary>The pause before the first retry; each further one is twice as long, with jitter.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest pause of our own choice.</summary>
    public TimeSpan LongestRetryDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest pause that a server may ask for.</summary>
    public TimeSpan LongestRetryAfter { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a watch stays open before the client starts it anew.</summary>
    public TimeSpan WatchDuration { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>What the client calls itself.</summary>
    public string UserAgent { get; init; } = "foginfra-kubernetes";

    /// <summary>Gives numbers from 0 to 1 for the jitter of pauses.</summary>
    public Func<double> Randomizer { get; init; } = Random.Shared.NextDouble;
}
