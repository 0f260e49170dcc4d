using System.Text.RegularExpressions;
using FogInfra.Embedded.Provider;
using FogInfra.Tests.Kubernetes.Support;

namespace FogInfra.Tests.Kubernetes.Behaviours.Faults;

/// <summary>
/// A stack of a few resources, updated again and again while things go wrong. It keeps state as an engine does: what succeeded is in it,
/// what failed stays as it was, and of what may have happened without an answer the next update finds out first.
/// </summary>
internal sealed class RandomRun(ProviderDriver driver, string space, FaultyProxy proxy, int seed, CancellationToken cancellationToken)
{
    private static readonly Fault[] Faults = Enum.GetValues<Fault>();

    private readonly Random _random = new(seed);
    private readonly Random _faults = new(seed + 1); // Of its own, as requests come from several threads.
    private readonly Dictionary<string, Resource?> _state = Slots.ToDictionary(slot => slot, _ => (Resource?)null);
    private readonly Dictionary<string, string> _programs = [];
    private readonly HashSet<string> _unclear = [];
    private int _round;
    private int _failed;

    /// <summary>The kinds of the resources.</summary>
    public static IReadOnlyList<(string ApiVersion, string Kind)> Kinds { get; } = [("v1", "ConfigMap"), ("v1", "Service"), ("apps/v1", "Deployment")];

    /// <summary>What the program says last: objects, and the round of each.</summary>
    public SortedDictionary<string, string> Expected { get; } = new(StringComparer.Ordinal);

    /// <summary>How the run went.</summary>
    public string Summary => $"{_round} updates, {_failed} ended with an error, {proxy.Injected.Count} faults: "
        + string.Join(", ", proxy.Injected.GroupBy(fault => fault).OrderBy(group => group.Key).Select(group => $"{group.Count()} {group.Key}"));

    private static IEnumerable<string> Slots => from kind in Kinds from number in (int[])[1, 2] select $"{kind.Kind}/{kind.Kind.ToLowerInvariant()}-{number}";

    /// <summary>Updates the stack, each time one resource of it, with faults.</summary>
    public async Task UpdateAsync(int updates)
    {
        proxy.Choose = _ =>
        {
            lock (_faults)
            {
                return _faults.NextDouble() < 0.25 ? Faults[_faults.Next(Faults.Length)] : null;
            }
        };
        for (var i = 0; i < updates; i++)
        {
            _round++;
            var slot = _state.Keys.ElementAt(_random.Next(_state.Count));
            try
            {
                await TurnAsync(slot);
            }
            catch (ProviderException error)
            {
                _failed++;
                Assert.True(IsClear(error), $"update {_round} ended with an error that does not say what went wrong: {error.Message}");
                Note(slot, error);
            }
        }
    }

    /// <summary>Brings everything to what the program says, with no more faults: a refresh, then an update.</summary>
    public async Task SettleAsync()
    {
        _round++;
        foreach (var slot in _state.Keys.ToList())
        {
            await FindOutAsync(slot);
            if (_state[slot] is { } known)
            {
                _state[slot] = await driver.RefreshAsync(known, cancellationToken);
            }

            await MakeAsync(slot);
            var refreshed = await driver.RefreshAsync(_state[slot]!, cancellationToken);
            Assert.Equal(DiffChanges.None, (await driver.DiffAsync(refreshed!, _programs[slot], cancellationToken)).Changes);
        }
    }

    private async Task TurnAsync(string slot)
    {
        await FindOutAsync(slot);
        if (_state[slot] is { } existing && _random.Next(5) == 0)
        {
            await driver.DeleteAsync(existing, cancellationToken);
            _state[slot] = null;
            return;
        }

        await MakeAsync(slot);
    }

    private async Task MakeAsync(string slot)
    {
        var program = ProgramOf(slot);
        _programs[slot] = program;
        Expected[slot] = $"{_round}";
        _state[slot] = _state[slot] is { } existing
            ? (await driver.UpAsync(existing, program, cancellationToken)).Resource
            : await driver.CreateAsync(TypeOf(slot), slot, program, cancellationToken);
    }

    // As an operator does after an update that ended in the open: is it there?
    private async Task FindOutAsync(string slot)
    {
        if (!_unclear.Contains(slot))
        {
            return;
        }

        if (_state[slot] is { } known)
        {
            _state[slot] = await driver.RefreshAsync(known, cancellationToken);
        }
        else
        {
            _state[slot] = await driver.ImportAsync(TypeOf(slot), slot, $"{space}/{slot.Split('/')[1]}", cancellationToken);
        }

        _unclear.Remove(slot);
    }

    private void Note(string slot, ProviderException error)
    {
        if (error is ResourceInitException created)
        {
            _state[slot] = new Resource(ProviderDriver.UrnOf(TypeOf(slot), slot), created.Id, created.Outputs.GetMap("__inputs")!, created.Outputs);
        }

        _unclear.Add(slot);
    }

    private static bool IsClear(ProviderException error) => Regex.IsMatch(
        error.Message, "cannot be reached|etcdserver|exists already|come again later|The server answered|is not deleted|token has expired");

    private static string TypeOf(string slot) => slot.Split('/')[0] switch
    {
        "Deployment" => "kubernetes:apps/v1:Deployment",
        var kind => $"kubernetes:core/v1:{kind}",
    };

    private string ProgramOf(string slot)
    {
        var (kind, name) = (slot.Split('/')[0], slot.Split('/')[1]);
        var metadata = $$"""{"name":"{{name}}","labels":{"made-by":"run","extra-{{_random.Next(3)}}":"yes"},"annotations":{"round":"{{_round}}"} }""";
        return kind switch
        {
            "ConfigMap" => $$"""{"metadata":{{metadata}},"data":{"round":"{{_round}}","k-{{_random.Next(3)}}":"v"} }""",
            "Service" => $$"""{"metadata":{{metadata}},"spec":{"selector":{"app":"{{name}}"},"ports":[{"port":{{_random.Next(80, 83)}} }]} }""",
            _ => $$"""
                {"metadata":{{metadata}},"spec":{"replicas":{{_random.Next(3)}},"selector":{"matchLabels":{"app":"{{name}}"} },
                 "template":{"metadata":{"labels":{"app":"{{name}}"} },"spec":{"terminationGracePeriodSeconds":1,"containers":[{"name":"web","image":"web:{{_random.Next(1, 3)}}"}]} } } }
                """,
        };
    }
}
