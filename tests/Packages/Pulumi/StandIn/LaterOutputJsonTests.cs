using Pulumi;

namespace FogInfra.Tests;

/// <summary>The real package blocks a thread here, and for good when the output depends on that thread.</summary>
public sealed class LaterOutputJsonTests
{
    [Fact]
    public async Task Serialize_AnOutputInsideThatSettlesLater_IsWaitedFor()
    {
        var first = new DeferredOutput<string>();
        var second = new DeferredOutput<string>();
        var json = Output.JsonSerialize(Output.Create(new[] { first.Output, second.Output }));

        first.Resolve(Output.Create("a"));
        second.Resolve(Output.CreateSecret("b"));

        Assert.Equal("""["a","b"]""", await json.ValueAsync());
        Assert.True(await json.IsSecretAsync());
    }
}
