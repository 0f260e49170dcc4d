namespace Pulumi;

/// <summary>Which hooks the engine calls when.</summary>
public class ResourceHookBinding
{
    /// <summary>Before the resource is created.</summary>
    public List<ResourceHook> BeforeCreate { get => field ??= []; set; }

    /// <summary>After the resource is created.</summary>
    public List<ResourceHook> AfterCreate { get => field ??= []; set; }

    /// <summary>Before the resource is updated.</summary>
    public List<ResourceHook> BeforeUpdate { get => field ??= []; set; }

    /// <summary>After the resource is updated.</summary>
    public List<ResourceHook> AfterUpdate { get => field ??= []; set; }

    /// <summary>Before the resource is deleted.</summary>
    public List<ResourceHook> BeforeDelete { get => field ??= []; set; }

    /// <summary>After the resource is deleted.</summary>
    public List<ResourceHook> AfterDelete { get => field ??= []; set; }

    /// <summary>When a step of the resource fails.</summary>
    public List<ErrorHook> OnError { get => field ??= []; set; }

    /// <summary>Whether there are none.</summary>
    public bool IsEmpty =>
        OnError.Count == 0
        && new[] { BeforeCreate, AfterCreate, BeforeUpdate, AfterUpdate, BeforeDelete, AfterDelete }.All(hooks => hooks.Count == 0);

    /// <summary>A binding of the same hooks that can be changed without changing this one.</summary>
    public ResourceHookBinding Clone() => Concat(new ResourceHookBinding());

    /// <summary>A new binding of the hooks of this one and then those of another.</summary>
    /// <param name="other">The other.</param>
    public ResourceHookBinding Concat(ResourceHookBinding other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new()
        {
            BeforeCreate = [.. BeforeCreate, .. other.BeforeCreate],
            AfterCreate = [.. AfterCreate, .. other.AfterCreate],
            BeforeUpdate = [.. BeforeUpdate, .. other.BeforeUpdate],
            AfterUpdate = [.. AfterUpdate, .. other.AfterUpdate],
            BeforeDelete = [.. BeforeDelete, .. other.BeforeDelete],
            AfterDelete = [.. AfterDelete, .. other.AfterDelete],
            OnError = [.. OnError, .. other.OnError],
        };
    }
}
