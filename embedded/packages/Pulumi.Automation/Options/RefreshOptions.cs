namespace Pulumi.Automation;

/// <summary>How a stack's state is put right.</summary>
public sealed class RefreshOptions : UpdateOptions
{
    /// <summary>Whether it is only looked at what would change.</summary>
    public bool? PreviewOnly { get; set; }

    /// <summary>Whether it is an error when something would change.</summary>
    public bool? ExpectNoChanges { get; set; }

    /// <summary>Whether the summary shows secrets; it does without a value.</summary>
    public bool? ShowSecrets { get; set; }

    /// <summary>Whether resources whose making was interrupted are left as they are.</summary>
    public bool? SkipPendingCreates { get; set; }

    /// <summary>Whether resources whose making was interrupted are forgotten.</summary>
    public bool? ClearPendingCreates { get; set; }

    /// <summary>Resources whose making was interrupted, and which do exist.</summary>
    public List<PendingCreateValue>? ImportPendingCreates { get; set; }

    /// <summary>Whether the program is run for it.</summary>
    public bool? RunProgram { get; set; }
}

/// <summary>A resource whose making was interrupted, and which does exist.</summary>
public sealed class PendingCreateValue
{
    /// <summary>Makes a value.</summary>
    public PendingCreateValue(string urn, string id)
    {
        Urn = urn;
        Id = id;
    }

    /// <summary>The resource.</summary>
    public string Urn { get; set; }

    /// <summary>The provider's name for it.</summary>
    public string Id { get; set; }
}
