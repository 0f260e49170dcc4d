using System.Collections.Immutable;
using Pulumi;
using static FogInfra.Tests.OutputReading;

namespace FogInfra.Tests;

public sealed class OutputTests
{
    [Fact]
    public async Task Create_AValue_IsKnownAndOpen()
    {
        var output = Output.Create("a");

        Assert.Equal("a", await output.ValueAsync());
        Assert.True(await output.IsKnownAsync());
        Assert.False(await output.IsSecretAsync());
        Assert.Empty(await output.ResourcesAsync());
    }

    [Fact]
    public async Task Create_ATask_HasWhatTheTaskGives() => Assert.Equal(3, await Output.Create(Task.FromResult(3)).ValueAsync());

    [Fact]
    public async Task Create_ATaskThatFails_FailsLikeIt()
    {
        var output = Output.Create(Task.FromException<int>(new InvalidOperationException("broken")));

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => output.ValueAsync());
        Assert.Equal("broken", exception.Message);
    }

    [Fact]
    public async Task CreateSecret_AnyForm_IsSecret()
    {
        Assert.True(await Output.CreateSecret("a").IsSecretAsync());
        Assert.True(await Output.CreateSecret(Task.FromResult("a")).IsSecretAsync());
        Assert.True(await Output.CreateSecret(Output.Create("a")).IsSecretAsync());
    }

    [Fact]
    public async Task CreateSecret_OfAnUnknown_StaysUnknown()
    {
        var output = Output.CreateSecret(Unknown("a"));

        Assert.True(await output.IsSecretAsync());
        Assert.False(await output.IsKnownAsync());
    }

    [Fact]
    public async Task Unsecret_ASecret_GivesAnOpenCopyAndLeavesTheSecret()
    {
        var secret = Output.CreateSecret("a");

        Assert.False(await Output.Unsecret(secret).IsSecretAsync());
        Assert.True(await secret.IsSecretAsync());
    }

    [Fact]
    public async Task Apply_EachForm_ComputesFromTheValue()
    {
        var one = Output.Create(1);

        Assert.Equal(2, await one.Apply(value => value + 1).ValueAsync());
        Assert.Equal(2, await one.Apply(value => Task.FromResult(value + 1)).ValueAsync());
        Assert.Equal(2, await one.Apply(value => Output.Create(value + 1)).ValueAsync());
        Assert.Equal(2, await one.Apply(value => (Input<int>)(value + 1)).ValueAsync());
    }

    [Fact]
    public async Task Apply_AnAction_RunsItAndSettles()
    {
        var seen = 0;

        Output<ValueTuple> done = Output.Create(5).Apply(async value =>
        {
            await Task.Yield();
            seen = value;
        });

        await done.ValueAsync();
        Assert.Equal(5, seen);
    }

    [Fact]
    public async Task Apply_OnAnUnknown_DoesNotRunAndStaysUnknown()
    {
        var ran = false;

        var result = Output.CreateSecret(Unknown(1)).Apply(value => ran = true);

        Assert.False(await result.IsKnownAsync());
        Assert.True(await result.IsSecretAsync());
        Assert.False(ran);
    }

    [Fact]
    public async Task Apply_OfASecret_IsSecret() => Assert.True(await Output.CreateSecret(1).Apply(value => value + 1).IsSecretAsync());

    [Fact]
    public async Task Apply_GivesASecret_IsSecret() =>
        Assert.True(await Output.Create(1).Apply(value => Output.CreateSecret(value)).IsSecretAsync());

    [Fact]
    public async Task Apply_GivesAnUnknown_IsUnknown() => Assert.False(await Output.Create(1).Apply(_ => Unknown("later")).IsKnownAsync());

    [Fact]
    public async Task Apply_GivesNoOutput_HasTheDefault()
    {
        var result = Output.CreateSecret(1).Apply(_ => (Output<string>?)null);

        Assert.Null(await result.ValueAsync());
        Assert.True(await result.IsKnownAsync());
        Assert.True(await result.IsSecretAsync());
    }

    [Fact]
    public async Task Apply_TheFunctionThrows_FailsLikeIt()
    {
        var result = Output.Create(1).Apply(Fail);

        Assert.Equal("no", (await Assert.ThrowsAsync<RunException>(() => result.ValueAsync())).Message);

        static int Fail(int value) => throw new RunException("no");
    }

    [Fact]
    public async Task All_Values_KeepsTheirOrder()
    {
        Assert.Equal([1, 2, 3], await Output.All<int>(1, Output.Create(2), 3).ValueAsync());
        Assert.Equal([1, 2], await Output.All(Output.Create(1), Output.Create(2)).ValueAsync());
        Assert.Equal([1, 2], await Output.All(new List<Input<int>> { 1, 2 }).ValueAsync());
        Assert.Equal([1], await Output.All(new List<Output<int>> { Output.Create(1) }).ValueAsync());
        Assert.Empty(await Output.All(Array.Empty<Input<int>>()).ValueAsync());
    }

    [Fact]
    public async Task All_OneIsSecretAndOneUnknown_IsBoth()
    {
        var all = Output.All(Output.CreateSecret(1), Unknown(2), Output.Create(3));

        Assert.True(await all.IsSecretAsync());
        Assert.False(await all.IsKnownAsync());
    }

    [Fact]
    public async Task Tuple_EachLength_HasAllValues()
    {
        Input<int> one = 1;
        var two = Output.Create("2");
        Input<string> text = two;

        Assert.Equal((1, "2"), await Output.Tuple(one, text).ValueAsync());
        Assert.Equal(("2", "2"), await Output.Tuple(two, two).ValueAsync());
        Assert.Equal((1, "2", 1), await Output.Tuple(one, text, one).ValueAsync());
        Assert.Equal((1, "2", 1, "2"), await Output.Tuple(one, text, one, text).ValueAsync());
        Assert.Equal((1, "2", 1, "2", 1), await Output.Tuple(one, text, one, text, one).ValueAsync());
        Assert.Equal((1, "2", 1, "2", 1, "2"), await Output.Tuple(one, text, one, text, one, text).ValueAsync());
        Assert.Equal((1, "2", 1, "2", 1, "2", 1), await Output.Tuple(one, text, one, text, one, text, one).ValueAsync());
        Assert.Equal((1, "2", 1, "2", 1, "2", 1, "2"), await Output.Tuple(one, text, one, text, one, text, one, text).ValueAsync());
        Assert.Equal(("2", "2", "2", "2", "2", "2", "2", "2"), await Output.Tuple(two, two, two, two, two, two, two, two).ValueAsync());
    }

    [Fact]
    public async Task Tuple_OneIsSecretAndOneUnknown_IsBoth()
    {
        var tuple = Output.Tuple(Output.CreateSecret(1), Unknown("b"), Output.Create(3));

        Assert.True(await tuple.IsSecretAsync());
        Assert.False(await tuple.IsKnownAsync());
    }

    [Fact]
    public async Task Format_HolesOfEveryKind_AreFilled()
    {
        Input<string> input = "i";
        var none = default(string);

        var text = Output.Format($"{input}-{Output.Create("o")}-{3:000}-{1.5}-{none}.");

        Assert.Equal("i-o-003-1.5-.", await text.ValueAsync());
    }

    [Fact]
    public async Task Format_AFormatInAHoleOfAnOutput_Applies() =>
        Assert.Equal("007", await Output.Format($"{Output.Create(7):000}").ValueAsync());

    [Fact]
    public async Task Format_AHoleIsSecretAndOneUnknown_IsBoth()
    {
        var text = Output.Format($"{Output.CreateSecret("s")}{Unknown("u")}");

        Assert.True(await text.IsSecretAsync());
        Assert.False(await text.IsKnownAsync());
    }

    [Fact]
    public async Task ToOutput_OfNoInput_HasTheDefault()
    {
        Input<string>? none = null;

        Assert.Null(await none.ToOutput().ValueAsync());
        Assert.Equal("none", await none.Apply(value => value ?? "none").ValueAsync());
    }

    [Fact]
    public async Task InputApply_EachForm_ComputesFromTheValue()
    {
        Input<int> one = 1;

        Assert.Equal(2, await one.Apply(value => value + 1).ValueAsync());
        Assert.Equal(2, await one.Apply(value => Task.FromResult(value + 1)).ValueAsync());
        Assert.Equal(2, await one.Apply(value => Output.Create(value + 1)).ValueAsync());
        Assert.Equal(2, await one.Apply(value => (Input<int>)(value + 1)).ValueAsync());
    }

    [Fact]
    public async Task Extensions_OfLists_LookIntoThem()
    {
        var list = Output.Create(ImmutableArray.Create("a", "b", "c"));

        Assert.Equal("a", await list.First().ValueAsync());
        Assert.Equal("c", await list.GetAt(2).ValueAsync());
        Assert.Equal("b", await list.GetAt(Output.Create(1)).ValueAsync());
        Assert.Equal(3, await list.Length().ValueAsync());
    }

    [Fact]
    public async Task CreateUnknown_WithAFactory_NeverRunsIt()
    {
        var ran = false;
        var output = Pulumi.Utilities.OutputUtilities.CreateUnknown(() =>
        {
            ran = true;
            return Task.FromResult(1);
        });

        Assert.False(await output.IsKnownAsync());
        Assert.Equal(0, await output.ValueAsync());
        Assert.False(ran);
    }

    [Fact]
    public async Task DeferredOutput_Resolved_SettlesLikeTheOther()
    {
        var deferred = new DeferredOutput<string>();
        var length = deferred.Output.Apply(text => text.Length);

        deferred.Resolve(Output.CreateSecret("abc"));

        Assert.Equal(3, await length.ValueAsync());
        Assert.True(await length.IsSecretAsync());
        Assert.Throws<InvalidOperationException>(() => deferred.Resolve(Output.Create("d")));
    }
}
