using System.Collections.Immutable;
using FogInfra.Embedded.Engine.State;
using FogInfra.Embedded.Engine.Steps;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;

namespace FogInfra.Embedded.Engine.Deploying;

/// <summary>
/// Finds the resources that cannot outlive one that is deleted before it is replaced: those that would be replaced themselves if
/// what they take from it changed.
/// </summary>
internal sealed class ReplacementPlanner(DeploymentContext context, RegistrationTable table, StepActions actions)
{
    /// <summary>Finds and condemns them.</summary>
    /// <param name="replaced">The resource that is replaced.</param>
    /// <returns>Their entries, those that depend on others first: the order in which to delete them.</returns>
    /// <exception cref="RegistrationException">One of them is protected.</exception>
    public async Task<ImmutableArray<CondemnedDependent>> CondemnDependentsAsync(ResourceState replaced)
    {
        var found = new List<CondemnedDependent>();
        var replacedUrns = new HashSet<Urn> { replaced.Urn };
        foreach (var entry in context.Prior.DependentsOf(replaced.Urn, IsMoreThanParent))
        {
            if (!table.IsClaimed(entry) && await ReplaceKeysAsync(entry.State, replacedUrns).ConfigureAwait(false) is { } keys)
            {
                Add(entry, keys);
            }
        }

        foreach (var entry in context.Prior.ReferrersOf(replaced.Urn).Where(entry => !replacedUrns.Contains(entry.State.Urn)))
        {
            if (entry.State.DeletedWith == replaced.Urn || entry.State.ReplaceWith.Contains(replaced.Urn))
            {
                Add(entry, []);
            }
        }

        found.Reverse();
        return [.. found.Where(dependent => table.TryCondemn(dependent.Entry, dependent.Condemnation))];

        void Add(ResourceEntry entry, ImmutableArray<string> keys)
        {
            if (entry.State is { Protect: true, Delete: false })
            {
                throw new RegistrationException(
                    $"unable to replace resource \"{entry.State.Urn}\" as part of replacing \"{replaced.Urn}\" as it is currently marked "
                    + "for protection. To unprotect the resource, remove the `protect` flag from the resource in your Pulumi program and "
                    + $"run `pulumi up`, or use the command:\n`pulumi state unprotect '{entry.State.Urn}'`");
            }

            replacedUrns.Add(entry.State.Urn);
            found.Add(new CondemnedDependent(entry, keys));
        }
    }

    // A child does not depend on its parent unless it says so.
    private static bool IsMoreThanParent(ResourceState state, Urn urn) =>
        state.Provider?.Urn == urn || state.DeletedWith == urn || state.Dependencies.Contains(urn)
        || state.PropertyDependencies.Values.Any(urns => urns.Contains(urn)) || state.ReplaceWith.Contains(urn);

    // The properties whose change would replace the resource; null when none would.
    private async Task<ImmutableArray<string>?> ReplaceKeysAsync(ResourceState state, HashSet<Urn> replaced)
    {
        if (!state.Custom || state.External)
        {
            return null;
        }

        if ((state.Provider is { } provider && replaced.Contains(provider.Urn)) || (state.DeletedWith is { } other && replaced.Contains(other)))
        {
            return [];
        }

        var dependent = state.PropertyDependencies.Where(item => item.Value.Any(replaced.Contains)).Select(item => item.Key).ToHashSet();
        if (!state.Inputs.Names.Any(dependent.Contains))
        {
            return null;
        }

        var inputs = new PropertyMap(state.Inputs.Select(item => dependent.Contains(item.Key)
            ? KeyValuePair.Create(item.Key, PropertyValue.Unknown)
            : item));
        var operations = await actions.OperationsOfAsync(state).ConfigureAwait(false);
        var answer = await operations.DiffAsync(
            new DiffRequest(state.Urn, state.Id, state.Inputs, state.Outputs, inputs, state.IgnoreChanges), context.Control.Abandoned).ConfigureAwait(false);
        if (answer is null)
        {
            return null;
        }

        var diff = DiffDecision.FromProvider(answer, state.Inputs, inputs, state.IgnoreChanges);
        diff = DiffDecision.WithReplaceOnChanges(diff, state.ReplaceOnChanges, hasInitErrors: false);
        return diff.IsReplace ? diff.ReplaceKeys : null;
    }
}
