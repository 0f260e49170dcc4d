using FogInfra.Clusters.Docker;
using FogInfra.Clusters.Engines;
using FogInfra.Clusters.Existing;
using FogInfra.Clusters.K3d;
using FogInfra.Clusters.Kind;
using FogInfra.Clusters.Records;
using FogInfra.Clusters.Simulated;
using FogInfra.Clusters.Tools;
using FogInfra.Model;

namespace FogInfra.Clusters.Provider;

/// <summary>The engines of a project.</summary>
internal sealed class ClusterEngines
{
    private readonly Dictionary<string, IClusterEngine> _engines;

    /// <summary>Makes the engines.</summary>
    public ClusterEngines(RecordStore records, IToolRunner tools, DockerMachines docker, DockerChecks checks, TimeProvider time) =>
        _engines = new Dictionary<string, IClusterEngine>
        {
            ["simulated"] = new SimulatedEngine(records, time),
            ["existing"] = new ExistingEngine(),
            ["kind"] = new KindEngine(tools, docker, checks, records),
            ["k3d"] = new K3dEngine(tools, docker, checks, records),
        };

    /// <summary>An engine.</summary>
    public IClusterEngine Of(ClusterEngine engine) => _engines[engine.Name];

    /// <summary>An engine by its name.</summary>
    public IClusterEngine Of(string name) =>
        _engines.GetValueOrDefault(name) ?? throw new ClusterException($"There is no engine '{name}'; known are {string.Join(", ", _engines.Keys)}.");
}
