namespace FogInfra.Embedded.Kubernetes.Readiness;

/// <summary>Lengths of time in words.</summary>
internal static class Durations
{
    /// <summary>For example <c>10m</c>, <c>1m30s</c> or <c>0.5s</c>.</summary>
    public static string Format(TimeSpan time) => time switch
    {
        { TotalSeconds: < 10 } => FormattableString.Invariant($"{time.TotalSeconds:0.#}s"),
        { TotalMinutes: < 1 } => $"{(int)time.TotalSeconds}s",
        { Seconds: 0 } => $"{(int)time.TotalMinutes}m",
        _ => $"{(int)time.TotalMinutes}m{time.Seconds}s",
    };
}
