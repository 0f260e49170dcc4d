using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Controllers.Workloads;

/// <summary>What controllers ask of pods.</summary>
internal static class PodState
{
    extension(JsonMap pod)
    {
        /// <summary>Whether the pod runs or will: it has not ended and is not being deleted.</summary>
        public bool IsActive => !pod.HasEnded && !pod.IsDeleting;

        /// <summary>Whether all its containers have ended for good.</summary>
        public bool HasEnded => pod.Text("status", "phase") is "Succeeded" or "Failed";

        /// <summary>Whether it takes traffic.</summary>
        public bool IsReady => pod.IsTrue("Ready");

        /// <summary>The time left until it has been ready for that long: zero when it has, null when it is not ready.</summary>
        public TimeSpan? UntilAvailable(long minReadySeconds, DateTimeOffset now)
        {
            if (!pod.IsReady) return null;
            if (minReadySeconds == 0) return TimeSpan.Zero;
            var since = KubernetesTime.Parse(pod.Condition("Ready")?.Text("lastTransitionTime")) ?? now;
            var left = since.AddSeconds(minReadySeconds) - now;
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }
}
