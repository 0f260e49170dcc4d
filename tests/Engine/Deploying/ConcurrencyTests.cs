using FogInfra.Embedded.Protocol.Messages;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;
using FogInfra.Engine.Tests.Harness;

namespace FogInfra.Engine.Tests.Deploying;

public sealed class ConcurrencyTests : DeployingTest
{
    private int _running;
    private int _most;

    private async Task Count(Func<Task> work)
    {
        var now = Interlocked.Increment(ref _running);
        InterlockedMax(now);
        await work();
        Interlocked.Decrement(ref _running);
    }

    private void InterlockedMax(int value)
    {
        for (var seen = _most; value > seen; seen = _most)
        {
            Interlocked.CompareExchange(ref _most, value, seen);
        }
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("3", 3)]
    public async Task Parallel_Limit_IsNotExceeded(string parallel, int limit)
    {
        Provider.OnCreate = (_, _) => Count(async () =>
        {
            for (var turn = 0; turn < 20; turn++)
            {
                await Task.Yield();
            }
        });
        (await Workspace.UpAsync(
            program => Task.WhenAll(Enumerable.Range(0, 40).Select(number => Thing(program, $"t{number}"))), "--parallel", parallel)).ShouldSucceed();
        Assert.InRange(_most, 1, limit);
        Assert.Equal(40, Provider.Existing.Count);
    }

    [Fact]
    public async Task Register_ThousandsAtOnce_AllOpenAtTheSameTime()
    {
        const int count = 2000;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var open = 0;
        Provider.OnCreate = async (_, cancellation) =>
        {
            if (Interlocked.Increment(ref open) == count)
            {
                all.SetResult();
            }

            await all.Task.WaitAsync(cancellation);
        };
        (await Workspace.UpAsync(
            program => Task.WhenAll(Enumerable.Range(0, count).Select(number => Thing(program, $"t{number}"))), "--parallel", "2147483647")).ShouldSucceed();
        Assert.Equal(count, Provider.Existing.Count);
        await ShouldBeSoundAsync();
    }

    [Fact]
    public async Task Register_SlowCheckOfOne_DoesNotHoldUpOthers()
    {
        using var release = new ManualResetEventSlim();
        Provider.OnCheck = request =>
        {
            if (request.Urn.Name == "slow")
            {
                release.Wait(TestContext.Current.CancellationToken);
            }

            return CheckResult.Passed(request.NewInputs);
        };
        (await Workspace.UpAsync(async program =>
        {
            var slow = Thing(program, "slow");
            await Thing(program, "quick");
            Assert.False(slow.IsCompleted);
            release.Set();
            await slow;
        })).ShouldSucceed();
    }

    [Fact]
    public async Task Register_StepsOfIndependentResources_AreWorkedOutAtTheSameTime()
    {
        const int count = 4;
        Task<CommandOutcome> Up(double size) => Workspace.UpAsync(
            program => Task.WhenAll(Enumerable.Range(0, count).Select(number => Thing(program, $"t{number}", size))), "--parallel", $"{count}");
        (await Up(1)).ShouldSucceed();

        // Each check waits for all the others, and so does each diff: one at a time they would wait for ever.
        using var checks = new Barrier(count);
        using var diffs = new Barrier(count);
        Provider.OnCheck = request =>
        {
            checks.SignalAndWait(TestContext.Current.CancellationToken);
            return CheckResult.Passed(request.NewInputs);
        };
        Provider.OnDiff = _ =>
        {
            diffs.SignalAndWait(TestContext.Current.CancellationToken);
            return new DiffResult { Changes = DiffChanges.Some };
        };
        Assert.Equal(count, (await Up(2)).ShouldSucceed().Changes["update"]);
    }

    [Fact]
    public async Task Destroy_IndependentResources_AreDeletedAtTheSameTimeAndDependentsFirst()
    {
        (await Workspace.UpAsync(async program =>
        {
            var root = await Thing(program, "root");
            await Task.WhenAll(Thing(program, "left", 1, null, root), Thing(program, "right", 1, null, root));
        })).ShouldSucceed();
        var both = new Barrier(2);
        Provider.OnDelete = (request, cancellation) => request.Id == "root-1" ? Task.CompletedTask : Task.Run(() => both.SignalAndWait(cancellation), cancellation);
        (await Workspace.RunAsync("destroy", "--yes", "--skip-preview", "--parallel", "4")).ShouldSucceed();
        Assert.Equal("delete root-1", Provider.Changes[^1]);
    }

    [Fact]
    public async Task RandomGraphs_ChangedAtRandom_EndAsTheProgramSaysAndStaySound()
    {
        var random = new Random(20261121);
        Provider.OnDiff = request => request.OldInputs.Equals(request.NewInputs)
            ? DiffResult.NoChanges
            : new DiffResult
            {
                Changes = DiffChanges.Some,
                Replaces = request.Urn.Name.EndsWith('r') || request.Urn.Name.EndsWith('d') ? ["size"] : [],
                DeleteBeforeReplace = request.Urn.Name.EndsWith('d'),
            };
        for (var round = 0; round < 12; round++)
        {
            // A resource updates, replaces, or replaces by delete first, by the last letter of its name.
            var names = Enumerable.Range(0, 14).Where(_ => random.Next(4) > 0).Select(number => $"n{number}{"urd"[number % 3]}").ToArray();
            var sizes = names.ToDictionary(name => name, _ => (double)random.Next(3));
            var edges = names.SelectMany((name, at) => names.Take(at).Where(_ => random.Next(4) == 0).Select(other => (name, other))).ToLookup(edge => edge.name, edge => edge.other);
            (await Workspace.UpAsync(async program =>
            {
                var registered = new Dictionary<string, Task<Registered>>();
                foreach (var name in names)
                {
                    registered[name] = Register(program, name, sizes[name], [.. edges[name].Select(other => registered[other])]);
                }

                await Task.WhenAll(registered.Values);
            })).ShouldSucceed();
            Assert.Equal(names.Order(), Workspace.Resources().Keys.Where(name => name.StartsWith('n')).Order());
            Assert.Equal(names.Length, Provider.Existing.Count);
            Assert.All(names, name => Assert.Equal(sizes[name], ((PropertyValue.Number)Provider.Existing[Workspace.Resources()[name]["id"]!.GetValue<string>()]["size"]!).Value));
            await ShouldBeSoundAsync();
        }
    }

    private static async Task<Registered> Register(ProgramClient program, string name, double size, Task<Registered>[] dependencies)
    {
        var done = await Task.WhenAll(dependencies);
        var inputs = PropertyMap.Of(done.Select(other => (other.Urn.Split("::")[^1], other.Outputs["serial"]!)).Append(("size", size)));
        return await program.CustomAsync(
            Type,
            name,
            inputs,
            request =>
            {
                foreach (var other in done)
                {
                    request.PropertyDependencies[other.Urn.Split("::")[^1]] =
                        new RegisterResourceRequest.Types.PropertyDependencies { Urns = { other.Urn } };
                }
            },
            done);
    }
}
