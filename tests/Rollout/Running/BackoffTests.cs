using FogInfra.Model;
using FogInfra.Rollout.Running;

namespace FogInfra.Tests;

public sealed class BackoffTests
{
    private static readonly RetryPolicy Policy = new() { Delay = TimeSpan.FromSeconds(2), MaxDelay = TimeSpan.FromSeconds(60) };

    [Theory]
    [InlineData(1, 1, 2)]
    [InlineData(2, 2, 4)]
    [InlineData(5, 16, 32)]
    [InlineData(6, 30, 60)]
    [InlineData(1000, 30, 60)]
    public void After_Attempts_DoublesUpToTheLongestWait_AndIsUpToAHalfShorter(int attempts, int least, int most)
    {
        foreach (var who in Enumerable.Range(0, 50).Select(number => $"e{number}"))
        {
            Assert.InRange(Backoff.After(attempts, Policy, who).TotalSeconds, least, most);
        }
    }

    [Fact]
    public void After_ManyClusters_DoNotComeBackTogether()
    {
        var waits = Enumerable.Range(0, 100).Select(number => Backoff.After(3, Policy, $"e{number}")).Distinct().Count();

        Assert.True(waits > 90, $"{waits} different waits");
    }

    [Fact]
    public void After_TheSameAgain_IsTheSameWait()
    {
        Assert.Equal(Backoff.After(2, Policy, "e1"), Backoff.After(2, Policy, "e1"));
    }
}
