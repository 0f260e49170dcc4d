namespace Pulumi.Automation;

/// <summary>Which part of a stack's history is wanted.</summary>
public sealed class HistoryOptions
{
    /// <summary>The page, from 1; counts only with <see cref="PageSize"/>.</summary>
    public int? Page { get; set; }

    /// <summary>How many entries a page has; without it all are wanted.</summary>
    public int? PageSize { get; set; }

    /// <summary>Whether secrets are shown; they are without a value.</summary>
    public bool? ShowSecrets { get; set; }
}
