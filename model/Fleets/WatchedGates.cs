using System.Collections.Immutable;
using System.Globalization;

namespace FogInfra.Model;

/// <summary>Gates that look at the world beside what the updates brought back.</summary>
public abstract partial record Gate
{
    /// <summary>Every workload of the stacks is ready, as its cluster tells it now.</summary>
    public sealed record Ready : Gate
    {
        /// <inheritdoc/>
        public override bool IsWatched => true;

        /// <inheritdoc/>
        protected override string Words => "ready";
    }

    /// <summary>
    /// An address answers as it should. <c>{cluster}</c>, <c>{site}</c>, <c>{layer}</c> and <c>{application}</c> in it stand for those of
    /// each stack; without any of them it is asked once for the ring.
    /// </summary>
    /// <param name="Address">The address.</param>
    public sealed record Http(string Address) : Gate
    {
        /// <summary>The status that is expected. Default: 200.</summary>
        public int Status { get; init; } = 200;

        /// <summary>A text that the body must contain; null for any.</summary>
        public string? Contains { get; init; }

        /// <inheritdoc/>
        public override bool IsWatched => true;

        /// <inheritdoc/>
        protected override string Words => $"http {Address}";
    }

    /// <summary>
    /// The value of a Prometheus query. <c>{cluster}</c> in it stands for the cluster of each stack, <c>{clusters}</c> for all clusters of
    /// the ring, joined by <c>|</c> as a regular expression matches them.
    /// </summary>
    /// <param name="Server">The server's address.</param>
    /// <param name="Query">The query.</param>
    /// <param name="Comparison"><see cref="Comparison.AtLeast"/> or <see cref="Comparison.AtMost"/>.</param>
    /// <param name="Bound">What the value is compared with; with a baseline, what the ratio of the ring's value to the baseline's is.</param>
    public sealed record Metric(string Server, string Query, Comparison Comparison, double Bound) : Gate
    {
        /// <summary>The ring that the value is compared with: the ratio of the two must keep the bound. Null: the value itself must.</summary>
        public string? Baseline { get; init; }

        /// <summary>A query for how many samples the value rests on; null when that is not asked.</summary>
        public string? Samples { get; init; }

        /// <summary>How many samples there must be, of the ring and of the baseline; with fewer it is undecided.</summary>
        public double MinSamples { get; init; }

        /// <inheritdoc/>
        public override bool IsWatched => true;

        /// <inheritdoc/>
        protected override string Words =>
            string.Create(CultureInfo.InvariantCulture, $"{Query}{(Baseline is null ? "" : $" / {Baseline}")} {Comparison.Name()} {Bound}");
    }

    /// <summary>A Job that is run in each cluster, and must complete.</summary>
    /// <param name="Image">The image.</param>
    /// <param name="Command">The command, as an argument list; empty for the image's own.</param>
    public sealed record ClusterJob(string Image, ImmutableArray<string> Command) : Gate
    {
        /// <summary>The namespace; null for that of the application.</summary>
        public string? Namespace { get; init; }

        /// <summary>How long it may run before it has failed. Default: 10 minutes.</summary>
        public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(10);

        /// <inheritdoc/>
        protected override string Words => $"job {string.Join(' ', Command.Prepend(Image))}";
    }

    /// <summary>
    /// A command that is run once for the ring on the runner's machine, without a shell, in the folder of the fleet document. It passes
    /// with exit code 0, is undecided with 75 (EX_TEMPFAIL of sysexits.h), and has failed with any other.
    /// </summary>
    /// <param name="Arguments">The program and its arguments.</param>
    public sealed record LocalCommand(ImmutableArray<string> Arguments) : Gate
    {
        /// <inheritdoc/>
        protected override string Words => $"command {string.Join(' ', Arguments)}";
    }
}
