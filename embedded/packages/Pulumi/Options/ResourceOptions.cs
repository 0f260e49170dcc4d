namespace Pulumi;

/// <summary>How a resource is managed.</summary>
public abstract class ResourceOptions
{
    /// <summary>Makes options that change nothing.</summary>
    protected ResourceOptions()
    {
    }

    /// <summary>The id of a resource that exists and is managed elsewhere: it is read, not created.</summary>
    public Input<string>? Id { get; set; }

    /// <summary>The parent; the stack when null.</summary>
    public Resource? Parent { get; set; }

    /// <summary>Resources that must be there first. A component stands for all its children.</summary>
    public InputList<Resource> DependsOn { get => field ??= new(); set; }

    /// <summary>Whether deleting the resource is an error; the parent's when null.</summary>
    public bool? Protect { get; set; }

    /// <summary>Paths of properties whose changes do not count.</summary>
    public List<string> IgnoreChanges { get => field ??= []; set; }

    /// <summary>The version of the provider's plugin.</summary>
    public string? Version { get; set; }

    /// <summary>The provider that manages the resource; the parent's for its package when null.</summary>
    public ProviderResource? Provider { get; set; }

    /// <summary>How long the provider may take.</summary>
    public CustomTimeouts? CustomTimeouts { get; set; }

    /// <summary>Functions that change the arguments and options of this resource and its descendants before they are registered.</summary>
    public List<ResourceTransformation> ResourceTransformations { get => field ??= []; set; }

    /// <summary>Functions that the engine calls to change this resource and its descendants, those of remote components too.</summary>
    public List<ResourceTransform> ResourceTransforms { get => field ??= []; set; }

    /// <summary>Earlier identities of the resource.</summary>
    public List<Input<Alias>> Aliases { get; set; } = [];

    /// <summary>The URN of a resource of this stack that this object is to stand for; nothing is registered then.</summary>
    public string? Urn { get; set; }

    /// <summary>Paths of properties whose changes replace the resource.</summary>
    public List<string> ReplaceOnChanges { get => field ??= []; set; }

    /// <summary>Where the provider's plugin is to be had.</summary>
    public string? PluginDownloadURL { get; set; }

    /// <summary>Whether the resource stays when it is deleted from the stack.</summary>
    public bool? RetainOnDelete { get; set; }

    /// <summary>A resource whose deletion deletes this one too, so that the provider need not be asked to.</summary>
    public Resource? DeletedWith { get; set; }

    /// <summary>Resources whose replacement replaces this one too.</summary>
    public InputList<Resource> ReplaceWith { get => field ??= new(); set; }

    /// <summary>Functions that the engine calls before and after its steps.</summary>
    public ResourceHookBinding Hooks { get => field ??= new(); set; }

    /// <summary>Paths of properties whose changes are not displayed.</summary>
    public List<string> HideDiffs { get => field ??= []; set; }

    /// <summary>A value whose change replaces the resource.</summary>
    public Input<object>? ReplacementTrigger { get; set; }

    /// <summary>Options of the same kind that can be changed without changing these.</summary>
    internal abstract ResourceOptions Clone();

    /// <summary>Takes over what other options set: lists grow, single values are replaced.</summary>
    private protected void Include(ResourceOptions other)
    {
        Id = other.Id ?? Id;
        Parent = other.Parent ?? Parent;
        DependsOn = DependsOn.Concat(other.DependsOn);
        Protect = other.Protect ?? Protect;
        IgnoreChanges = [.. IgnoreChanges, .. other.IgnoreChanges];
        Version = other.Version ?? Version;
        Provider = other.Provider ?? Provider;
        CustomTimeouts = other.CustomTimeouts?.Clone() ?? CustomTimeouts;
        ResourceTransformations = [.. ResourceTransformations, .. other.ResourceTransformations];
        ResourceTransforms = [.. ResourceTransforms, .. other.ResourceTransforms];
        Aliases = [.. Aliases, .. other.Aliases];
        Urn = other.Urn ?? Urn;
        ReplaceOnChanges = [.. ReplaceOnChanges, .. other.ReplaceOnChanges];
        PluginDownloadURL = other.PluginDownloadURL ?? PluginDownloadURL;
        RetainOnDelete = other.RetainOnDelete ?? RetainOnDelete;
        DeletedWith = other.DeletedWith ?? DeletedWith;
        ReplaceWith = ReplaceWith.Concat(other.ReplaceWith);
        Hooks = Hooks.Concat(other.Hooks);
        HideDiffs = [.. HideDiffs, .. other.HideDiffs];
        ReplacementTrigger = other.ReplacementTrigger ?? ReplacementTrigger;
    }
}
