using System.Collections.Immutable;

namespace Pulumi;

/// <summary>Runs when the engine is about to do, or has done, a step of a resource.</summary>
/// <param name="args">The resource.</param>
/// <param name="cancellationToken">Cancelled when the engine gives up.</param>
public delegate Task ResourceHookCallback(ResourceHookArgs args, CancellationToken cancellationToken = default);

/// <summary>A named function that the engine calls around steps of resources. Making it registers it.</summary>
public class ResourceHook
{
    /// <summary>Registers a hook.</summary>
    /// <param name="name">Its name, unique in the program.</param>
    /// <param name="callback">What it does.</param>
    /// <param name="options">When it is called.</param>
    public ResourceHook(string name, ResourceHookCallback callback, ResourceHookOptions? options = null)
    {
        Name = name;
        Callback = callback;
        Options = options ?? new ResourceHookOptions();
        Registered = ProgramRun.Current.Hooks.Register(this);
    }

    /// <summary>Makes a hook that is registered elsewhere.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="callback">What it does.</param>
    /// <param name="options">When it is called.</param>
    /// <param name="registered">Ends when it is registered.</param>
    protected ResourceHook(string name, ResourceHookCallback callback, ResourceHookOptions options, Task registered)
    {
        Name = name;
        Callback = callback;
        Options = options;
        Registered = registered;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>What it does.</summary>
    public ResourceHookCallback Callback { get; }

    /// <summary>When it is called.</summary>
    public ResourceHookOptions Options { get; }

    internal Task Registered { get; }
}

/// <summary>When a hook is called.</summary>
public class ResourceHookOptions
{
    /// <summary>Whether previews call it too.</summary>
    public bool? OnDryRun { get; set; }

    /// <summary>Whether the step goes on when the hook fails.</summary>
    public bool? IgnoreErrors { get; set; }
}

/// <summary>The resource whose step a hook is called for.</summary>
public class ResourceHookArgs
{
    /// <summary>Takes what is known about the resource.</summary>
    /// <param name="urn">Its URN.</param>
    /// <param name="id">Its id.</param>
    /// <param name="name">Its name.</param>
    /// <param name="type">Its type.</param>
    /// <param name="newInputs">Its inputs after the step.</param>
    /// <param name="oldInputs">Its inputs before the step.</param>
    /// <param name="newOutputs">Its outputs after the step.</param>
    /// <param name="oldOutputs">Its outputs before the step.</param>
    public ResourceHookArgs(
        string urn,
        string id,
        string name,
        string type,
        ImmutableDictionary<string, object?>? newInputs = null,
        ImmutableDictionary<string, object?>? oldInputs = null,
        ImmutableDictionary<string, object?>? newOutputs = null,
        ImmutableDictionary<string, object?>? oldOutputs = null)
    {
        Urn = urn;
        Id = id;
        Name = name;
        Type = type;
        NewInputs = newInputs;
        OldInputs = oldInputs;
        NewOutputs = newOutputs;
        OldOutputs = oldOutputs;
    }

    /// <summary>Its URN.</summary>
    public string Urn { get; }

    /// <summary>Its id; empty before it is created.</summary>
    public string Id { get; }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its type.</summary>
    public string Type { get; }

    /// <summary>Its inputs after the step; null for a delete.</summary>
    public ImmutableDictionary<string, object?>? NewInputs { get; }

    /// <summary>Its inputs before the step; null for a create.</summary>
    public ImmutableDictionary<string, object?>? OldInputs { get; }

    /// <summary>Its outputs after the step; null before it, and for a delete.</summary>
    public ImmutableDictionary<string, object?>? NewOutputs { get; }

    /// <summary>Its outputs before the step; null for a create.</summary>
    public ImmutableDictionary<string, object?>? OldOutputs { get; }
}
