using FogInfra.Model;
using FsCheck;
using FsCheck.Fluent;

namespace FogInfra.Tests;

public sealed class ServiceGraphTests
{
    [Fact]
    public void Sort_AnyGraph_IsAnOrderOrShowsACycle() => Prop
        .ForAll(Graphs().ToArbitrary(), graph =>
        {
            var order = ServiceGraph.Sort([.. graph.Keys], name => graph[name]);
            return order.Cycle.IsEmpty ? IsOrder(order, graph) : IsCycle(order, graph);
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Sort_NoDependencies_KeepsTheOrder()
    {
        Assert.Equal(["c", "a", "b"], ServiceGraph.Sort(["c", "a", "b"], _ => []).Names);
    }

    private static bool IsOrder(ServiceOrder order, Dictionary<string, string[]> graph) =>
        order.Names.Order().SequenceEqual(graph.Keys.Order())
        && order.Names.All(name => graph[name].Where(graph.ContainsKey).All(other => order.Names.IndexOf(other) < order.Names.IndexOf(name)));

    private static bool IsCycle(ServiceOrder order, Dictionary<string, string[]> graph) =>
        order.Names.IsEmpty && order.Cycle.Length > 1 && order.Cycle[0] == order.Cycle[^1]
        && order.Cycle.Zip(order.Cycle.Skip(1)).All(pair => graph[pair.First].Contains(pair.Second));

    private static Gen<Dictionary<string, string[]>> Graphs() =>
        from count in Gen.Choose(0, 8)
        let names = Enumerable.Range(0, count).Select(number => $"s{number}").ToArray()
        from edges in Gen.ArrayOf(Gen.Choose(0, 9), count * 2)
        select names.Select((name, index) => (name, edges: edges.Skip(index * 2).Take(2).Select(edge => $"s{edge}").Distinct().ToArray()))
            .ToDictionary(pair => pair.name, pair => pair.edges);
}
