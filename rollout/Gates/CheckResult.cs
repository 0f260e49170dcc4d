using FogInfra.Model;

namespace FogInfra.Rollout.Gates;

/// <summary>What a check found.</summary>
/// <param name="Check">The check.</param>
/// <param name="Passed">Whether it holds.</param>
/// <param name="Evidence">The values that it looked at, for example <c>services.web.readyReplicas = 1</c>, or why there are none.</param>
public sealed record CheckResult(OutputCheck Check, bool Passed, string Evidence);
