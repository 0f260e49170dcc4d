using FogInfra.Model;
using FogInfra.Rollout.Planning;

namespace FogInfra.Rollout.Running;

/// <summary>How long to wait before an operation is tried again.</summary>
internal static class Backoff
{
    /// <summary>
    /// Doubles with each attempt up to the longest wait; half of it is drawn from a text, so that clusters behind one broken link do not
    /// all come back at the same moment, and yet a rollout that is folded again waits as long as before.
    /// </summary>
    /// <param name="attempts">How many attempts have failed; at least 1.</param>
    /// <param name="policy">The waits.</param>
    /// <param name="who">What is tried.</param>
    public static TimeSpan After(int attempts, RetryPolicy policy, string who)
    {
        var doubled = policy.Delay.TotalSeconds * Math.Pow(2, Math.Min(attempts - 1, 30));
        var wait = Math.Min(doubled, policy.MaxDelay.TotalSeconds);
        var share = (WaveOrder.Draw(attempts, who) >> 11) / (double)(1UL << 53);
        return TimeSpan.FromSeconds(wait * (0.5 + (share / 2)));
    }
}
