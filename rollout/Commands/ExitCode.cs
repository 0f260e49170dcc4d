namespace FogInfra.Rollout.Commands;

/// <summary>What the process says to the one that started it.</summary>
internal static class ExitCode
{
    /// <summary>All went as it was wanted.</summary>
    public const int Success = 0;

    /// <summary>Something failed that was tried; the clusters may have been touched.</summary>
    public const int Failed = 1;

    /// <summary>The command line or a document is wrong; nothing was touched.</summary>
    public const int Invalid = 2;

    /// <summary>The user cancelled: 128 and the number of SIGINT, as shells have it.</summary>
    public const int Cancelled = 130;
}
