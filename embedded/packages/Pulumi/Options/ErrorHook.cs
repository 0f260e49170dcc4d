using System.Collections.Immutable;

namespace Pulumi;

/// <summary>Decides what becomes of a step that failed.</summary>
/// <param name="args">The resource and the errors.</param>
/// <param name="cancellationToken">Cancelled when the engine gives up.</param>
/// <returns>Whether the engine tries again.</returns>
public delegate Task<bool> ErrorHookCallback(ErrorHookArgs args, CancellationToken cancellationToken = default);

/// <summary>A named function that the engine calls when a step of a resource fails. Making it registers it.</summary>
public class ErrorHook
{
    /// <summary>Registers a hook.</summary>
    /// <param name="name">Its name, unique in the program.</param>
    /// <param name="callback">What it does.</param>
    public ErrorHook(string name, ErrorHookCallback callback)
    {
        Name = name;
        Callback = callback;
        Registered = ProgramRun.Current.Hooks.Register(this);
    }

    /// <summary>Makes a hook that is registered elsewhere.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="callback">What it does.</param>
    /// <param name="registered">Ends when it is registered.</param>
    protected internal ErrorHook(string name, ErrorHookCallback callback, Task registered)
    {
        Name = name;
        Callback = callback;
        Registered = registered;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>What it does.</summary>
    public ErrorHookCallback Callback { get; }

    internal Task Registered { get; }
}

/// <summary>The resource whose step failed.</summary>
public class ErrorHookArgs
{
    /// <summary>Takes what is known about the failure.</summary>
    /// <param name="urn">The resource's URN.</param>
    /// <param name="id">Its id.</param>
    /// <param name="name">Its name.</param>
    /// <param name="type">Its type.</param>
    /// <param name="newInputs">Its inputs after the step.</param>
    /// <param name="oldInputs">Its inputs before the step.</param>
    /// <param name="oldOutputs">Its outputs before the step.</param>
    /// <param name="failedOperation">The step.</param>
    /// <param name="errors">What went wrong.</param>
    public ErrorHookArgs(
        string urn,
        string id,
        string name,
        string type,
        ImmutableDictionary<string, object?>? newInputs = null,
        ImmutableDictionary<string, object?>? oldInputs = null,
        ImmutableDictionary<string, object?>? oldOutputs = null,
        string failedOperation = "",
        IReadOnlyList<string>? errors = null)
    {
        Urn = urn;
        Id = id;
        Name = name;
        Type = type;
        NewInputs = newInputs;
        OldInputs = oldInputs;
        OldOutputs = oldOutputs;
        FailedOperation = failedOperation;
        Errors = errors ?? [];
    }

    /// <summary>The resource's URN.</summary>
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

    /// <summary>Its outputs before the step; null for a create.</summary>
    public ImmutableDictionary<string, object?>? OldOutputs { get; }

    /// <summary>The step: create, update or delete.</summary>
    public string FailedOperation { get; }

    /// <summary>What went wrong.</summary>
    public IReadOnlyList<string> Errors { get; }
}
