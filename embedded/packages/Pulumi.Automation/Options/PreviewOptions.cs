namespace Pulumi.Automation;

/// <summary>How it is found out what an update of a stack would do.</summary>
public sealed class PreviewOptions : UpdateOptions
{
    /// <summary>Whether it is an error when something would change.</summary>
    public bool? ExpectNoChanges { get; set; }

    /// <summary>Whether the output shows all that would change.</summary>
    public bool? Diff { get; set; }

    /// <summary>The URNs of the resources that are replaced in any case.</summary>
    public List<string>? Replace { get; set; }

    /// <summary>Whether what depends on excluded resources is left alone, too.</summary>
    public bool? ExcludeDependents { get; set; }

    /// <summary>Whether what depends on targets may be changed, too.</summary>
    public bool? TargetDependents { get; set; }

    /// <summary>The program, if it is another than the workspace's.</summary>
    public PulumiFn? Program { get; set; }

    /// <summary>The file that a plan is written to.</summary>
    public string? Plan { get; set; }

    /// <summary>Whether the state is put right first.</summary>
    public bool? Refresh { get; set; }

    /// <summary>Whether the output shows resources that are only read.</summary>
    public bool? ShowReads { get; set; }
}
