using System.Security.Cryptography;
using System.Text;
using FogInfra.Rollout.Running;

namespace FogInfra.Rollout.Journal;

/// <summary>
/// The hash chain of a journal. Each line carries its number, the number of the lease under which it was written and the SHA-256 of the
/// line before it, as lower-case hex; the first carries that of the rollout's id, so that a journal cannot be passed off for another.
/// Whoever changes, removes or inserts a line breaks the chain at the next one; who cuts lines off at the end changes the head.
/// </summary>
internal static class JournalChain
{
    /// <summary>What the first line carries as the hash of the line before it.</summary>
    public static string Origin(string id) => HashOf(Encoding.UTF8.GetBytes(id));

    /// <summary>The hash of a line, given without its end.</summary>
    public static string HashOf(ReadOnlySpan<byte> line) => Convert.ToHexStringLower(SHA256.HashData(line));

    /// <summary>Reads a journal and checks its chain. What comes after a break is not read.</summary>
    /// <param name="id">The rollout's id.</param>
    /// <param name="content">The bytes of the file. A last line without an end was being written when the runner was killed, or is being written now.</param>
    public static JournalContent Read(string id, ReadOnlySpan<byte> content)
    {
        var (entries, head, epoch, intact) = (new List<RolloutEntry>(), Origin(id), 0, 0);
        var rest = content;
        while (rest.IndexOf((byte)'\n') is var end and >= 0)
        {
            var text = rest[..end];
            var number = entries.Count + 1;
            if (EntryJson.ReadLine(text) is not { } line)
            {
                return Broken(number, "it is no entry");
            }

            var fault = line switch
            {
                _ when line.Number != number => $"it has the number {line.Number}, where {number} is due",
                _ when line.Previous != head => number == 1 ? "it is not the beginning of this rollout" : "it does not follow from the line before it",
                _ when line.Epoch < epoch => $"it was written under lease {line.Epoch}, after one of lease {epoch}",
                _ => null,
            };
            if (fault is not null)
            {
                return Broken(number, fault);
            }

            entries.Add(new RolloutEntry(line.At, line.Event));
            (head, epoch) = (HashOf(text), line.Epoch);
            rest = rest[(end + 1)..];
            intact = content.Length - rest.Length;
        }

        return new JournalContent(entries, head, epoch, intact, Torn: !rest.IsEmpty, Fault: null);

        JournalContent Broken(int number, string reason) => new(entries, head, epoch, intact, Torn: false, new ChainFault(number, reason));
    }
}

/// <summary>A line of a journal: an entry and its place in the chain.</summary>
/// <param name="Number">The place, from 1.</param>
/// <param name="Epoch">The fencing number of the lease under which it was written.</param>
/// <param name="Previous">The hash of the line before it.</param>
/// <param name="At">When it was, by the runner's clock.</param>
/// <param name="Event">What happened.</param>
internal sealed record JournalLine(int Number, int Epoch, string Previous, DateTimeOffset At, RolloutEvent Event);

/// <summary>Where a chain breaks, and why.</summary>
/// <param name="Line">The line's number in the file, from 1.</param>
/// <param name="Reason">Why, in one line.</param>
internal sealed record ChainFault(int Line, string Reason);

/// <summary>What a journal has.</summary>
/// <param name="Entries">The entries, up to the break if there is one.</param>
/// <param name="Head">The hash of the last of them. Kept elsewhere, it shows later whether lines were cut off.</param>
/// <param name="Epoch">The fencing number under which the last of them was written; 0 when there is none.</param>
/// <param name="IntactBytes">How much of the file they take, from its beginning.</param>
/// <param name="Torn">Whether a line follows that was not written to its end.</param>
/// <param name="Fault">Where the chain breaks; null when it does not.</param>
internal sealed record JournalContent(IReadOnlyList<RolloutEntry> Entries, string Head, int Epoch, int IntactBytes, bool Torn, ChainFault? Fault);
