namespace Pulumi.Automation;

public sealed partial class LocalWorkspace
{
    /// <summary>Makes a workspace and a new stack whose program runs in this process.</summary>
    /// <exception cref="Commands.Exceptions.StackAlreadyExistsException">There is a stack of that name.</exception>
    public static Task<WorkspaceStack> CreateStackAsync(InlineProgramArgs args) => CreateStackAsync(args, CancellationToken.None);

    /// <summary>Makes a workspace and a new stack whose program runs in this process.</summary>
    /// <exception cref="Commands.Exceptions.StackAlreadyExistsException">There is a stack of that name.</exception>
    public static Task<WorkspaceStack> CreateStackAsync(InlineProgramArgs args, CancellationToken cancellationToken) =>
        OpenStackAsync(WithProject(args), args.StackName, WorkspaceStack.CreateAsync, cancellationToken);

    /// <summary>Makes a workspace and a new stack whose program the engine starts.</summary>
    /// <exception cref="Commands.Exceptions.StackAlreadyExistsException">There is a stack of that name.</exception>
    public static Task<WorkspaceStack> CreateStackAsync(LocalProgramArgs args) => CreateStackAsync(args, CancellationToken.None);

    /// <summary>Makes a workspace and a new stack whose program the engine starts.</summary>
    /// <exception cref="Commands.Exceptions.StackAlreadyExistsException">There is a stack of that name.</exception>
    public static Task<WorkspaceStack> CreateStackAsync(LocalProgramArgs args, CancellationToken cancellationToken) =>
        OpenStackAsync(args, args.StackName, WorkspaceStack.CreateAsync, cancellationToken);

    /// <summary>Makes a workspace for an existing stack whose program runs in this process.</summary>
    /// <exception cref="Commands.Exceptions.StackNotFoundException">There is no stack of that name.</exception>
    public static Task<WorkspaceStack> SelectStackAsync(InlineProgramArgs args) => SelectStackAsync(args, CancellationToken.None);

    /// <summary>Makes a workspace for an existing stack whose program runs in this process.</summary>
    /// <exception cref="Commands.Exceptions.StackNotFoundException">There is no stack of that name.</exception>
    public static Task<WorkspaceStack> SelectStackAsync(InlineProgramArgs args, CancellationToken cancellationToken) =>
        OpenStackAsync(WithProject(args), args.StackName, WorkspaceStack.SelectAsync, cancellationToken);

    /// <summary>Makes a workspace for an existing stack whose program the engine starts.</summary>
    /// <exception cref="Commands.Exceptions.StackNotFoundException">There is no stack of that name.</exception>
    public static Task<WorkspaceStack> SelectStackAsync(LocalProgramArgs args) => SelectStackAsync(args, CancellationToken.None);

    /// <summary>Makes a workspace for an existing stack whose program the engine starts.</summary>
    /// <exception cref="Commands.Exceptions.StackNotFoundException">There is no stack of that name.</exception>
    public static Task<WorkspaceStack> SelectStackAsync(LocalProgramArgs args, CancellationToken cancellationToken) =>
        OpenStackAsync(args, args.StackName, WorkspaceStack.SelectAsync, cancellationToken);

    /// <summary>Makes a workspace for a stack, new if need be, whose program runs in this process.</summary>
    public static Task<WorkspaceStack> CreateOrSelectStackAsync(InlineProgramArgs args) => CreateOrSelectStackAsync(args, CancellationToken.None);

    /// <summary>Makes a workspace for a stack, new if need be, whose program runs in this process.</summary>
    public static Task<WorkspaceStack> CreateOrSelectStackAsync(InlineProgramArgs args, CancellationToken cancellationToken) =>
        OpenStackAsync(WithProject(args), args.StackName, WorkspaceStack.CreateOrSelectAsync, cancellationToken);

    /// <summary>Makes a workspace for a stack, new if need be, whose program the engine starts.</summary>
    public static Task<WorkspaceStack> CreateOrSelectStackAsync(LocalProgramArgs args) => CreateOrSelectStackAsync(args, CancellationToken.None);

    /// <summary>Makes a workspace for a stack, new if need be, whose program the engine starts.</summary>
    public static Task<WorkspaceStack> CreateOrSelectStackAsync(LocalProgramArgs args, CancellationToken cancellationToken) =>
        OpenStackAsync(args, args.StackName, WorkspaceStack.CreateOrSelectAsync, cancellationToken);

    private static InlineProgramArgs WithProject(InlineProgramArgs args) => args.ProjectSettings is not null
        ? args
        : throw new ArgumentNullException(nameof(args), $"{nameof(args.ProjectSettings)} must not be null: without a project there is no stack.");

    // The package takes the pulumi on PATH here whatever the options say, and looks at the process's own environment only.
    private static async Task<WorkspaceStack> OpenStackAsync(
        LocalWorkspaceOptions options,
        string stackName,
        Func<string, Workspace, CancellationToken, Task<WorkspaceStack>> openStackAsync,
        CancellationToken cancellationToken)
    {
        var command = await FindPulumiAsync(variables: null, cancellationToken).ConfigureAwait(false);
        var workspace = await OpenAsync(command, options, cancellationToken).ConfigureAwait(false);
        try
        {
            return await openStackAsync(stackName, workspace, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            workspace.Dispose();
            throw;
        }
    }
}
