using System.Text;
using FogInfra.Rollout.Journal;
using FogInfra.Rollout.Running;

namespace FogInfra.Tests;

public sealed class JournalChainTests
{
    private const string Id = "20260101T000000.000Z";

    private static readonly IReadOnlyList<string> Lines = Write(Id, epochs: [1, 1, 1, 2, 2]);

    [Fact]
    public void Read_WhatWasWritten_IsWhole()
    {
        var content = Read(Lines);

        Assert.Null(content.Fault);
        Assert.False(content.Torn);
        Assert.Equal(["r1", "r2", "r3", "r4", "r5"], content.Entries.Select(entry => ((RolloutEvent.RingStarted)entry.Event).Ring));
        Assert.Equal(2, content.Epoch);
        Assert.Equal(JournalChain.HashOf(Encoding.UTF8.GetBytes(Lines[^1])), content.Head);
    }

    [Fact]
    public void Read_AnyByteOfAnyLineChanged_BreaksThere_OrAtTheNextLine()
    {
        for (var line = 0; line < Lines.Count - 1; line++)
        {
            for (var at = 0; at < Lines[line].Length; at++)
            {
                var changed = Lines.ToList();
                changed[line] = string.Concat(Lines[line].AsSpan(0, at), Lines[line][at] == '7' ? "8" : "7", Lines[line].AsSpan(at + 1));

                var fault = Read(changed).Fault;

                Assert.True(fault is not null && fault.Line >= line + 1 && fault.Line <= line + 2, $"line {line + 1}, byte {at}: {fault}");
            }
        }
    }

    [Fact]
    public void Read_LastLineChanged_HasAnotherHead()
    {
        var changed = Lines.SkipLast(1).Append(Lines[^1].Replace("r5", "r6", StringComparison.Ordinal)).ToList();

        Assert.Null(Read(changed).Fault);
        Assert.NotEqual(Read(Lines).Head, Read(changed).Head);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Read_LineRemoved_BreaksInItsPlace(int line)
    {
        Assert.Equal(line + 1, Read([.. Lines.Where((_, number) => number != line)]).Fault?.Line);
    }

    [Fact]
    public void Read_LinesOfARunnerThatHadLostItsLease_Break()
    {
        Assert.Contains("under lease 1, after one of lease 2", Read(Write(Id, [1, 2, 1])).Fault?.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_JournalOfAnotherRollout_Breaks()
    {
        Assert.Equal(new ChainFault(1, "it is not the beginning of this rollout"), Read(Write("another", [1])).Fault);
    }

    [Fact]
    public void Read_TornLine_IsNoBreak_AndIsNotRead()
    {
        var whole = Encoding.UTF8.GetBytes(Text(Lines));
        var last = Encoding.UTF8.GetByteCount(Lines[^1]) + 1;
        for (var cut = 1; cut < last; cut++)
        {
            var content = JournalChain.Read(Id, whole.AsSpan(0, whole.Length - cut));

            Assert.Null(content.Fault);
            Assert.True(content.Torn);
            Assert.Equal(4, content.Entries.Count);
            Assert.Equal(whole.Length - last, content.IntactBytes);
        }
    }

    private static JournalContent Read(IReadOnlyList<string> lines) => JournalChain.Read(Id, Encoding.UTF8.GetBytes(Text(lines)));

    private static string Text(IEnumerable<string> lines) => string.Concat(lines.Select(line => $"{line}\n"));

    private static List<string> Write(string id, int[] epochs)
    {
        var (lines, head) = (new List<string>(), JournalChain.Origin(id));
        foreach (var (index, epoch) in epochs.Index())
        {
            var line = EntryJson.WriteLine(new JournalLine(index + 1, epoch, head, DateTimeOffset.UnixEpoch, new RolloutEvent.RingStarted($"r{index + 1}")));
            lines.Add(Encoding.UTF8.GetString(line));
            head = JournalChain.HashOf(line);
        }

        return lines;
    }
}
