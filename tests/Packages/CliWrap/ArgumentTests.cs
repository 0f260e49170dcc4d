using System.Globalization;
using CliWrap.Buffered;
using CliWrap.Builders;

namespace FogInfra.Tests;

public sealed class ArgumentTests
{
    private const string PrintArguments = "for argument; do printf '[%s]' \"$argument\"; done";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "\"\"")]
    [InlineData("two words", "\"two words\"")]
    [InlineData("""a\b""", """a\b""")]
    [InlineData("""say "hi" """, """
        "say \"hi\" "
        """)]
    [InlineData("""ends with \ """, """
        "ends with \ "
        """)]
    [InlineData("""c:\my files\""", """
        "c:\my files\\"
        """)]
    [InlineData("""a\"b""", """
        "a\\\"b"
        """)]
    public void Escape_Argument_IsQuotedWhereItNeedsIt(string argument, string expected) =>
        Assert.Equal(expected, ArgumentsBuilder.Escape(argument));

    [Theory]
    [InlineData("$HOME")]
    [InlineData("`id`")]
    [InlineData("a; exit 1")]
    [InlineData("a && b | c > d")]
    [InlineData("*")]
    [InlineData("--flag=\"quoted value\"")]
    [InlineData("line\nbreak\ttab")]
    [InlineData("größer → ∞")]
    [InlineData("")]
    public async Task Execute_AnyArgument_ArrivesAsItIs(string argument)
    {
        var result = await Shell.Script(PrintArguments, argument, "after").ExecuteBufferedAsync(Cancellation);

        Assert.Equal($"[{argument}][after]", result.StandardOutput);
    }

    [Fact]
    public async Task Execute_EveryMixOfQuotesBackslashesAndSpaces_ArrivesAsItIs()
    {
        var arguments = Mixes(length: 4, alphabet: ['a', '"', '\\', ' ']).ToArray();

        var result = await Shell.Script(PrintArguments, arguments).ExecuteBufferedAsync(Cancellation);

        Assert.Equal(341, arguments.Length);
        Assert.Equal(string.Concat(arguments.Select(argument => $"[{argument}]")), result.StandardOutput);
    }

    [Fact]
    public async Task Execute_LineOfArguments_IsSplitAtSpacesOutsideQuotes()
    {
        var result = await CliWrap.Cli.Wrap("printf")
            .WithArguments("[%s] one \"two words\"")
            .ExecuteBufferedAsync(Cancellation);

        Assert.Equal("[one][two words]", result.StandardOutput);
    }

    [Fact]
    public void Add_Numbers_AreWrittenWithoutOrWithACulture()
    {
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";

        Assert.Equal("1.5 2", new ArgumentsBuilder().Add(1.5).Add([2]).Build());
        Assert.Equal("1,5", new ArgumentsBuilder().Add(1.5, comma).Build());
        Assert.Equal("1,5 2,5", new ArgumentsBuilder().Add([1.5, 2.5], comma).Build());
        Assert.Equal("a b", new ArgumentsBuilder().Add("a b", escape: false).Build());
    }

    /// <summary>All texts of the given letters up to the given length.</summary>
    private static IEnumerable<string> Mixes(int length, char[] alphabet) => length == 0
        ? [""]
        : Mixes(length - 1, alphabet).SelectMany(rest => alphabet.Select(character => character + rest)).Prepend("");
}
