using System.Collections.Immutable;

namespace Pulumi.Automation;

public abstract partial class Workspace
{
    /// <summary>The stack that commands without a stack mean; null if there is none.</summary>
    public virtual async Task<StackSummary?> GetStackAsync(CancellationToken cancellationToken = default)
    {
        var stacks = await ListStacksAsync(cancellationToken).ConfigureAwait(false);
        return stacks.FirstOrDefault(stack => stack.IsCurrent);
    }

    /// <summary>Makes a stack.</summary>
    /// <exception cref="Commands.Exceptions.StackAlreadyExistsException">There is a stack of that name.</exception>
    public Task CreateStackAsync(string stackName) => CreateStackAsync(stackName, CancellationToken.None);

    /// <summary>Makes a stack.</summary>
    /// <exception cref="Commands.Exceptions.StackAlreadyExistsException">There is a stack of that name.</exception>
    public abstract Task CreateStackAsync(string stackName, CancellationToken cancellationToken);

    /// <summary>Makes a stack the one that commands without a stack mean.</summary>
    /// <exception cref="Commands.Exceptions.StackNotFoundException">There is no stack of that name.</exception>
    public Task SelectStackAsync(string stackName) => SelectStackAsync(stackName, CancellationToken.None);

    /// <summary>Makes a stack the one that commands without a stack mean.</summary>
    /// <exception cref="Commands.Exceptions.StackNotFoundException">There is no stack of that name.</exception>
    public abstract Task SelectStackAsync(string stackName, CancellationToken cancellationToken);

    /// <summary>Removes a stack, which must have no resources.</summary>
    public abstract Task RemoveStackAsync(string stackName, CancellationToken cancellationToken = default);

    /// <summary>The project's stacks.</summary>
    public abstract Task<ImmutableList<StackSummary>> ListStacksAsync(CancellationToken cancellationToken = default);

    /// <summary>A stack's state, with its secrets in plain text.</summary>
    public abstract Task<StackDeployment> ExportStackAsync(string stackName, CancellationToken cancellationToken = default);

    /// <summary>Replaces a stack's state.</summary>
    public abstract Task ImportStackAsync(string stackName, StackDeployment state, CancellationToken cancellationToken = default);

    /// <summary>A stack's outputs.</summary>
    public abstract Task<ImmutableDictionary<string, OutputValue>> GetStackOutputsAsync(
        string stackName, CancellationToken cancellationToken = default);

    /// <summary>Encrypts a stack's secrets by other means.</summary>
    public abstract Task ChangeSecretsProviderAsync(
        string stackName,
        string newSecretsProvider,
        SecretsProviderOptions? secretsProviderOptions = null,
        CancellationToken cancellationToken = default);

    /// <summary>A tag's value.</summary>
    public abstract Task<string> GetTagAsync(string stackName, string key, CancellationToken cancellationToken = default);

    /// <summary>Sets a tag.</summary>
    public abstract Task SetTagAsync(string stackName, string key, string value, CancellationToken cancellationToken = default);

    /// <summary>Removes a tag.</summary>
    public abstract Task RemoveTagAsync(string stackName, string key, CancellationToken cancellationToken = default);

    /// <summary>A stack's tags.</summary>
    public abstract Task<Dictionary<string, string>> ListTagsAsync(string stackName, CancellationToken cancellationToken = default);
}
