using FogInfra.Embedded.Simulator.Controllers;
using FogInfra.Embedded.Simulator.CustomResources;
using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Network;
using FogInfra.Embedded.Simulator.Objects;
using FogInfra.Embedded.Simulator.Rules;
using FogInfra.Embedded.Simulator.Storage;
using Microsoft.Extensions.Logging;

namespace FogInfra.Embedded.Simulator.Clusters;

/// <summary>One simulated cluster: its objects, the rules of its API, and the controllers that bring it to life.</summary>
internal sealed class SimulatedCluster : IAsyncDisposable
{
    private readonly ControllerLoop _loop;

    /// <summary>Starts a cluster.</summary>
    /// <param name="spec">What it is to be.</param>
    /// <param name="saved">Its objects, when it was there before; null for a new one.</param>
    /// <param name="time">The clock of all that takes time in it.</param>
    /// <param name="random">Makes names and unique ids.</param>
    /// <param name="logger">Is told what goes wrong.</param>
    public SimulatedCluster(ClusterSpec spec, ObjectStore? saved, TimeProvider time, Random random, ILogger logger)
    {
        (Spec, Time, Store) = (spec, time, saved ?? new ObjectStore());
        Kinds.Serve(CustomKinds.Of(Store.Read(Resources.CustomResourceDefinitions).Objects.All.Select(stored => stored.Value)));
        var suffixes = new NameSuffixes(random);
        var network = new ClusterNetwork(Store);
        Writer = new ObjectWriter(Store, Kinds, new RulesOfKinds(Store, network, suffixes), suffixes, time);
        Deleter = new ObjectDeleter(Store, time);
        if (saved is null) new ClusterContents(Kinds, Writer, network, time).Create(spec);
        _loop = new ControllerLoop(Store, new ControllerSet(this, network, suffixes).All, time, logger);
    }

    /// <summary>What it is to be.</summary>
    public ClusterSpec Spec { get; }

    /// <summary>Its objects.</summary>
    public ObjectStore Store { get; }

    /// <summary>Its kinds.</summary>
    public ClusterKinds Kinds { get; } = new();

    /// <summary>Writes its objects.</summary>
    public ObjectWriter Writer { get; }

    /// <summary>Deletes its objects.</summary>
    public ObjectDeleter Deleter { get; }

    /// <summary>Its clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>Waits until its controllers have nothing to do but wait for time to pass.</summary>
    public Task WhenIdleAsync() => _loop.WhenIdleAsync();

    /// <summary>Stops its controllers and ends all watches.</summary>
    public async ValueTask DisposeAsync()
    {
        await _loop.DisposeAsync().ConfigureAwait(false);
        Store.EndWatches();
    }
}
