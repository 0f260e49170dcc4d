using FogInfra.Embedded.Protocol.Values;
using FogInfra.Engine.Tests.Deploying;

namespace FogInfra.Engine.Tests.Commands;

public sealed class DiffDisplayTests : DeployingTest
{
    private Task<Harness.CommandOutcome> PreviewAsync(PropertyMap inputs) =>
        Workspace.PreviewAsync(program => program.CustomAsync(Type, "thing", inputs), "--diff");

    [Fact]
    public async Task Preview_DiffOfNewResource_ShowsItsInputs()
    {
        var outcome = (await PreviewAsync(PropertyMap.Of(("size", 1d), ("key", ((PropertyValue)"hidden").AsSecret())))).ShouldSucceed();
        Assert.Contains(" +  acme:index:Thing: (create)\n      [urn=urn:pulumi:dev::proj::acme:index:Thing::thing]\n      key: [secret]\n      size: 1\n", outcome.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preview_DiffOfChangedResource_ShowsEachChangeByPathAndNoSecret()
    {
        (await Workspace.UpAsync(program => program.CustomAsync(Type, "thing", PropertyMap.Of(
            ("gone", "x"), ("same", true), ("key", ((PropertyValue)"before").AsSecret()), ("labels", PropertyMap.Of(("a", 1d), ("b", 1d))))))).ShouldSucceed();
        var outcome = (await PreviewAsync(PropertyMap.Of(
            ("new", PropertyValue.ListOf("y")), ("same", true), ("key", ((PropertyValue)"after").AsSecret()), ("labels", PropertyMap.Of(("a", 1d), ("b", 2d)))))).ShouldSucceed();
        Assert.Contains(
            " ~  acme:index:Thing: (update)\n      [id=thing-1]\n      [urn=urn:pulumi:dev::proj::acme:index:Thing::thing]\n"
            + "    - gone: \"x\"\n    ~ key: [secret] => [secret]\n    ~ labels.b: 1 => 2\n    + new: [\"y\"]\n",
            outcome.Out,
            StringComparison.Ordinal);
        Assert.DoesNotContain("before", outcome.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refresh_Diff_ShowsWhatTheProviderSaysOtherwise()
    {
        (await Workspace.UpAsync(program => Thing(program, "thing"))).ShouldSucceed();
        Provider.Existing["thing-1"] = PropertyMap.Of(("size", 9d), ("serial", 1d));
        var outcome = (await Workspace.RunAsync("refresh", "--yes", "--skip-preview", "--diff")).ShouldSucceed();
        Assert.Contains("    ~ size: 1 => 9\n", outcome.Out, StringComparison.Ordinal);
    }
}
