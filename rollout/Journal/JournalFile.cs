namespace FogInfra.Rollout.Journal;

/// <summary>How journals are read.</summary>
internal static class JournalFile
{
    /// <summary>The rollouts of a project, the latest first.</summary>
    /// <param name="journals">The project's folder of rollouts.</param>
    public static IReadOnlyList<RecordedRollout> ReadAll(string journals) => [.. RolloutFolder.List(journals).Select(folder => folder.Read())];
}
