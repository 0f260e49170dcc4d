using System.Collections.Immutable;
using FogInfra.Embedded.Engine.Backend;
using FogInfra.Embedded.Engine.Secrets;
using FogInfra.Embedded.Provider;

namespace FogInfra.Embedded.Engine;

/// <summary>What the commands of one process share.</summary>
public sealed record PulumiCommandLineOptions
{
    /// <summary>Providers that run in this process, by package. They come before plugins; each call makes a provider of its own.</summary>
    public ImmutableDictionary<string, Func<IProviderHost, IResourceProvider>> Providers { get; init; } =
        ImmutableDictionary<string, Func<IProviderHost, IResourceProvider>>.Empty;

    /// <summary>Tells the time.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The version that the command line calls itself, for example <c>v3.260.0</c>. Clients switch their behaviour by it.</summary>
    public string Version { get; init; } = "v3.260.0";

    /// <summary>Keys derived from passphrases.</summary>
    public PassphraseKeyCache PassphraseKeys { get; init; } = new();

    /// <summary>Who is told of each change of a stack's files before it is made; null for nobody.</summary>
    internal IWriteObserver? WriteObserver { get; init; }
}
