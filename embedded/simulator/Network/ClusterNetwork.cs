using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Storage;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Network;

/// <summary>
/// The addresses of one cluster, laid out as kind does: 10.96.0.0/16 for Services, 10.244.N.0/24 for the pods of node N, 172.18.0.0/16 for nodes, and the
/// end of the latter for load balancers. What deleted objects had is given back.
/// </summary>
internal sealed class ClusterNetwork
{
    /// <summary>The node ports that Services may have.</summary>
    public const string NodePortRange = "30000-32767";

    private static readonly HashSet<GroupResource> NumberedResources = [Resources.Services, Resources.Pods, Resources.Nodes, Resources.Ingresses];

    private readonly NumberPool _clusterAddresses = new(Number("10.96.0.1"), Number("10.96.255.254"));
    private readonly NumberPool _nodePorts = new(30000, 32767);
    private readonly NumberPool _balancers = new(Number("172.18.255.1"), Number("172.18.255.250"));
    private readonly NumberPool _nodes = new(Number("172.18.0.2"), Number("172.18.254.254"));
    private readonly NumberPool _podRanges = new(0, 255);
    private readonly Dictionary<string, NumberPool> _pods = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>The addresses of the objects of a store, followed from now on.</summary>
    public ClusterNetwork(ObjectStore store)
    {
        foreach (var resource in NumberedResources)
        {
            foreach (var (pool, number) in store.Read(resource).Objects.All.SelectMany(NumbersOf)) pool.TryTake(number);
        }
        store.Observe(change =>
        {
            if (change.Previous is null || !NumberedResources.Contains(change.Object.Resource)) return;
            var kept = change.Type == ChangeType.Deleted ? [] : NumbersOf(change.Object);
            foreach (var (pool, number) in NumbersOf(change.Previous).Except(kept)) pool.Return(number);
        });
    }

    /// <summary>The addresses of Services.</summary>
    public NumberPool ClusterAddresses => _clusterAddresses;

    /// <summary>The ports of Services on the nodes.</summary>
    public NumberPool NodePorts => _nodePorts;

    /// <summary>An address for a load balancer.</summary>
    public string TakeBalancerAddress() => Addresses.Format(_balancers.Take() ?? throw new InvalidOperationException("All addresses for load balancers are taken."));

    /// <summary>An address for a node, and the range of its pods.</summary>
    public (string Address, string PodRange) TakeNodeAddress()
    {
        var range = _podRanges.Take() ?? throw new InvalidOperationException("All ranges for pods are taken: a cluster can have 256 nodes.");
        return (Addresses.Format(_nodes.Take()!.Value), $"10.244.{range}.0/24");
    }

    /// <summary>An address for a pod on a node.</summary>
    public string TakePodAddress(string podRange) =>
        Addresses.Format(PoolOf(podRange).Take() ?? throw new InvalidOperationException($"All addresses of {podRange} are taken."));

    private static uint Number(string address) => Addresses.Parse(address)!.Value;

    private NumberPool PoolOf(string podRange)
    {
        lock (_lock)
        {
            if (_pods.TryGetValue(podRange, out var pool)) return pool;
            var first = Number(podRange.Split('/')[0]);
            return _pods[podRange] = new NumberPool(first + 2, first + 254);
        }
    }

    private List<(NumberPool Pool, uint Number)> NumbersOf(StoredObject stored)
    {
        var value = stored.Value;
        var numbers = new List<(NumberPool, uint)>();
        switch (stored.Resource.Plural)
        {
            case "services":
                Add(_clusterAddresses, Addresses.Parse(value.Text("spec", "clusterIP")));
                foreach (var port in value.Maps("spec", "ports")) Add(_nodePorts, (uint?)port.Long("nodePort"));
                goto case "ingresses";
            case "ingresses":
                foreach (var ingress in value.Maps("status", "loadBalancer", "ingress")) Add(_balancers, Addresses.Parse(ingress.Text("ip")));
                break;
            case "pods" when Addresses.Parse(value.Text("status", "podIP")) is { } address && address >> 16 == Number("10.244.0.0") >> 16:
                Add(PoolOf(Addresses.Format(address & 0xFFFFFF00) + "/24"), address);
                break;
            case "nodes":
                foreach (var one in value.Maps("status", "addresses")) Add(_nodes, Addresses.Parse(one.Text("address")));
                Add(_podRanges, (Addresses.Parse(value.Text("spec", "podCIDR")?.Split('/')[0]) >> 8) & 255);
                break;
        }
        return numbers;

        void Add(NumberPool pool, uint? number)
        {
            if (number is > 0 || (number == 0 && pool == _podRanges)) numbers.Add((pool, number.Value));
        }
    }
}
