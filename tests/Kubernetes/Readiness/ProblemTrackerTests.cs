using FogInfra.Embedded.Kubernetes.Readiness;
using FogInfra.Tests.Kubernetes.Support;

namespace FogInfra.Tests.Kubernetes.Readiness;

public sealed class ProblemTrackerTests
{
    private readonly ManualTime _time = new();
    private readonly ProblemTracker _tracker;

    public ProblemTrackerTests() => _tracker = new ProblemTracker(_time);

    [Fact]
    public void Problem_IsFatalOnlyWhenItHasLasted()
    {
        _tracker.Update([Problem("a", 5)]);
        Assert.Empty(_tracker.Fatal);
        Assert.Equal(TimeSpan.FromSeconds(5), _tracker.NextFatal);
        _time.Advance(TimeSpan.FromSeconds(4));
        _tracker.Update([Problem("a", 5)]);
        Assert.Empty(_tracker.Fatal);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(_tracker.Fatal);
    }

    [Fact]
    public void Problem_ThatBecomesFatalAfterOneHasLooked_IsNotWaitedFor()
    {
        _tracker.Update([Problem("a", 5), Problem("b", 60)]);
        _time.Advance(TimeSpan.FromSeconds(5) - TimeSpan.FromTicks(1));
        Assert.Empty(_tracker.Fatal);
        _time.Advance(TimeSpan.FromTicks(2));

        Assert.True(_tracker.NextFatal <= TimeSpan.Zero);
    }

    [Fact]
    public void Problem_ThatGoesAway_StartsAnewWhenItComesBack()
    {
        _tracker.Update([Problem("a", 5)]);
        _time.Advance(TimeSpan.FromSeconds(4));
        _tracker.Update([]);
        _tracker.Update([Problem("a", 5)]);
        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.Empty(_tracker.Fatal);
    }

    [Fact]
    public void Problem_WithoutTolerance_IsNeverFatal()
    {
        _tracker.Update([Problem("a", null)]);
        _time.Advance(TimeSpan.FromDays(1));
        Assert.Empty(_tracker.Fatal);
        Assert.Null(_tracker.NextFatal);
    }

    [Fact]
    public void Problem_PutUpWithForAWhile_GetsItsWholeTimeAfterThat()
    {
        _tracker.Update([Problem("a", 5)]);
        _time.Advance(TimeSpan.FromSeconds(4));
        _tracker.Update([Problem("a", null)]);
        _time.Advance(TimeSpan.FromSeconds(60));
        _tracker.Update([Problem("a", null)]);
        _tracker.Update([Problem("a", 5)]);
        Assert.Empty(_tracker.Fatal);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Single(_tracker.Fatal);
    }

    [Fact]
    public void Problem_ExcusedOnce_IsNeverFatal()
    {
        _tracker.Update([Problem("a", 5)]);
        _tracker.Excuse("a");
        _time.Advance(TimeSpan.FromDays(1));
        _tracker.Update([Problem("a", 5)]);
        Assert.Empty(_tracker.Fatal);
    }

    [Fact]
    public void RefusedImage_SeenAgainAsBackOff_KeepsItsCauseAndItsTime()
    {
        _tracker.Update([Problem("a", 5) with { Kind = ProblemKind.Image, Reason = "ErrImagePull", Message = "web:9: not found" }]);
        _time.Advance(TimeSpan.FromSeconds(3));
        _tracker.Update([Problem("a", 45) with { Kind = ProblemKind.Image, Reason = "ImagePullBackOff", Message = "Back-off pulling image" }]);
        Assert.Equal("s: ImagePullBackOff: web:9: not found", _tracker.Current.Single().Text);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Single(_tracker.Fatal);
    }

    [Fact]
    public void Question_IsAskedOncePerProblem()
    {
        _tracker.Update([Problem("a", 5)]);
        Assert.True(_tracker.IsFirstQuestion("a"));
        Assert.False(_tracker.IsFirstQuestion("a"));
        Assert.False(_tracker.IsFirstQuestion("unknown"));
    }

    [Theory]
    [InlineData(0.5, "0.5s")]
    [InlineData(45, "45s")]
    [InlineData(90, "1m30s")]
    [InlineData(600, "10m")]
    public void Duration_IsShort(double seconds, string expected) => Assert.Equal(expected, Durations.Format(TimeSpan.FromSeconds(seconds)));

    private static Problem Problem(string key, int? seconds) =>
        new(key, "s", "R", "m") { Tolerance = seconds is { } value ? TimeSpan.FromSeconds(value) : null };
}
