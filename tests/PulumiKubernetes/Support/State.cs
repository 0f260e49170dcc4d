using System.Collections.Immutable;

namespace FogInfra.Tests.PulumiKubernetes.Support;

/// <summary>The state of a resource as mocks give it.</summary>
internal static class State
{
    /// <summary>An object.</summary>
    public static ImmutableDictionary<string, object> Of(params (string Key, object Value)[] members) =>
        members.ToImmutableDictionary(member => member.Key, member => member.Value);
}
