using System.Globalization;
using System.Text;

namespace FogInfra.Bench;

/// <summary>Writes measurements as tables in Markdown, and says which are beyond their limits.</summary>
internal static class Report
{
    /// <summary>The most that five times as many resources may cost.</summary>
    public const double LargestGrowth = 5.5;

    /// <summary>The most that a run may take, as a multiple of what its provider calls need at the least.</summary>
    public const double LargestOverhead = 1.3;

    private const double Mebi = 1024 * 1024;

    /// <summary>The table of what the engine itself costs.</summary>
    public static string OfGrowth(IReadOnlyList<Measurement> all, List<string> failures)
    {
        var text = new StringBuilder();
        text.AppendLine("| operation | resources | time (s) | processor time (s) | allocated (MiB) | peak memory (MiB) | state written (MiB) |");
        text.AppendLine("|---|---:|---:|---:|---:|---:|---:|");
        foreach (var operation in Measurement.Operations)
        {
            var rows = all.Where(item => item.Operation == operation).OrderBy(item => item.Size).ToArray();
            foreach (var row in rows)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"| {operation} | {row.Size} | {row.Seconds:F3} | {row.ProcessorSeconds:F3} | {row.Allocated / Mebi:F1} | {row.PeakMemory / Mebi:F0} | {row.Written / Mebi:F2} |");
            }

            if (rows is [.., { Size: 1000 } before, { Size: 5000 } after])
            {
                var (time, allocated, peak) = (after.Seconds / before.Seconds, (double)after.Allocated / before.Allocated, (double)after.PeakMemory / before.PeakMemory);
                var processor = after.ProcessorSeconds / before.ProcessorSeconds;
                var written = before.Written == 0 ? 0 : (double)after.Written / before.Written;
                text.AppendLine(CultureInfo.InvariantCulture, $"| | **5,000 : 1,000** | **{time:F2}** | **{processor:F2}** | **{allocated:F2}** | **{peak:F2}** | **{written:F2}** |");
                failures.AddRange(new[] { ("time", time), ("processor time", processor), ("allocations", allocated), ("peak memory", peak), ("state written", written) }
                    .Where(item => item.Item2 > LargestGrowth)
                    .Select(item => string.Create(CultureInfo.InvariantCulture, $"{operation}: {item.Item1} grew {item.Item2:F2} times, more than {LargestGrowth}")));
            }
        }

        return text.ToString();
    }

    /// <summary>The table of how near runs come to what their provider calls need at the least.</summary>
    public static string OfDelays(IReadOnlyList<Measurement> all, int parallel, List<string> failures)
    {
        var text = new StringBuilder();
        text.AppendLine("| operation | resources | one call (ms) | critical path (s) | work / parallelism (s) | time (s) | ratio | processor time: engine (s) | program (s) |");
        text.AppendLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var row in all.OrderBy(item => item.Size))
        {
            var workload = new Workload(row.Size);
            // Checks and diffs have places of their own beside those of the steps, so the two kinds of work do not add up.
            var (planned, carriedOut) = row.Operation switch
            {
                "no-change up" => (2, 0),
                "one-change up" => (2, 0),
                _ => (1, 1),
            };
            var path = workload.LongestChain * (planned + carriedOut) * row.CallSeconds;
            var work = workload.Managed * Math.Max(planned, carriedOut) * row.CallSeconds / parallel;
            var ratio = row.Seconds / Math.Max(path, work);
            text.AppendLine(CultureInfo.InvariantCulture, $"| {row.Operation} | {row.Size} | {row.CallSeconds * 1000:F1} | {path:F2} | {work:F2} | {row.Seconds:F2} | **{ratio:F2}** | {row.ProcessorSeconds:F2} | {row.ProgramSeconds:F2} |");
            if (ratio > LargestOverhead)
            {
                failures.Add(string.Create(CultureInfo.InvariantCulture, $"{row.Operation} of {row.Size}: {ratio:F2} times what the calls need, more than {LargestOverhead}"));
            }
        }

        return text.ToString();
    }
}
