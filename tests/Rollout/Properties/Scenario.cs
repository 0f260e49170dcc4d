using System.Collections.Immutable;
using FogInfra.Model;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Running;

namespace FogInfra.Tests;

/// <summary>A fleet, a wanted change, faults and what people do, all drawn from one number.</summary>
internal sealed class Scenario
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Random _random;
    private readonly Random _watched;
    private readonly ClusterWorkload _template;

    public Scenario(int seed)
    {
        Seed = seed;
        _random = new Random(seed);
        _watched = new Random(~seed);
        _template = new ClusterWorkload { Application = "", Namespace = "n", Cluster = "", Layer = Layer.Edge, Services = [] };
        Fleet = DrawFleet();
        Applications = [.. Enumerable.Range(0, Chance(0.2) ? 2 : 1).Select(number => DrawApplication($"app{number}"))];
        Deployed = DrawDeployed();
        // In an order of their own: that of a hash table differs from process to process, and a seed must always draw the same.
        Settled = [.. Deployed.Keys.OrderBy(stack => stack.ToString(), StringComparer.Ordinal).Where(_ => Chance(0.5))];
        Plan = Planner.Plan(Fleet, Applications, Deployed, new PlanOptions { Settled = Settled });
        World = new ScenarioWorld(seed, this, _random);
        Outside = DrawOutside();
        Kills = Chance(0.3) ? [.. Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Start + Minutes(0, 60))] : [];
    }

    public int Seed { get; }

    public Fleet Fleet { get; }

    public ImmutableArray<Application> Applications { get; }

    public ImmutableDictionary<StackId, ClusterWorkload> Deployed { get; }

    public ImmutableHashSet<StackId> Settled { get; }

    public RolloutPlan Plan { get; }

    public ScenarioWorld World { get; }

    /// <summary>What comes from outside, and when.</summary>
    public ImmutableArray<(DateTimeOffset At, RolloutEvent Event)> Outside { get; }

    /// <summary>When the runner is killed.</summary>
    public ImmutableArray<DateTimeOffset> Kills { get; }

    private bool Chance(double share) => _random.NextDouble() < share;

    private TimeSpan Minutes(int least, int most) => TimeSpan.FromSeconds(_random.Next(least * 60, most * 60));

    private Amount DrawAmount(int most = 5) => Chance(0.5) ? new Amount.Count(_random.Next(1, most + 1)) : new Amount.Percent(_random.Next(1, 101));

    private Amount DrawBudget() => Chance(0.5) ? new Amount.Count(_random.Next(0, 4)) : new Amount.Percent(_random.Next(0, 60));

    private Fleet DrawFleet()
    {
        var rings = _random.Next(1, 5);
        var policy = new RolloutPolicy
        {
            MaxConcurrent = DrawAmount(),
            OnFailure = Chance(0.7) ? FailureAction.RollBack : FailureAction.Hold,
            Canaries = Chance(0.3) ? DrawAmount(2) : null,
            SpreadOver = Chance(0.4) ? "site" : null,
            Seed = Chance(0.5) ? _random.Next() : null,
            RingFailureBudget = DrawBudget(),
            FleetFailureBudget = Chance(0.3) ? DrawBudget() : null,
            Quorum = new Amount.Percent(_random.Next(0, 101)),
            ExposureBudget = Chance(0.4) ? DrawAmount(6) : null,
            ClusterTimeLimit = Chance(0.5) ? Minutes(1, 4) : null,
            Retry = new RetryPolicy { Attempts = _random.Next(1, 5) },
            Rollback = new RollbackPolicy { MaxConcurrent = DrawAmount() },
        };
        return new Fleet
        {
            Name = "random",
            Applications = [],
            Policy = policy,
            Rings = [.. Enumerable.Range(0, rings).Select(DrawRing)],
            Clusters = DrawClusters(rings, Chance(0.05) ? 80 : _random.Next(1, 20)),
        };
    }

    // By numbers of their own, so that a seed draws the same fleet with them as without.
    private void DrawWatched(ImmutableArray<Gate>.Builder gates)
    {
        if (_watched.NextDouble() < 0.25)
        {
            gates.Add(new Gate.Metric("http://prometheus", "errors", Comparison.AtMost, 0.01) { Limit = TimeSpan.FromMinutes(20), Interval = TimeSpan.FromSeconds(30) });
        }

        if (_watched.NextDouble() < 0.1)
        {
            var from = _watched.Next(0, 24);
            gates.Add(new Gate.Window([.. Enum.GetValues<DayOfWeek>()], new TimeOnly(from, 0), new TimeOnly((from + _watched.Next(1, 24)) % 24, 0), "UTC") { Moment = GateMoment.Before });
        }
    }

    private Ring DrawRing(int number)
    {
        var gates = ImmutableArray.CreateBuilder<Gate>();
        if (Chance(0.2))
        {
            gates.Add(new Gate.Soak(Minutes(0, 5)));
        }

        if (Chance(0.2))
        {
            gates.Add(new Gate.Approval { Moment = Chance(0.5) ? GateMoment.Before : GateMoment.After, Limit = Minutes(5, 60) });
        }

        if (Chance(0.3))
        {
            gates.Add(new Gate.Output(new OutputCheck("ready", Comparison.Is, "yes")) { DryRun = Chance(0.2), Limit = Chance(0.8) ? Minutes(1, 10) : null });
        }

        DrawWatched(gates);
        return new Ring($"r{number}", Chance(0.5) ? [new OutputCheck("healthy", Comparison.Is, "true")] : [])
        {
            Gates = gates.ToImmutable(),
            TimeLimit = Chance(0.1) ? Minutes(5, 90) : null,
            PreStage = Chance(0.2),
            MaxConcurrent = Chance(0.2) ? DrawAmount() : null,
            FailureBudget = Chance(0.3) ? DrawBudget() : null,
        };
    }

    private ImmutableArray<Cluster> DrawClusters(int rings, int count)
    {
        var clusters = ImmutableArray.CreateBuilder<Cluster>();
        for (var number = 0; number < count; number++)
        {
            clusters.Add(DrawCluster($"c{number}", rings, clusters));
        }

        return clusters.ToImmutable();
    }

    /// <summary>A parent stands further in, in the same or an earlier ring, as the reader of documents demands.</summary>
    private Cluster DrawCluster(string name, int rings, IReadOnlyList<Cluster> others)
    {
        var (layer, ring) = ((Layer)_random.Next(3), _random.Next(rings));
        var parents = others.Where(other => other.Layer < layer && int.Parse(other.Ring[1..], System.Globalization.CultureInfo.InvariantCulture) <= ring).ToList();
        return new Cluster
        {
            Name = name,
            Layer = layer,
            Ring = $"r{ring}",
            Parent = parents.Count > 0 && Chance(0.8) ? parents[_random.Next(parents.Count)].Name : null,
            Engine = new ClusterEngine.Simulated(),
            Nodes = 1,
            Site = Chance(0.8) ? $"s{_random.Next(4)}" : null,
        };
    }

    private Application DrawApplication(string name)
    {
        var layers = LayerNames.All.Where(_ => Chance(0.8)).DefaultIfEmpty(Layer.Edge).ToImmutableSortedDictionary(layer => layer, _ => new ServiceLayer { Replicas = 1, Containers = [] });
        return new Application { Name = name, Namespace = "n", Services = [new Service { Name = "web", Version = "2", DependsOn = [], Layers = layers }] };
    }

    private ImmutableDictionary<StackId, ClusterWorkload> DrawDeployed()
    {
        var deployed = ImmutableDictionary.CreateBuilder<StackId, ClusterWorkload>();
        foreach (var application in Applications)
        {
            foreach (var cluster in Fleet.Clusters)
            {
                var wanted = ClusterWorkload.Resolve(application, cluster);
                var before = _random.NextDouble() switch
                {
                    < 0.1 => null,
                    < 0.25 => wanted,
                    < 0.3 => _template with { Application = application.Name, Cluster = cluster.Name, Layer = cluster.Layer, Services = [new ServiceWorkload { Name = "web", Version = "0", Replicas = 1, Containers = [] }] },
                    _ => wanted is null ? null : wanted with { Services = [.. wanted.Services.Select(service => service with { Version = "1" })] },
                };
                if (before is not null)
                {
                    deployed[new StackId(application.Name, cluster.Name)] = before;
                }
            }
        }

        return deployed.ToImmutable();
    }

    private ImmutableArray<(DateTimeOffset At, RolloutEvent Event)> DrawOutside()
    {
        var outside = ImmutableArray.CreateBuilder<(DateTimeOffset At, RolloutEvent Event)>();
        foreach (var cluster in Fleet.Clusters)
        {
            if (World.BackAt(cluster.Name) is { } back)
            {
                outside.Add((back, new RolloutEvent.ClusterReturned(cluster.Name)));
            }
        }

        if (Chance(0.5))
        {
            for (var number = _random.Next(1, 6); number > 0; number--)
            {
                outside.Add((Start + Minutes(0, 60), DrawEvent()));
            }
        }

        // Whoever pauses goes on some day, and somebody approves in the end: a rollout that nobody wants to end is no fault of the runner.
        outside.Add((Start + TimeSpan.FromDays(1), new RolloutEvent.Commanded(new OperatorCommand.Resume("anna", "enough"))));
        for (var day = 2; day < 60; day++)
        {
            outside.Add((Start + TimeSpan.FromDays(day), new RolloutEvent.Commanded(new OperatorCommand.Approve("anna", "let it pass"))));
        }

        return outside.ToImmutable();
    }

    private RolloutEvent DrawEvent()
    {
        var cluster = Fleet.Clusters[_random.Next(Fleet.Clusters.Length)].Name;
        return _random.Next(14) switch
        {
            0 => new RolloutEvent.Commanded(new OperatorCommand.Pause("bob", "lunch")),
            1 => new RolloutEvent.Commanded(new OperatorCommand.Resume("bob", "lunch is over")),
            2 => new RolloutEvent.Commanded(new OperatorCommand.Approve("bob", "looks good")),
            3 => new RolloutEvent.Commanded(new OperatorCommand.Reject("bob", "looks bad")),
            4 when Chance(0.3) => new RolloutEvent.Commanded(new OperatorCommand.Abort("bob", "enough")),
            5 when Chance(0.3) => new RolloutEvent.Commanded(new OperatorCommand.Rollback("bob", "complaints")),
            6 => new RolloutEvent.Commanded(new OperatorCommand.Retry("bob", "mended", Chance(0.5) ? cluster : null)),
            7 => new RolloutEvent.Commanded(new OperatorCommand.Skip("bob", "not now", cluster)),
            8 => new RolloutEvent.ClusterHeld(cluster, Start + Minutes(0, 90), "a machine is milling"),
            9 => new RolloutEvent.ClusterReleased(cluster),
            10 => new RolloutEvent.ClusterLeft(cluster, "it was taken out of the document"),
            11 => DrawJoin(),
            _ => new RolloutEvent.ClusterMoved(cluster, $"r{_random.Next(Fleet.Rings.Length + 1)}"),
        };
    }

    private RolloutEvent.ClustersJoined DrawJoin()
    {
        var joined = DrawCluster($"j{_random.Next(1000)}", Fleet.Rings.Length, Fleet.Clusters);
        var with = Fleet with { Clusters = Fleet.Clusters.Add(joined) };
        var steps = Planner.Steps(with, Applications, Deployed, new PlanOptions { Settled = Settled });
        return new RolloutEvent.ClustersJoined([.. steps.Where(step => step.Cluster.Name == joined.Name)]);
    }
}
