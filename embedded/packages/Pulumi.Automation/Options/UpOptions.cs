namespace Pulumi.Automation;

/// <summary>How a stack is updated.</summary>
public sealed class UpOptions : UpdateOptions
{
    /// <summary>Whether it is an error when something would change.</summary>
    public bool? ExpectNoChanges { get; set; }

    /// <summary>Whether the output shows all that changes.</summary>
    public bool? Diff { get; set; }

    /// <summary>The URNs of the resources that are replaced in any case.</summary>
    public List<string>? Replace { get; set; }

    /// <summary>Whether what depends on excluded resources is left alone, too.</summary>
    public bool? ExcludeDependents { get; set; }

    /// <summary>Whether what depends on targets may be changed, too.</summary>
    public bool? TargetDependents { get; set; }

    /// <summary>The program, if it is another than the workspace's.</summary>
    public PulumiFn? Program { get; set; }

    /// <summary>The file of a plan, made by a preview, that must be kept to.</summary>
    public string? Plan { get; set; }

    /// <summary>Whether the summary shows secrets; it does without a value.</summary>
    public bool? ShowSecrets { get; set; }

    /// <summary>Whether to go on with other resources when one fails.</summary>
    public bool? ContinueOnError { get; set; }

    /// <summary>Whether the state is put right first.</summary>
    public bool? Refresh { get; set; }

    /// <summary>Whether the output shows resources that are only read.</summary>
    public bool? ShowReads { get; set; }
}
