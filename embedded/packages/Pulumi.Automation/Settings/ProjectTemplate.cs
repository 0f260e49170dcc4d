namespace Pulumi.Automation;

/// <summary>A project as a template for others.</summary>
public class ProjectTemplate
{
    /// <summary>What it is.</summary>
    public string? Description { get; set; }

    /// <summary>What a new project's owner is told.</summary>
    public string? QuickStart { get; set; }

    /// <summary>What a new project's owner is asked, by configuration key.</summary>
    public IDictionary<string, ProjectTemplateConfigValue>? Config { get; set; }

    /// <summary>Whether it is shown among the first.</summary>
    public bool? Important { get; set; }
}

/// <summary>What a new project's owner is asked.</summary>
public class ProjectTemplateConfigValue
{
    /// <summary>What it is.</summary>
    public string? Description { get; set; }

    /// <summary>What it is without an answer.</summary>
    public string? Default { get; set; }

    /// <summary>Whether the answer is stored encrypted.</summary>
    public bool? Secret { get; set; }
}
