using System.Collections.Immutable;

namespace FogInfra.Model.Documents;

/// <summary>Reads the clusters of a fleet document.</summary>
internal static class ClustersReader
{
    private const int MostNodes = 1000;

    private static readonly string[] Engines = ["simulated", "existing", "kind", "k3d"];

    public static ImmutableArray<Cluster> Read(YamlMap root, ImmutableArray<Ring> rings)
    {
        root.RequiredMap("clusters");
        var entries = root.Entries("clusters");
        if (entries.Count == 0 && root.Has("clusters"))
        {
            root.Fault("clusters", "There is no cluster; expected at least one.");
        }

        var clusters = entries.Select(entry => ReadCluster(entry.Name, entry.Map, rings)).ToImmutableArray();
        var byName = clusters.ToDictionary(cluster => cluster.Name, StringComparer.Ordinal);
        foreach (var (name, map) in entries)
        {
            var cluster = byName[name];
            if (cluster.Parent is { } parent && ParentFault(cluster, parent, byName, rings) is { } fault)
            {
                map.Fault("parent", fault);
            }
        }

        return clusters;
    }

    private static Cluster ReadCluster(string name, YamlMap map, ImmutableArray<Ring> rings)
    {
        if (!Names.IsLabel(name))
        {
            map.FaultHere($"'{name}' is no name of a cluster; expected {Names.LabelRule}.");
        }

        var layer = ReadLayer(map);
        var engine = ReadEngine(map);
        var cluster = new Cluster
        {
            Name = name,
            Layer = layer,
            Ring = "",
            Parent = map.Text("parent"),
            Engine = engine,
            Nodes = ReadNodes(map, engine) ?? (layer == Layer.Cloud ? 2 : 1),
            Spec = ClusterSpecReader.Read(name, engine, map),
            Site = map.Text("site"),
            Labels = map.TextEntries("labels").ToImmutableSortedDictionary(StringComparer.Ordinal),
        };
        cluster = cluster with { Ring = ReadRing(map, cluster, rings) };
        map.Close();
        return cluster;
    }

    private static Layer ReadLayer(YamlMap map)
    {
        var name = map.RequiredText("layer");
        var layer = LayerNames.Find(name);
        if (layer is null && name.Length > 0)
        {
            map.Fault("layer", $"'{name}' is no layer{Suggestion.For(name, LayerNames.All.Select(LayerNames.Name))}");
        }

        return layer ?? Layer.Cloud;
    }

    // A cluster that names no ring is in the first one that selects it.
    private static string ReadRing(YamlMap map, Cluster cluster, ImmutableArray<Ring> rings)
    {
        if (!map.Has("ring") && rings.Any(ring => ring.Clusters is not null))
        {
            var selecting = rings.FirstOrDefault(ring => ring.Clusters?.Matches(cluster) == true);
            if (selecting is null)
            {
                map.FaultHere("The field 'ring' is missing, and no ring selects this cluster.");
            }

            return selecting?.Name ?? "";
        }

        var name = map.RequiredText("ring");
        if (name.Length > 0 && !rings.IsEmpty && rings.All(ring => ring.Name != name))
        {
            map.Fault("ring", $"There is no ring '{name}'{Suggestion.For(name, rings.Select(ring => ring.Name))}");
        }

        return name;
    }

    private static int? ReadNodes(YamlMap map, ClusterEngine engine)
    {
        if (map.Has("nodes") && map.Has("topology"))
        {
            map.Fault("nodes", "Both 'nodes' and 'topology' are given; expected one of them.");
        }
        else if (map.Has("nodes") && engine is ClusterEngine.Kind or ClusterEngine.K3d)
        {
            map.Fault("nodes", $"This is for simulated clusters; how many nodes a {engine.Name} cluster has is said by 'topology'.");
        }

        return map.WholeNumber("nodes", 1, MostNodes);
    }

    private static ClusterEngine ReadEngine(YamlMap map)
    {
        var kubeconfig = map.Text("kubeconfig");
        var context = map.Text("context");
        var engine = map.Choice("engine", Engines) ?? (kubeconfig is null ? "simulated" : "existing");
        if (engine == "existing" && kubeconfig is null)
        {
            map.FaultHere("An existing cluster needs the field 'kubeconfig': the path of its kubeconfig file.");
        }

        if (engine != "existing" && (kubeconfig ?? context) is not null)
        {
            map.Fault(kubeconfig is null ? "context" : "kubeconfig", $"A {engine} cluster has a kubeconfig of its own; this is for engine: existing.");
        }

        return engine switch
        {
            "existing" => new ClusterEngine.Existing(kubeconfig ?? "", context),
            "kind" => new ClusterEngine.Kind(),
            "k3d" => new ClusterEngine.K3d(),
            _ => new ClusterEngine.Simulated(),
        };
    }

    private static string? ParentFault(Cluster cluster, string parent, Dictionary<string, Cluster> clusters, ImmutableArray<Ring> rings)
    {
        if (!clusters.TryGetValue(parent, out var found))
        {
            return $"There is no cluster '{parent}'{Suggestion.For(parent, clusters.Keys)}";
        }

        if (found.Layer >= cluster.Layer)
        {
            return $"'{parent}' is on layer {found.Layer.Name()}; the parent of a cluster on layer {cluster.Layer.Name()} stands further in.";
        }

        int Order(string ring) => rings.TakeWhile(other => other.Name != ring).Count();
        return Order(found.Ring) > Order(cluster.Ring)
            ? $"'{parent}' is in ring '{found.Ring}', which comes after ring '{cluster.Ring}' of '{cluster.Name}'; a cluster never goes before its parent."
            : null;
    }
}
