using FogInfra.Embedded.Engine.State;

namespace FogInfra.Engine.Tests.State;

public sealed class CustomTimeoutsTests
{
    [Theory]
    [InlineData("10m", 600)]
    [InlineData("1h30m", 5400)]
    [InlineData("1.5s", 1.5)]
    [InlineData("600000000000ns", 600)]
    [InlineData("250ms", 0.25)]
    [InlineData("10us", 0.00001)]
    [InlineData("10µs", 0.00001)]
    [InlineData("0", 0)]
    [InlineData("1h2m3s4ms", 3723.004)]
    public void ParseDuration_GoDuration_ReadsIt(string text, double seconds) =>
        Assert.Equal(seconds, CustomTimeouts.ParseDuration(text)!.Value.TotalSeconds, 7);

    [Fact]
    public void ParseDuration_Empty_IsTheDefault() => Assert.Null(CustomTimeouts.ParseDuration(""));

    [Theory]
    [InlineData("10")]
    [InlineData("m")]
    [InlineData("10x")]
    [InlineData("ten minutes")]
    [InlineData("10m5")]
    public void ParseDuration_Other_SaysWhatIsExpected(string text) =>
        Assert.Contains("is no duration", Assert.Throws<FormatException>(() => CustomTimeouts.ParseDuration(text)).Message);
}
