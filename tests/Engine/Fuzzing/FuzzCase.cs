using System.Collections.Immutable;

namespace FogInfra.Engine.Tests.Fuzzing;

/// <summary>A resource of a random state or program. Others are named by their places in the same list, all before its own.</summary>
internal sealed record FuzzResource
{
    public required string Name { get; init; }

    public bool IsComponent { get; init; }

    public int? Parent { get; init; }

    public ImmutableArray<int> DependsOn { get; init; } = [];

    public int? DeletedWith { get; init; }

    public bool Protect { get; init; }

    public bool RetainOnDelete { get; init; }

    public bool DeleteBeforeReplace { get; init; }

    /// <summary>It is read, not managed.</summary>
    public bool External { get; init; }

    /// <summary>In a state: it was replaced and waits for its delete.</summary>
    public bool Delete { get; init; }

    /// <summary>In a state: it was deleted and waits to be made anew.</summary>
    public bool PendingReplacement { get; init; }

    /// <summary>In a state: it is not as it should be.</summary>
    public bool HasInitErrors { get; init; }

    /// <summary>In a state: it is to be replaced.</summary>
    public bool Taint { get; init; }

    /// <summary>In a program: what it was called before.</summary>
    public string? Alias { get; init; }

    public int Size { get; init; }

    /// <summary>The resource with one of those before it gone.</summary>
    public FuzzResource Without(int place)
    {
        int? Moved(int? other) => other is null || other == place ? null : other > place ? other - 1 : other;
        return this with
        {
            Parent = Moved(Parent), DeletedWith = Moved(DeletedWith), DependsOn = [.. DependsOn.Select(other => Moved(other)).OfType<int>()],
        };
    }
}

/// <summary>What is done.</summary>
internal enum FuzzOperation
{
    Up,
    UpWithRefresh,
    UpGoingOn,
    UpTargeted,
    UpTargetedWithDependents,
    UpReplacing,
    UpExcluding,
    UpCanceled,
    Preview,
    Refresh,
    Destroy,
    DestroyTargeted,
    DestroyUnprotected,
}

/// <summary>A state, a program, an operation, and what the provider fails to do.</summary>
internal sealed record FuzzCase
{
    public required ImmutableArray<FuzzResource> State { get; init; }

    public required ImmutableArray<FuzzResource> Program { get; init; }

    public required FuzzOperation Operation { get; init; }

    /// <summary>Names of what is targeted, replaced or excluded.</summary>
    public ImmutableArray<string> Targets { get; init; } = [];

    /// <summary>Calls that fail, as <c>verb name</c>; those with <c>partly</c> before leave something behind.</summary>
    public ImmutableArray<string> Failures { get; init; } = [];

    /// <summary>Names of what is gone behind the engine's back.</summary>
    public ImmutableArray<string> Gone { get; init; } = [];

    public int Parallel { get; init; } = 1;

    /// <summary>Simpler cases of the same kind.</summary>
    public IEnumerable<FuzzCase> Simpler()
    {
        for (var place = 0; place < State.Length; place++)
        {
            yield return this with { State = Without(State, place) };
        }

        for (var place = 0; place < Program.Length; place++)
        {
            yield return this with { Program = Without(Program, place) };
        }

        foreach (var failure in Failures)
        {
            yield return this with { Failures = Failures.Remove(failure) };
        }

        foreach (var name in Gone)
        {
            yield return this with { Gone = Gone.Remove(name) };
        }

        foreach (var (list, replace) in new[] { (State, (Func<ImmutableArray<FuzzResource>, FuzzCase>)(changed => this with { State = changed })), (Program, changed => this with { Program = changed }) })
        {
            for (var place = 0; place < list.Length; place++)
            {
                foreach (var plainer in Plainer(list[place]))
                {
                    yield return replace(list.SetItem(place, plainer));
                }
            }
        }

        if (Parallel > 1)
        {
            yield return this with { Parallel = 1 };
        }
    }

    public override string ToString() => $"""
        {Operation} {string.Join(' ', Targets)}, {Parallel} at a time
          state:    {string.Join("\n            ", State.Select(Describe))}
          program:  {string.Join("\n            ", Program.Select(Describe))}
          failures: {string.Join(", ", Failures)}
          gone:     {string.Join(", ", Gone)}
        """;

    private static ImmutableArray<FuzzResource> Without(ImmutableArray<FuzzResource> list, int place) =>
        [.. list.Where((_, at) => at != place).Select(resource => resource.Without(place))];

    private static IEnumerable<FuzzResource> Plainer(FuzzResource resource) => new[]
    {
        resource with { DependsOn = [] }, resource with { Parent = null }, resource with { DeletedWith = null }, resource with { Protect = false },
        resource with { RetainOnDelete = false }, resource with { DeleteBeforeReplace = false }, resource with { PendingReplacement = false },
        resource with { HasInitErrors = false }, resource with { Taint = false }, resource with { Alias = null }, resource with { Size = 0 },
    }.Where(plainer => Describe(plainer) != Describe(resource));

    private static string Describe(FuzzResource resource) =>
        $"{resource.Name}{(resource.IsComponent ? " component" : "")} size {resource.Size}"
        + (resource.Parent is { } parent ? $" in #{parent}" : "") + (resource.DependsOn.IsEmpty ? "" : $" after #{string.Join(",#", resource.DependsOn)}")
        + (resource.DeletedWith is { } other ? $" deleted with #{other}" : "") + (resource.Alias is { } alias ? $" was {alias}" : "")
        + string.Concat(new[]
        {
            (resource.Protect, " protect"), (resource.RetainOnDelete, " retain"), (resource.DeleteBeforeReplace, " delete first"),
            (resource.External, " external"), (resource.Delete, " condemned"), (resource.PendingReplacement, " pending replacement"),
            (resource.HasInitErrors, " init errors"), (resource.Taint, " taint"),
        }.Where(flag => flag.Item1).Select(flag => flag.Item2));
}
