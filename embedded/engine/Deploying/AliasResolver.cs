using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.Deploying;

/// <summary>Works out the URNs that a resource may have had.</summary>
/// <param name="stack">The stack's bare name.</param>
/// <param name="project">The project.</param>
/// <param name="formerUrn">The URN by which a resource of this run was found in the state, where that was another.</param>
internal sealed class AliasResolver(string stack, string project, Func<Urn, Urn?> formerUrn)
{
    /// <summary>The URNs, in the order in which they count.</summary>
    public IEnumerable<Urn> Resolve(Goal goal)
    {
        var own = goal.Aliases.Select(alias => Resolve(goal, alias)).ToArray();
        if (goal.Parent is not { } parent || formerUrn(parent) is not { } former)
        {
            return own.Distinct();
        }

        // A parent that was called otherwise gave its children other URNs, too.
        var inherited = own.Select(urn => UnderFormerParent(urn.Type, urn.Name, parent.Name, former))
            .Prepend(UnderFormerParent(goal.Type, goal.Name, parent.Name, former));
        return own.Concat(inherited).Distinct();
    }

    private Urn Resolve(Goal goal, AliasSpec alias)
    {
        if (alias.Urn is { } urn)
        {
            return urn;
        }

        var parent = alias.NoParent ? null
            : alias.Parent is { } given ? formerUrn(given) ?? given
            : goal.Parent;
        return Urn.Create(
            alias.Stack.Length > 0 ? alias.Stack : stack,
            alias.Project.Length > 0 ? alias.Project : project,
            parent,
            alias.Type.Length > 0 ? alias.Type : goal.Type,
            alias.Name.Length > 0 ? alias.Name : goal.Name);
    }

    // Children are often named after their parent; then the parent's former name is part of theirs.
    private Urn UnderFormerParent(string type, string name, string parentName, Urn former)
    {
        var formerName = name.StartsWith(parentName, StringComparison.Ordinal) ? former.Name + name[parentName.Length..] : name;
        return Urn.Create(stack, project, former, type, formerName);
    }
}
