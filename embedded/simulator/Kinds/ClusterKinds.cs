namespace FogInfra.Embedded.Simulator.Kinds;

/// <summary>The kinds that a cluster serves now. Thread-safe.</summary>
internal sealed class ClusterKinds
{
    private volatile KindRegistry _current = new([]);

    /// <summary>The kinds.</summary>
    public KindRegistry Current => _current;

    /// <summary>Serves other custom kinds from now on.</summary>
    public void Serve(IEnumerable<ResourceKind> custom) => _current = new KindRegistry(custom);
}
