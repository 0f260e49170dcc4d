using System.Text;
using CliWrap;
using CliWrap.Buffered;

namespace FogInfra.Tests;

public sealed class PipeTests
{
    private static readonly byte[] Large = [.. Enumerable.Range(0, 3_000_000).Select(i => (byte)('a' + (i % 26)))];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, PipeSource> Sources => new()
    {
        { "string", PipeSource.FromString("hello") },
        { "encoded string", PipeSource.FromString("hello", Encoding.ASCII) },
        { "bytes", PipeSource.FromBytes("hello"u8.ToArray()) },
        { "memory", PipeSource.FromBytes("hello"u8.ToArray().AsMemory()) },
        { "stream", PipeSource.FromStream(new MemoryStream("hello"u8.ToArray())) },
        { "delegate", PipeSource.Create(stream => stream.Write("hello"u8)) },
        { "asynchronous delegate", PipeSource.Create((stream, token) => stream.WriteAsync("hello"u8.ToArray(), token).AsTask()) },
        { "command", PipeSource.FromCommand(Shell.Script("printf hello")) },
    };

    [Theory]
    [MemberData(nameof(Sources), DisableDiscoveryEnumeration = true)]
    public async Task Source_OfAnyKind_IsWhatTheProcessReads(string kind, PipeSource source)
    {
        var result = await (source | Shell.Script("cat")).ExecuteBufferedAsync(Cancellation);

        Assert.Equal((kind, "hello"), (kind, result.StandardOutput));
    }

    [Fact]
    public async Task Source_File_IsWhatTheProcessReads()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["input"], "from a file", Cancellation);

        var result = await (PipeSource.FromFile(folder["input"]) | Shell.Script("cat")).ExecuteBufferedAsync(Cancellation);

        Assert.Equal("from a file", result.StandardOutput);
    }

    [Fact]
    public async Task Source_FileIsMissing_IsAnError()
    {
        using var folder = new TemporaryFolder();

        await Assert.ThrowsAsync<FileNotFoundException>(
            () => (PipeSource.FromFile(folder["missing"]) | Shell.Script("cat")).ExecuteAsync(Cancellation));
    }

    [Fact]
    public async Task Source_Throws_IsAnError()
    {
        var error = await Assert.ThrowsAsync<InvalidDataException>(
            () => (PipeSource.Create(_ => throw new InvalidDataException("no sense in it")) | Shell.Script("cat")).ExecuteAsync(Cancellation));

        Assert.Equal("no sense in it", error.Message);
    }

    [Fact]
    public async Task Source_Null_TheProcessFindsItsInputClosed()
    {
        var result = await Shell.Script("cat; echo end").ExecuteBufferedAsync(Cancellation);

        Assert.Equal("end\n", result.StandardOutput);
    }

    [Fact]
    public async Task Source_IsLarge_AllOfItGoesThroughAChain()
    {
        using var output = new MemoryStream();

        await (Large | Shell.Script("cat") | Shell.Script("cat") | Shell.Script("cat") | output).ExecuteAsync(Cancellation);

        Assert.Equal(Large, output.ToArray());
    }

    [Fact]
    public async Task Source_ProcessReadsOnlyALittle_IsNoError()
    {
        var result = await (Large | Shell.Script("head -c 3")).ExecuteBufferedAsync(Cancellation);

        Assert.Equal("abc", result.StandardOutput);
    }

    [Fact]
    public async Task Source_NeverEnds_TheCommandEndsWithItsProcess()
    {
        var never = PipeSource.Create((_, _) => new TaskCompletionSource().Task);

        var result = await (never | Shell.Script("echo done")).ExecuteBufferedAsync(Cancellation);

        Assert.Equal("done\n", result.StandardOutput);
    }

    [Fact]
    public async Task Source_CommandWithAChange_TheChangeIsBetweenTheCommands()
    {
        var doubled = PipeSource.FromCommand(Shell.Script("printf ab"), async (output, input, token) =>
        {
            var buffer = new byte[1];
            while (await output.ReadAsync(buffer, token) > 0)
            {
                await input.WriteAsync(new[] { buffer[0], buffer[0] }, token);
            }
        });

        var result = await (doubled | Shell.Script("cat")).ExecuteBufferedAsync(Cancellation);

        Assert.Equal("aabb", result.StandardOutput);
    }

    [Fact]
    public async Task Target_Delegates_GetEachLineInOrder()
    {
        var lines = new List<string>();
        const string script = "printf 'one\\ntwo\\r\\n\\nlast'";

        await (Shell.Script(script) | lines.Add).ExecuteAsync(Cancellation);
        await (Shell.Script(script) | PipeTarget.ToDelegate(async line =>
        {
            await Task.Yield();
            lines.Add(line);
        })).ExecuteAsync(Cancellation);
        await (Shell.Script(script) | PipeTarget.ToDelegate((line, token) =>
        {
            token.ThrowIfCancellationRequested();
            lines.Add(line);
            return Task.CompletedTask;
        })).ExecuteAsync(Cancellation);

        Assert.Equal(["one", "two", "", "last", "one", "two", "", "last", "one", "two", "", "last"], lines);
    }

    [Fact]
    public async Task Target_File_HasTheOutput()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["output"], "something longer from before", Cancellation);

        await (Shell.Script("printf short") | PipeTarget.ToFile(folder["output"])).ExecuteAsync(Cancellation);

        Assert.Equal("short", await File.ReadAllTextAsync(folder["output"], Cancellation));
    }

    [Fact]
    public async Task Target_PairsForBothOutputs_EachGetsItsOwn()
    {
        var command = Shell.Script("echo out; echo err >&2");
        var (textOut, textErr) = (new StringBuilder(), new StringBuilder());
        using var streamOut = new MemoryStream();
        using var streamErr = new MemoryStream();
        var (lineOut, lineErr) = (new List<string>(), new List<string>());

        await (command | (textOut, textErr)).ExecuteAsync(Cancellation);
        await (command | (streamOut, streamErr)).ExecuteAsync(Cancellation);
        await (command | (lineOut.Add, lineErr.Add)).ExecuteAsync(Cancellation);

        Assert.Equal(("out\n", "err\n"), (textOut.ToString(), textErr.ToString()));
        Assert.Equal("out\n"u8, streamOut.ToArray());
        Assert.Equal("err\n"u8, streamErr.ToArray());
        Assert.Equal("out", Assert.Single(lineOut));
        Assert.Equal("err", Assert.Single(lineErr));
    }

    [Fact]
    public async Task Target_EncodingIsGiven_IsUsed()
    {
        var text = new StringBuilder();

        await (Shell.Script("printf '\\344'") | PipeTarget.ToStringBuilder(text, Encoding.Latin1)).ExecuteAsync(Cancellation);

        Assert.Equal("ä", text.ToString());
    }

    [Fact]
    public async Task Target_Throws_TheErrorIsTheTargetsOwn()
    {
        var command = Shell.Script("yes") | PipeTarget.ToDelegate(_ => throw new InvalidDataException("no more"));

        var error = await Assert.ThrowsAsync<InvalidDataException>(() => command.ExecuteAsync(Cancellation));

        Assert.Equal("no more", error.Message);
    }

    [Fact]
    public async Task Merge_TwoTargets_BothGetAllOfIt()
    {
        using var first = new MemoryStream();
        using var second = new MemoryStream();

        await (Large | Shell.Script("cat") | PipeTarget.Merge(PipeTarget.ToStream(first), PipeTarget.ToStream(second)))
            .ExecuteAsync(Cancellation);

        Assert.Equal(Large, first.ToArray());
        Assert.Equal(Large, second.ToArray());
    }

    [Fact]
    public async Task Merge_OneTargetThrows_TheErrorIsThatTargetsOwn()
    {
        using var other = new MemoryStream();
        var command = Shell.Script("yes") | PipeTarget.Merge(
            PipeTarget.ToStream(other), PipeTarget.ToDelegate(_ => throw new InvalidDataException("no more")));

        await Assert.ThrowsAsync<InvalidDataException>(() => command.ExecuteAsync(Cancellation));
    }

    [Fact]
    public void Merge_NothingToMerge_GivesTheOneThatIsLeft()
    {
        var only = PipeTarget.ToStream(Stream.Null);

        Assert.Same(PipeTarget.Null, PipeTarget.Merge());
        Assert.Same(PipeTarget.Null, PipeTarget.Merge(PipeTarget.Null, PipeTarget.Null));
        Assert.Same(only, PipeTarget.Merge(PipeTarget.Null, PipeTarget.Merge(only)));
    }
}
