namespace Pulumi.Automation;

/// <summary>Repairs of a stack's state.</summary>
public sealed class WorkspaceStackState
{
    private readonly WorkspaceStack _stack;

    internal WorkspaceStackState(WorkspaceStack stack) => _stack = stack;

    /// <summary>Forgets a resource without deleting it.</summary>
    /// <param name="urn">The resource.</param>
    /// <param name="force">Whether protection does not count.</param>
    /// <param name="cancellationToken">Ends the command.</param>
    public Task DeleteAsync(string urn, bool force = false, CancellationToken cancellationToken = default) =>
        RunAsync(["state", "delete", urn, .. force ? (string[])["--force"] : []], cancellationToken);

    /// <summary>Allows that a resource is deleted.</summary>
    public Task UnprotectAsync(string urn, CancellationToken cancellationToken = default) =>
        RunAsync(["state", "unprotect", urn], cancellationToken);

    /// <summary>Allows that any resource is deleted.</summary>
    public Task UnprotectAllAsync(CancellationToken cancellationToken = default) =>
        RunAsync(["state", "unprotect", "--all"], cancellationToken);

    private Task RunAsync(string[] arguments, CancellationToken cancellationToken) =>
        _stack.RunCommandAsync(arguments, null, null, null, cancellationToken);
}
