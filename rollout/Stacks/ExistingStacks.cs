using System.Collections.Concurrent;
using FogInfra.Rollout.Planning;

namespace FogInfra.Rollout.Stacks;

/// <summary>
/// Which stacks the backend has. Each application's are listed once, when the first of them is asked for: to list them for every stack of
/// a large fleet would read the whole state as often as the fleet has clusters.
/// </summary>
internal sealed class ExistingStacks(StackWorkspaces workspaces)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<IReadOnlySet<string>>>> _lists = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<StackId, bool> _changed = [];

    /// <summary>Whether there is such a stack.</summary>
    public async Task<bool> ContainsAsync(StackId stack, CancellationToken cancellationToken)
    {
        if (_changed.TryGetValue(stack, out var exists))
        {
            return exists;
        }

        var list = _lists.GetOrAdd(stack.Application, application => new(() => ListAsync(application, cancellationToken)));
        try
        {
            return (await list.Value.ConfigureAwait(false)).Contains(stack.Cluster);
        }
        catch
        {
            _lists.TryRemove(KeyValuePair.Create(stack.Application, list)); // The next one who asks lists again.
            throw;
        }
    }

    /// <summary>A stack was made.</summary>
    public void Add(StackId stack) => _changed[stack] = true;

    /// <summary>A stack was taken away.</summary>
    public void Remove(StackId stack) => _changed[stack] = false;

    private async Task<IReadOnlySet<string>> ListAsync(string application, CancellationToken cancellationToken)
    {
        var names = await workspaces.ListAsync(application, cancellationToken).ConfigureAwait(false);
        return names.Select(name => name.Split('/')[^1]).ToHashSet(StringComparer.Ordinal);
    }
}
