using FogInfra.Embedded.Kubernetes.Objects;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Kubernetes.Ownership;

/// <summary>What of an object a program changes. Pure.</summary>
internal static class ChangedFields
{
    /// <summary>The part of the new inputs that the old ones do not have so; a list in which anything differs is taken as a whole.</summary>
    public static PropertyMap Of(PropertyMap old, PropertyMap now) => new(now
        .Where(member => !member.Value.Equals(old[member.Key]))
        .Select(member => (old[member.Key]?.Unwrap(), member.Value.Unwrap()) is (PropertyValue.Map before, PropertyValue.Map after)
            ? KeyValuePair.Create(member.Key, member.Value.Rewrap(Of(before.Properties, after.Properties)))
            : member));
}
