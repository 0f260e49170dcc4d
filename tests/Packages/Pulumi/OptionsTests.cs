using Pulumi;

namespace FogInfra.Tests;

public sealed class OptionsTests : EngineTest
{
    [Fact]
    public async Task Merge_OfCustomOptions_JoinsListsAndPrefersTheSecond()
    {
        await RunAsync(async () =>
        {
            var one = new Box<string>("one");
            var two = new Box<string>("two");
            var merged = CustomResourceOptions.Merge(
                new()
                {
                    Protect = true,
                    Version = "1.0.0",
                    IgnoreChanges = { "a" },
                    DependsOn = { one },
                    AdditionalSecretOutputs = { "s" },
                    DeleteBeforeReplace = true,
                    Aliases = { new Alias { Name = "x" } },
                    EnvVarMappings = { ["A"] = "1", ["B"] = "2" },
                },
                new()
                {
                    Protect = false,
                    IgnoreChanges = { "b" },
                    DependsOn = { two },
                    AdditionalSecretOutputs = { "t" },
                    ImportId = "i",
                    Parent = one,
                    CustomTimeouts = new() { Create = TimeSpan.FromSeconds(1) },
                    EnvVarMappings = { ["B"] = "3" },
                });

            Assert.False(merged.Protect);
            Assert.Equal("1.0.0", merged.Version);
            Assert.Equal(["a", "b"], merged.IgnoreChanges);
            Assert.Equal([one, two], await merged.DependsOn.ToOutput().ValueAsync());
            Assert.Equal(["s", "t"], merged.AdditionalSecretOutputs);
            Assert.True(merged.DeleteBeforeReplace);
            Assert.Equal("i", merged.ImportId);
            Assert.Same(one, merged.Parent);
            Assert.Equal(TimeSpan.FromSeconds(1), merged.CustomTimeouts!.Create);
            Assert.Single(merged.Aliases);
            Assert.Equal("3", merged.EnvVarMappings["B"]);
        });
    }

    [Fact]
    public async Task Merge_Options_LeavesBothAsTheyAre()
    {
        var first = new CustomResourceOptions { IgnoreChanges = { "a" } };
        var second = new CustomResourceOptions { IgnoreChanges = { "b" } };

        var merged = CustomResourceOptions.Merge(first, second);
        merged.IgnoreChanges.Add("c");

        Assert.Equal(["a"], first.IgnoreChanges);
        Assert.Equal(["b"], second.IgnoreChanges);
        Assert.Empty(await first.DependsOn.ToOutput().ValueAsync());
    }

    [Fact]
    public void Merge_OfNothing_HasNothing()
    {
        Assert.Null(CustomResourceOptions.Merge(null, null).Protect);
        Assert.Empty(ComponentResourceOptions.Merge(null, null).Providers);
        Assert.Equal("1", CustomResourceOptions.Merge(null, new() { Version = "1" }).Version);
        Assert.Equal("1", ComponentResourceOptions.Merge(new() { Version = "1" }, null).Version);
    }

    [Fact]
    public async Task Merge_OfComponentOptions_KeepsOneProviderForEachPackage()
    {
        await RunAsync(() =>
        {
            var old = new TestProvider("old");
            var other = new ProviderResource("other", "other", ResourceArgs.Empty, options: null);
            var renewed = new TestProvider("renewed");

            var merged = ComponentResourceOptions.Merge(new() { Providers = { old, other } }, new() { Providers = { renewed } });

            Assert.Equal([other, renewed], merged.Providers);
        });
    }

    [Fact]
    public async Task Options_OfAProgram_AreNotChangedByARegistration()
    {
        var options = new CustomResourceOptions();

        await RunAsync(() =>
        {
            var group = new Group("group", new() { Protect = true, Provider = new TestProvider("edge") });
            options.Parent = group;
            _ = new Box<string>("box", options: options);
        });

        Assert.Null(options.Protect);
        Assert.Null(options.Provider);
    }

    [Fact]
    public void Hooks_Concatenated_KeepTheirPlaces()
    {
        var binding = new ResourceHookBinding();

        Assert.True(binding.IsEmpty);
        Assert.True(binding.Clone().IsEmpty);
        Assert.True(binding.Concat(new ResourceHookBinding()).IsEmpty);
    }
}
