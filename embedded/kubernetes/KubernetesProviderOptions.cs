using FogInfra.Embedded.Kubernetes.Client;
using FogInfra.Embedded.Kubernetes.Readiness;

namespace FogInfra.Embedded.Kubernetes;

/// <summary>What a host may set for all Kubernetes providers that it runs; what a program sets is the provider's configuration.</summary>
public sealed record KubernetesProviderOptions
{
    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where variables and the home directory are read.</summary>
    public HostEnvironment Environment { get; init; } = HostEnvironment.OfProcess();

    /// <summary>How patient requests are.</summary>
    public ClientOptions Client { get; init; } = new();

    /// <summary>How patient waits are.</summary>
    public ReadinessOptions Readiness { get; init; } = new();

    /// <summary>
    /// How often an object whose kind or namespace is not there yet is tried to be created again. The first pause is a second, each further
    /// one twice as long.
    /// </summary>
    public int CreateRetries { get; init; } = 6;
}
