using System.Collections.Immutable;
using System.Globalization;

namespace FogInfra.Model;

/// <summary>The gate of times at which updates may begin.</summary>
public abstract partial record Gate
{
    /// <summary>Times of the day and days of the week, by the clocks of a place. Updates begin only then; what runs when it closes is let end.</summary>
    /// <param name="Days">The days on which it opens.</param>
    /// <param name="From">When it opens, by local time. A time that the clocks leave out in spring is the first one after it.</param>
    /// <param name="To">When it closes; on the next day when it is not after <paramref name="From"/>.</param>
    /// <param name="Zone">The time zone, by its IANA name.</param>
    public sealed record Window(ImmutableArray<DayOfWeek> Days, TimeOnly From, TimeOnly To, string Zone) : Gate
    {
        private const int DaysOfAWeek = 7;

        /// <inheritdoc/>
        protected override string Words => string.Create(
            CultureInfo.InvariantCulture,
            $"window {(Days.Length == DaysOfAWeek ? "daily" : string.Join(' ', Days.Select(day => day.ToString()[..3].ToLowerInvariant())))} {From:HH\\:mm}-{To:HH\\:mm} {Zone}");

        /// <summary>Whether it is open.</summary>
        public bool IsOpen(DateTimeOffset at) => Openings(at).Any(opening => opening.From <= at && at < opening.To);

        /// <summary>When it opens next; the time itself when it is open.</summary>
        public DateTimeOffset OpensAt(DateTimeOffset at) => IsOpen(at) ? at : Openings(at).Select(opening => opening.From).Where(from => from > at).Min();

        // From the one that may have begun yesterday to the one of the same day of the next week.
        private IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Openings(DateTimeOffset at)
        {
            var zone = TimeZoneInfo.FindSystemTimeZoneById(Zone);
            var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);
            return
                from offset in Enumerable.Range(-1, DaysOfAWeek + 2)
                let day = today.AddDays(offset)
                where Days.Contains(day.DayOfWeek)
                select (Instant(day, From, zone), Instant(To > From ? day : day.AddDays(1), To, zone));
        }

        // A time that the clocks show twice in autumn is the later one.
        private static DateTimeOffset Instant(DateOnly day, TimeOnly time, TimeZoneInfo zone)
        {
            var local = day.ToDateTime(time);
            while (zone.IsInvalidTime(local))
            {
                local = local.AddMinutes(1);
            }

            return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
        }
    }
}
