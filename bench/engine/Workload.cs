using System.Collections.Immutable;
using FogInfra.Embedded.Protocol.Messages;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Engine.Tests.Harness;

namespace FogInfra.Bench;

/// <summary>
/// A program of so many resources, as applications have them: components with ten children each, in layers of which each takes
/// values from the one before. One resource in ten has a secret.
/// </summary>
internal sealed class Workload
{
    private const int Layers = 10;
    private const int Children = 9;

    private readonly ImmutableArray<Node> _nodes;

    public Workload(int count)
    {
        var nodes = ImmutableArray.CreateBuilder<Node>(count);
        var perLayer = Math.Max(1, count / Layers);
        var parent = -1;
        for (var number = 0; number < count; number++)
        {
            if (number % (Children + 1) == 0)
            {
                parent = number;
                nodes.Add(new Node($"app{number}", IsComponent: true, -1, []));
                continue;
            }

            var first = Math.Max(0, ((number / perLayer) - 1) * perLayer);
            int[] wanted = number < perLayer ? [] : [first + (number * 7 % perLayer), first + (number * 13 % perLayer)];
            nodes.Add(new Node($"res{number}", IsComponent: false, parent, [.. wanted.Distinct().Where(other => !nodes[other].IsComponent)]));
        }

        _nodes = nodes.ToImmutable();
    }

    /// <summary>How many resources a provider manages.</summary>
    public int Managed => _nodes.Count(node => !node.IsComponent);

    /// <summary>How many managed resources stand in the longest chain of dependencies.</summary>
    public int LongestChain
    {
        get
        {
            var lengths = new int[_nodes.Length];
            for (var number = 0; number < _nodes.Length; number++)
            {
                lengths[number] = _nodes[number].IsComponent ? 0 : 1 + _nodes[number].DependsOn.Select(other => lengths[other]).DefaultIfEmpty().Max();
            }

            return lengths.Max();
        }
    }

    /// <summary>Registers everything, each resource as soon as what it takes values from is there.</summary>
    /// <param name="program">The engine.</param>
    /// <param name="isChanged">One resource in the middle is to be otherwise than before.</param>
    public async Task RegisterAsync(ProgramClient program, bool isChanged)
    {
        var registered = new Task<Registered>[_nodes.Length];
        for (var number = 0; number < _nodes.Length; number++)
        {
            registered[number] = RegisterAsync(program, number, registered, isChanged && number == (_nodes.Length / 2) + 1);
        }

        await Task.WhenAll(registered);
        await program.ExportAsync(("first", (await registered[0]).Urn), ("last", (await registered[^1]).Id));
    }

    private async Task<Registered> RegisterAsync(ProgramClient program, int number, Task<Registered>[] registered, bool isChanged)
    {
        var node = _nodes[number];
        if (node.IsComponent)
        {
            return await program.ComponentAsync("bench:index:App", node.Name);
        }

        var parent = node.Parent < 0 ? null : await registered[node.Parent];
        var dependencies = await Task.WhenAll(node.DependsOn.Select(other => registered[other]));
        return await program.CustomAsync(
            "bench:index:Thing",
            node.Name,
            Inputs(number, dependencies, isChanged),
            request =>
            {
                request.Parent = parent?.Urn ?? request.Parent;
                for (var position = 0; position < dependencies.Length; position++)
                {
                    request.PropertyDependencies[$"from{position}"] =
                        new RegisterResourceRequest.Types.PropertyDependencies { Urns = { dependencies[position].Urn } };
                }
            },
            dependencies);
    }

    private static PropertyMap Inputs(int number, Registered[] dependencies, bool isChanged)
    {
        var container = PropertyMap.Of(
            ("image", $"registry.example/team/service-{number % 40}:1.{number % 7}.0"),
            ("name", "main"),
            ("env", PropertyValue.ListOf(Enumerable.Range(0, 4).Select(variable =>
                (PropertyValue)PropertyMap.Of(("name", $"VARIABLE_{variable}"), ("value", $"value {variable} of {number}"))))));
        var values = new List<(string, PropertyValue)>
        {
            ("size", isChanged ? 2.0 : 1.0),
            ("metadata", PropertyMap.Of(("name", $"thing-{number}"), ("labels", PropertyMap.Of(("app", $"app-{number / 10}"), ("tier", "bench"))))),
            ("spec", PropertyMap.Of(("replicas", 3.0), ("containers", PropertyValue.ListOf(container)))),
        };
        if (number % 10 == 5)
        {
            values.Add(("password", new PropertyValue.Secret($"secret of {number}")));
        }

        values.AddRange(dependencies.Select((other, position) => ($"from{position}", other.Outputs["address"] ?? PropertyValue.Unknown)));
        return PropertyMap.Of(values);
    }

    private sealed record Node(string Name, bool IsComponent, int Parent, ImmutableArray<int> DependsOn);
}
