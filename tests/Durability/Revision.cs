using System.Collections.Immutable;
using FogInfra.Embedded.Protocol.Messages;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Engine.Tests.Harness;

namespace FogInfra.Durability;

/// <summary>
/// A program of 60 resources in six components, made from a seed. From one revision to the next some are added, some go, some change
/// in place, some are replaced in either order, some have another name and an alias.
/// </summary>
internal sealed class Revision
{
    public const int Count = 60;

    /// <summary>What all secrets begin with.</summary>
    public const string SecretPrefix = "swordfish-";

    private const int Slots = 70;
    private const int FirstRenamed = 56;
    private const int Components = 6;

    private readonly ImmutableArray<Item> _items;

    public Revision(int seed)
    {
        Seed = seed;
        var random = new Random(seed);
        var slots = Enumerable.Range(0, Slots).OrderBy(_ => random.Next()).Take(Count).Order().ToArray();
        var items = ImmutableArray.CreateBuilder<Item>();
        foreach (var slot in slots)
        {
            var variant = slot >= FirstRenamed ? random.Next(2) : 0;
            var wanted = Enumerable.Range(0, random.Next(4)).Select(_ => random.Next(Math.Max(1, slot))).Distinct()
                .Select(other => items.FirstOrDefault(item => item.Slot == other)).OfType<Item>().ToImmutableArray();
            items.Add(new Item(slot, TypeOf(slot), NameOf(slot, variant), random.Next(3), random.Next(6) == 0 ? 1 : 0, wanted));
        }

        _items = items.ToImmutable();
    }

    /// <summary>What it was made from.</summary>
    public int Seed { get; }

    /// <summary>What there is to be in the end: kind and name of the resource, size and zone.</summary>
    public IReadOnlyList<string> Expected => [.. _items.Select(item => Describe(item.Type, item.Name, item.Size, item.Zone)).Order(StringComparer.Ordinal)];

    /// <summary>One object as <see cref="Expected"/> has it.</summary>
    public static string Describe(string type, string name, double size, double zone) => FormattableString.Invariant($"{type} {name} size {size} zone {zone}");

    /// <summary>Registers everything, each as soon as what it depends on is there.</summary>
    public async Task RegisterAsync(ProgramClient program)
    {
        var components = await Task.WhenAll(Enumerable.Range(0, Components).Select(number => program.ComponentAsync("acme:index:Part", $"part{number}")));
        var registered = new Dictionary<Item, Task<Registered>>();
        foreach (var item in _items)
        {
            registered.Add(item, RegisterAsync(program, item, components[item.Slot % Components], [.. item.DependsOn.Select(other => registered[other])]));
        }

        await Task.WhenAll(registered.Values);
        foreach (var component in components)
        {
            await program.SetOutputsAsync(component.Urn, PropertyMap.Of(("revision", (double)Seed)));
        }

        await program.ExportAsync(("revision", (double)Seed), ("token", new PropertyValue.Secret($"{SecretPrefix}output-{Seed}")));
    }

    private async Task<Registered> RegisterAsync(ProgramClient program, Item item, Registered component, Task<Registered>[] dependsOn)
    {
        var dependencies = await Task.WhenAll(dependsOn);
        var inputs = new List<(string, PropertyValue)>
        {
            ("size", item.Size), ("zone", item.Zone), ("password", new PropertyValue.Secret($"{SecretPrefix}{item.Slot}")),
        };
        if (item.Type is CloudProvider.Named or CloudProvider.Fixed)
        {
            inputs.Add(("name", NameOf(item.Slot, 0))); // The object keeps its name when the resource gets another.
        }

        inputs.AddRange(dependencies.Select((other, position) => ($"from{position}", other.Outputs["address"] ?? PropertyValue.Unknown)));
        return await program.CustomAsync(
            item.Type,
            item.Name,
            PropertyMap.Of(inputs),
            request =>
            {
                request.Parent = component.Urn;
                if (item.Slot >= FirstRenamed)
                {
                    request.Aliases.AddRange(new[] { 0, 1 }.Select(variant => NameOf(item.Slot, variant)).Where(name => name != item.Name)
                        .Select(name => new Alias { Spec = new Alias.Types.Spec { Name = name } }));
                }

                for (var position = 0; position < dependencies.Length; position++)
                {
                    request.PropertyDependencies[$"from{position}"] =
                        new RegisterResourceRequest.Types.PropertyDependencies { Urns = { dependencies[position].Urn } };
                }
            },
            dependencies);
    }

    private static string TypeOf(int slot) => (slot % 9) switch
    {
        0 or 4 or 8 => CloudProvider.Named,
        1 or 5 => CloudProvider.Auto,
        2 or 6 or 7 => CloudProvider.Fixed,
        _ => CloudProvider.Server,
    };

    private static string NameOf(int slot, int variant) => variant == 0 ? $"r{slot}" : $"r{slot}-renamed";

    private sealed record Item(int Slot, string Type, string Name, double Size, double Zone, ImmutableArray<Item> DependsOn);
}
