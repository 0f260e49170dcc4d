namespace Pulumi.Automation;

/// <summary>How a stack's resources are deleted.</summary>
public sealed class DestroyOptions : UpdateOptions
{
    /// <summary>Whether what depends on excluded resources is left alone, too.</summary>
    public bool? ExcludeDependents { get; set; }

    /// <summary>Whether what depends on targets may be deleted, too.</summary>
    public bool? TargetDependents { get; set; }

    /// <summary>Whether the summary shows secrets; it does without a value.</summary>
    public bool? ShowSecrets { get; set; }

    /// <summary>Whether it is only looked at what would be deleted.</summary>
    public bool? PreviewOnly { get; set; }

    /// <summary>Whether to go on with other resources when one fails.</summary>
    public bool? ContinueOnError { get; set; }

    /// <summary>Whether the state is put right first.</summary>
    public bool? Refresh { get; set; }

    /// <summary>Whether the program is run for it.</summary>
    public bool? RunProgram { get; set; }
}
