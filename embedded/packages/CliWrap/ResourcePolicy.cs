using System.Diagnostics;

namespace CliWrap;

/// <summary>What the operating system shall grant a process; null leaves its own choice.</summary>
public class ResourcePolicy
{
    /// <summary>Makes a policy.</summary>
    public ResourcePolicy(
        ProcessPriorityClass? priority = null, nint? affinity = null, nint? minWorkingSet = null, nint? maxWorkingSet = null)
    {
        Priority = priority;
        Affinity = affinity;
        MinWorkingSet = minWorkingSet;
        MaxWorkingSet = maxWorkingSet;
    }

    /// <summary>The operating system's own choice.</summary>
    public static ResourcePolicy Default { get; } = new();

    /// <summary>Its priority.</summary>
    public ProcessPriorityClass? Priority { get; }

    /// <summary>The processors on which it may run: one bit for each.</summary>
    public nint? Affinity { get; }

    /// <summary>The memory that it keeps at least, in bytes.</summary>
    public nint? MinWorkingSet { get; }

    /// <summary>The memory that it keeps at most, in bytes.</summary>
    public nint? MaxWorkingSet { get; }
}
