using FogInfra.Embedded.Protocol.Values;
using Pulumi;

namespace FogInfra.Tests;

public sealed class SmallPartsTests
{
    [Theory]
    [InlineData("", null)]
    [InlineData("0", "00:00:00")]
    [InlineData("600000000000ns", "00:10:00")]
    [InlineData("1h30m", "01:30:00")]
    [InlineData("1.5s", "00:00:01.5")]
    [InlineData("-2m", "-00:02:00")]
    [InlineData("250ms", "00:00:00.25")]
    [InlineData("3us", "00:00:00.000003")]
    public void GoDuration_ValidText_IsRead(string text, string? expected) =>
        Assert.Equal(
            expected is null ? null : TimeSpan.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), GoDuration.Parse(text));

    [Theory]
    [InlineData("5")]
    [InlineData("5 minutes")]
    [InlineData("m")]
    public void GoDuration_OtherText_IsRefused(string text) =>
        Assert.Contains(text, Assert.Throws<FormatException>(() => GoDuration.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("1.0.0", "0.9.9")]
    [InlineData("1.10.0", "1.9.0")]
    [InlineData("1.0.1", "1.0.0")]
    [InlineData("1.0.0", "1.0.0-rc.1")]
    [InlineData("1.0.0-rc.2", "1.0.0-rc.1")]
    [InlineData("1.0.0-rc.10", "1.0.0-rc.9")]
    [InlineData("1.0.0-rc.1.1", "1.0.0-rc.1")]
    [InlineData("1.0.0-beta", "1.0.0-alpha")]
    [InlineData("1.0.0-beta", "1.0.0-1")]
    [InlineData("v2", "1.9")]
    public void SemanticVersion_TheNewer_ComesAfter(string newer, string older)
    {
        var (left, right) = (SemanticVersion.TryParse(newer)!, SemanticVersion.TryParse(older)!);

        Assert.True(left.CompareTo(right) > 0);
        Assert.True(right.CompareTo(left) < 0);
        Assert.Equal(0, left.CompareTo(SemanticVersion.TryParse($"{newer}+build.1")));
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("latest")]
    public void SemanticVersion_OtherText_IsNone(string? text) => Assert.Null(SemanticVersion.TryParse(text));

    [Fact]
    public async Task PendingWork_OfWorkThatBeginsOtherWork_WaitsForAll()
    {
        var work = new PendingWork();
        var first = new TaskCompletionSource();
        var second = new TaskCompletionSource();
        work.Track(first.Task);
        var idle = work.WhenIdleOrFailedAsync(TestContext.Current.CancellationToken);

        work.Track(second.Task);
        first.SetResult();
        Assert.False(idle.IsCompleted);
        second.SetResult();

        Assert.Empty(await idle);
    }

    [Fact]
    public async Task PendingWork_SomethingFails_DoesNotWaitForTheRest()
    {
        var work = new PendingWork();
        work.Track(new TaskCompletionSource().Task);
        var failure = new InvalidOperationException("odd");

        work.Track(Task.FromException(failure));
        work.Track(Task.FromException(failure));

        Assert.Equal([failure], await work.WhenIdleOrFailedAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task PendingWork_Nothing_IsIdle() =>
        Assert.Empty(await new PendingWork().WhenIdleOrFailedAsync(TestContext.Current.CancellationToken));

    [Theory]
    [InlineData("urn:pulumi:dev::proj::a:b:Outer$a:b:Inner::name", "a:b:Inner", "name")]
    [InlineData("urn:pulumi:dev::proj::a:b:C::name::with::colons", "a:b:C", "name::with::colons")]
    [InlineData("no urn", "", "")]
    public void Urn_Parts_AreFound(string urn, string type, string name)
    {
        Assert.Equal(type, Pulumi.Urn.TypeOf(urn));
        Assert.Equal(name, Pulumi.Urn.NameOf(urn));
    }

    [Fact]
    public void DependencyProviderResource_OfAReference_KnowsItsPackage()
    {
        Assert.Equal(
            "kubernetes", DependencyProviderResource.Parse("urn:pulumi:dev::proj::pulumi:providers:kubernetes::edge::id-1").Package);
        Assert.Throws<FormatException>(() => DependencyProviderResource.Parse("nothing"));
    }

    [Fact]
    public async Task DependencyResource_OfAReferenceWithId_IsSentWithIt()
    {
        var value = await new ValueWriter().WriteAsync("x", new DependencyResource("urn:pulumi:dev::proj::a:b:C::n", "id-1"));

        Assert.Equal(new PropertyValue.Reference("urn:pulumi:dev::proj::a:b:C::n", "id-1", ""), value);
    }

    [Fact]
    public async Task ValueWriter_ValuesThatCannotBeSent_AreRefused()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => new ValueWriter().WriteAsync("x", new InvalidAsset()));
        await Assert.ThrowsAsync<InvalidOperationException>(() => new ValueWriter().WriteAsync("x", new InvalidArchive()));
        await Assert.ThrowsAsync<InvalidOperationException>(() => new ValueWriter().WriteAsync("x", new WrongEnum()));
    }

    [Theory]
    [InlineData(typeof(List<string>))]
    [InlineData(typeof(System.Collections.Immutable.ImmutableDictionary<int, string>))]
    [InlineData(typeof(WrongEnum))]
    [InlineData(typeof(NoConstructor))]
    [InlineData(typeof(IWrongUnion))]
    [InlineData(typeof(System.Collections.Immutable.ImmutableArray<long>))]
    [InlineData(typeof(ByteEnum))]
    public void OutputTypes_ThatAnOutputCannotHave_AreRefusedEachTime(Type type)
    {
        var types = new OutputTypes();

        Assert.Contains(
            "here", Assert.Throws<InvalidOperationException>(() => types.Check("here", type)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => types.Check("here", type));
    }

    [EnumType]
    private readonly struct WrongEnum;

    private enum ByteEnum : byte
    {
        None,
    }

    [OutputType]
    private sealed class NoConstructor
    {
        private NoConstructor()
        {
        }

        private NoConstructor(string name) => Name = name;

        public string Name { get; } = "";

        public static NoConstructor Create() => new("");
    }

    [DiscriminatedUnionDiscriminator("kind")]
    [DiscriminatedUnionCase("a", typeof(string))]
    private interface IWrongUnion;
}
