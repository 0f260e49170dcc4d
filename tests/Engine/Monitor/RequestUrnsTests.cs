using FogInfra.Embedded.Engine.Monitor;
using FogInfra.Embedded.Protocol.Rpc;

namespace FogInfra.Engine.Tests.Monitor;

public sealed class RequestUrnsTests
{
    private const string Text = "urn:pulumi:dev::proj::acme:app:WebApp$acme:app:Tier::a::b";

    private readonly RequestUrns _urns = new();

    [Fact]
    public void Read_TheSameTextTwice_GivesOneUrn()
    {
        var urn = _urns.Read(Text, "parent");

        Assert.Equal(Text, urn.ToString());
        Assert.Same(urn, _urns.Read(new string(Text.AsSpan()), "dependency"));
    }

    [Fact]
    public void ReadAll_CountsEachOnce_InOrder()
    {
        var other = Text + "2";

        Assert.Empty(_urns.ReadAll([], "dependency"));
        Assert.Equal([Text], _urns.ReadAll([Text], "dependency").Select(urn => $"{urn}"));
        Assert.Equal([other, Text], _urns.ReadAll([other, Text, other], "dependency").Select(urn => $"{urn}"));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("urn:pulumi:dev::proj::type")]
    [InlineData("urn:pulumi:dev::proj::::name")]
    public void Read_WhatIsNoUrn_SaysWhatItWasFor(string text)
    {
        var error = Assert.Throws<RpcException>(() => _urns.ReadAll([text], "dependency"));

        Assert.Equal(RpcStatusCode.InvalidArgument, error.Code);
        Assert.Contains($"invalid dependency URN: '{text}'", error.Message);
        Assert.Null(_urns.ReadOptional("", "parent"));
        Assert.Throws<RpcException>(() => _urns.ReadOptional(text, "parent"));
    }
}
