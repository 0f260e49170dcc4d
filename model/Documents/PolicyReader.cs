namespace FogInfra.Model.Documents;

/// <summary>Reads the policy of a fleet document.</summary>
internal static class PolicyReader
{
    private static readonly string[] FailureActions = ["rollback", "hold"];

    public static RolloutPolicy Read(YamlMap root)
    {
        if (root.Map("policy") is not { } map)
        {
            return new RolloutPolicy();
        }

        var defaults = new RolloutPolicy();
        var policy = new RolloutPolicy
        {
            MaxConcurrent = map.Amount("maxConcurrent") ?? defaults.MaxConcurrent,
            OnFailure = map.Choice("onFailure", FailureActions) == "hold" ? FailureAction.Hold : FailureAction.RollBack,
            Canaries = map.Amount("canaries"),
            SpreadOver = map.Text("spreadOver"),
            Seed = map.WholeNumber("seed", 0),
            RingFailureBudget = map.Budget("failureBudget") ?? defaults.RingFailureBudget,
            FleetFailureBudget = map.Budget("fleetFailureBudget"),
            Quorum = map.Budget("quorum") ?? defaults.Quorum,
            ExposureBudget = map.Amount("exposureBudget"),
            ClusterTimeLimit = map.Duration("clusterTimeLimit"),
            Retry = ReadRetry(map),
            Rollback = ReadRollback(map),
        };
        map.Close();
        return policy;
    }

    private static RetryPolicy ReadRetry(YamlMap policy)
    {
        var defaults = new RetryPolicy();
        if (policy.Map("retry") is not { } map)
        {
            return defaults;
        }

        var retry = new RetryPolicy
        {
            Attempts = map.WholeNumber("attempts", 1, 100) ?? defaults.Attempts,
            Delay = map.Duration("delay") ?? defaults.Delay,
            MaxDelay = map.Duration("maxDelay") ?? defaults.MaxDelay,
        };
        map.Close();
        return retry;
    }

    private static RollbackPolicy ReadRollback(YamlMap policy)
    {
        var defaults = new RollbackPolicy();
        if (policy.Map("rollback") is not { } map)
        {
            return defaults;
        }

        var rollback = new RollbackPolicy
        {
            MaxConcurrent = map.Amount("maxConcurrent") ?? defaults.MaxConcurrent,
            Checks = RingsReader.ReadChecks(map),
        };
        map.Close();
        return rollback;
    }
}
