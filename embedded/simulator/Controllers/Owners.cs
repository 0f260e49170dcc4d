using FogInfra.Embedded.Simulator.Errors;
using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Selectors;
using FogInfra.Embedded.Simulator.Storage;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Controllers;

/// <summary>Who controls what.</summary>
internal static class Owners
{
    /// <summary>Adds the controllers of a changed object, before and after the change.</summary>
    public static void Enqueue(WorkQueue queue, ObjectChange change, string ownerKind)
    {
        foreach (var value in new[] { change.Object.Value, change.Previous?.Value })
        {
            if (value?.Controller is { } owner && owner.Text("kind") == ownerKind) queue.Add(new ObjectKey(value.Namespace, owner.Text("name") ?? ""));
        }
    }

    /// <summary>
    /// The objects that an owner controls, after it has taken those that match its selector and have no controller, and let go of those that no longer match.
    /// </summary>
    public static List<JsonMap> Claim(ControllerApi api, GroupResource resource, JsonMap owner, LabelSelector selector)
    {
        var claimed = new List<JsonMap>();
        foreach (var value in api.Controlled(resource, owner))
        {
            if (selector.Matches(value.Labels) || value.IsDeleting) claimed.Add(value);
            else if (!owner.IsDeleting) Change(api, resource, value, references => references.Where(reference => reference.Text("uid") != owner.Uid));
        }
        if (owner.IsDeleting || selector.IsEmpty) return claimed;
        foreach (var orphan in api.List(resource, owner.Namespace))
        {
            if (orphan.Controller is not null || orphan.IsDeleting || !selector.Matches(orphan.Labels)) continue;
            if (Change(api, resource, orphan, references => references.Append(owner.ToControllerReference())) is { } adopted) claimed.Add(adopted);
        }
        return claimed;
    }

    private static JsonMap? Change(ControllerApi api, GroupResource resource, JsonMap value, Func<IEnumerable<JsonMap>, IEnumerable<JsonMap>> change)
    {
        try
        {
            return api.Update(resource, ControllerApi.KeyOf(value), current =>
            {
                var references = JsonList.From(change(current.OwnerReferences));
                return current.Uid == value.Uid ? current.Set(references.Count == 0 ? null : references, "metadata", "ownerReferences") : current;
            });
        }
        catch (StatusException error) when (error.Reason == "NotFound")
        {
            return null; // Gone in the meantime.
        }
    }
}
