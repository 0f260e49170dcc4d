using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;

namespace FogInfra.Engine.Tests.Fuzzing;

/// <summary>Makes random cases, valid ones only, and simpler ones of those that fail.</summary>
internal static class FuzzCases
{
    private const int MostResources = 9;
    private static readonly string[] Verbs = ["check", "diff", "create", "update", "delete", "read", "partly create", "partly update"];

    /// <summary>All cases.</summary>
    public static Arbitrary<FuzzCase> All { get; } = Arb.From(
        from seed in Gen.Choose(0, int.MaxValue - 1) select Make(new Random(seed)), wanted => wanted.Simpler());

    private static FuzzCase Make(Random random)
    {
        bool OneIn(int many) => random.Next(many) == 0;
        var state = ImmutableArray.CreateBuilder<FuzzResource>();
        var names = Enumerable.Range(0, random.Next(MostResources)).Select(Name).ToArray();
        foreach (var name in names)
        {
            state.Add(Resource(name, state) with
            {
                External = OneIn(10), PendingReplacement = OneIn(10), HasInitErrors = OneIn(8), Taint = OneIn(12),
            });
        }

        foreach (var name in names.Where(_ => OneIn(6)))
        {
            // One that was replaced before and whose delete failed.
            state.Insert(0, new FuzzResource { Name = name, Delete = true, Size = 9 });
            for (var place = 1; place < state.Count; place++)
            {
                state[place] = state[place] with
                {
                    Parent = state[place].Parent + 1, DeletedWith = state[place].DeletedWith + 1, DependsOn = [.. state[place].DependsOn.Select(other => other + 1)],
                };
            }
        }

        var program = ImmutableArray.CreateBuilder<FuzzResource>();
        var wanted = names.Where(_ => !OneIn(4)).Concat(Enumerable.Range(20, random.Next(3)).Select(Name));
        foreach (var name in OneIn(3) ? wanted.OrderBy(_ => random.Next()) : wanted)
        {
            var renamed = OneIn(6);
            program.Add(Resource(renamed ? name + "x" : name, program) with { Alias = renamed ? name : null, External = OneIn(12) });
        }

        var all = state.Concat(program).Select(resource => resource.Name).Distinct().ToArray();
        return new FuzzCase
        {
            State = state.ToImmutable(),
            Program = program.ToImmutable(),
            Operation = Enum.GetValues<FuzzOperation>()[random.Next(Enum.GetValues<FuzzOperation>().Length)],
            Targets = [.. all.Where(_ => OneIn(3))],
            Failures = [.. all.Where(_ => OneIn(5)).Select(name => $"{Verbs[random.Next(Verbs.Length)]} {name}")],
            Gone = [.. names.Where(_ => OneIn(8))],
            Parallel = OneIn(2) ? 1 : 8,
        };

        FuzzResource Resource(string name, IReadOnlyList<FuzzResource> before)
        {
            var components = Enumerable.Range(0, before.Count).Where(place => before[place].IsComponent).ToArray();
            var custom = Enumerable.Range(0, before.Count).Where(place => !before[place].IsComponent).ToArray();
            return new FuzzResource
            {
                Name = name,
                // By the name, so that a resource is the same in state and program, most of the time.
                IsComponent = (name[1] - '0') % 4 == 1 != OneIn(30),
                Parent = components.Length > 0 && OneIn(2) ? components[random.Next(components.Length)]
                    : custom.Length > 0 && OneIn(8) ? custom[random.Next(custom.Length)] : null,
                DependsOn = [.. Enumerable.Range(0, before.Count).Where(_ => OneIn(4))],
                DeletedWith = custom.Length > 0 && OneIn(10) ? custom[random.Next(custom.Length)] : null,
                Protect = OneIn(10),
                RetainOnDelete = OneIn(12),
                DeleteBeforeReplace = OneIn(4),
                Size = random.Next(3),
            };
        }
    }

    private static string Name(int number) => $"n{number}";
}
