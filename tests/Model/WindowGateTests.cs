using System.Globalization;
using FogInfra.Model;

namespace FogInfra.Tests;

/// <summary>Windows by the clocks of a place.</summary>
public sealed class WindowGateTests
{
    [Theory]
    [InlineData("2026-07-01T07:59:59Z", false)] // A Wednesday; Berlin is two hours ahead.
    [InlineData("2026-07-01T08:00:00Z", true)]
    [InlineData("2026-07-01T13:59:59Z", true)]
    [InlineData("2026-07-01T14:00:00Z", false)]
    [InlineData("2026-01-07T08:30:00Z", false)] // In winter it is one.
    [InlineData("2026-01-07T09:00:00Z", true)]
    [InlineData("2026-07-04T10:00:00Z", false)] // A Saturday.
    public void IsOpen_FollowsTheClocksOfItsZone(string at, bool isOpen)
    {
        Assert.Equal(isOpen, Window("10:00", "16:00", DayOfWeek.Monday, DayOfWeek.Wednesday).IsOpen(Time(at)));
    }

    [Theory]
    [InlineData("2026-07-01T15:00:00Z", "2026-07-06T08:00:00Z")]
    [InlineData("2026-07-01T07:00:00Z", "2026-07-01T08:00:00Z")]
    [InlineData("2026-07-01T09:00:00Z", "2026-07-01T09:00:00Z")]
    public void OpensAt_IsTheNextOpening(string at, string opens)
    {
        Assert.Equal(Time(opens), Window("10:00", "16:00", DayOfWeek.Monday, DayOfWeek.Wednesday).OpensAt(Time(at)));
    }

    [Theory]
    [InlineData("2026-07-03T20:30:00Z", true)] // 22:30 on Friday
    [InlineData("2026-07-04T01:59:00Z", true)] // 03:59 on Saturday
    [InlineData("2026-07-04T02:00:00Z", false)]
    [InlineData("2026-07-04T20:30:00Z", false)] // 22:30 on Saturday
    public void OverMidnight_BelongsToTheDayOnWhichItOpens(string at, bool isOpen)
    {
        Assert.Equal(isOpen, Window("22:00", "04:00", DayOfWeek.Friday).IsOpen(Time(at)));
    }

    [Fact]
    public void ClocksGoForward_OpeningThatTheyLeaveOut_IsTheFirstMomentAfterIt()
    {
        // On 2026-03-29 in Berlin 02:00 is followed by 03:00, which is 01:00Z.
        var window = Window("02:30", "04:00", DayOfWeek.Sunday);

        Assert.Equal(Time("2026-03-29T01:00:00Z"), window.OpensAt(Time("2026-03-29T00:30:00Z")));
        Assert.False(window.IsOpen(Time("2026-03-29T00:59:59Z")));
        Assert.False(window.IsOpen(Time("2026-03-29T02:00:00Z")));
    }

    [Fact]
    public void ClocksGoBack_OpeningThatTheyShowTwice_IsTheLaterOne()
    {
        // On 2026-10-25 in Berlin 02:30 is 00:30Z and again 01:30Z.
        Assert.Equal(Time("2026-10-25T01:30:00Z"), Window("02:30", "04:00", DayOfWeek.Sunday).OpensAt(Time("2026-10-25T00:00:00Z")));
    }

    [Fact]
    public void OpensAt_AnyMomentOfAYear_IsOpen_AndNothingBeforeItIs()
    {
        var window = Window("22:00", "02:30", DayOfWeek.Saturday, DayOfWeek.Tuesday);
        for (var at = Time("2026-01-01T00:00:00Z"); at.Year == 2026; at = at.AddMinutes(97))
        {
            var opens = window.OpensAt(at);

            Assert.True(window.IsOpen(opens), $"{at:u}");
            Assert.True(opens == at || !window.IsOpen(at), $"{at:u}");
            Assert.True(opens == at || !window.IsOpen(opens.AddSeconds(-1)), $"{at:u}");
        }
    }

    private static Gate.Window Window(string from, string to, params DayOfWeek[] days) =>
        new([.. days], TimeOnly.Parse(from, CultureInfo.InvariantCulture), TimeOnly.Parse(to, CultureInfo.InvariantCulture), "Europe/Berlin");

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
