using FogInfra.Embedded.Simulator.Controllers;
using FogInfra.Embedded.Simulator.Controllers.Lifecycle;
using FogInfra.Embedded.Simulator.Controllers.Storage;
using FogInfra.Embedded.Simulator.Controllers.Traffic;
using FogInfra.Embedded.Simulator.Controllers.Workloads;
using FogInfra.Embedded.Simulator.CustomResources;
using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Kubelet;
using FogInfra.Embedded.Simulator.Network;
using FogInfra.Embedded.Simulator.Rules;
using FogInfra.Embedded.Simulator.Scheduling;

namespace FogInfra.Embedded.Simulator.Clusters;

/// <summary>The controllers of a cluster.</summary>
internal sealed class ControllerSet
{
    /// <summary>The controllers of a cluster.</summary>
    public ControllerSet(SimulatedCluster cluster, ClusterNetwork network, NameSuffixes suffixes)
    {
        var (time, spec, kinds) = (cluster.Time, cluster.Spec, cluster.Kinds);
        var api = new ControllerApi(cluster.Store, kinds, cluster.Writer, cluster.Deleter, "kube-controller-manager");
        WorkQueue Queue() => new(time);
        All =
        [
            new DefinitionController(api, cluster.Store, kinds, time) { Queue = Queue() },
            new NamespaceController(api, kinds, time) { Queue = Queue() },
            new GarbageCollector(api, cluster.Store, kinds) { Queue = Queue() },
            new PodCollector(api) { Queue = Queue() },
            new QuotaController(api, cluster.Store, kinds) { Queue = Queue() },
            new EventExpiry(api, time) { Queue = Queue() },
            new DeploymentController(api, time) { Queue = Queue() },
            new ReplicaSetController(api, time) { Queue = Queue() },
            new StatefulSetController(api, time) { Queue = Queue() },
            new DaemonSetController(api, time) { Queue = Queue() },
            new JobController(api, time) { Queue = Queue() },
            new AutoscalerController(api, time) { Queue = Queue() },
            new DisruptionController(api, time) { Queue = Queue() },
            new ClaimController(api, spec.Timings.Volume, time) { Queue = Queue() },
            new VolumeController(api) { Queue = Queue() },
            new Scheduler(api, time) { Queue = Queue() },
            new KubeletController(api, spec, network, suffixes, time) { Queue = Queue() },
            new EndpointsController(api) { Queue = Queue() },
            new LoadBalancerController(Resources.Services, api, network, spec.Timings.LoadBalancer, time) { Queue = Queue() },
            new LoadBalancerController(Resources.Ingresses, api, network, spec.Timings.LoadBalancer, time) { Queue = Queue() },
        ];
    }

    /// <summary>The controllers, in the order in which they take their steps.</summary>
    public IReadOnlyList<Controller> All { get; }
}
