using System.Diagnostics;

namespace CliWrap.Builders;

/// <summary>Puts a <see cref="ResourcePolicy"/> together.</summary>
public class ResourcePolicyBuilder
{
    private ProcessPriorityClass? _priority;
    private nint? _affinity;
    private nint? _minWorkingSet;
    private nint? _maxWorkingSet;

    /// <summary>Sets the priority.</summary>
    public ResourcePolicyBuilder SetPriority(ProcessPriorityClass? priority)
    {
        _priority = priority;
        return this;
    }

    /// <summary>Sets the processors on which the process may run: one bit for each.</summary>
    public ResourcePolicyBuilder SetAffinity(nint? affinity)
    {
        _affinity = affinity;
        return this;
    }

    /// <summary>Sets the memory that it keeps at least, in bytes.</summary>
    public ResourcePolicyBuilder SetMinWorkingSet(nint? minWorkingSet)
    {
        _minWorkingSet = minWorkingSet;
        return this;
    }

    /// <summary>Sets the memory that it keeps at most, in bytes.</summary>
    public ResourcePolicyBuilder SetMaxWorkingSet(nint? maxWorkingSet)
    {
        _maxWorkingSet = maxWorkingSet;
        return this;
    }

    /// <summary>The policy.</summary>
    public ResourcePolicy Build() => new(_priority, _affinity, _minWorkingSet, _maxWorkingSet);
}
