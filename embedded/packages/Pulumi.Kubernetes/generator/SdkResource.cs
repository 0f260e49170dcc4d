using FogInfra.Embedded.Kubernetes.Schema;

namespace FogInfra.Embedded.Kubernetes.SdkGenerator;

/// <summary>A class that programs create resources with.</summary>
/// <param name="Class">The class, and the type behind it.</param>
/// <param name="ApiVersion">The <c>apiVersion</c> that goes into the inputs.</param>
/// <param name="Kind">The <c>kind</c> that goes into the inputs.</param>
/// <param name="Token">Pulumi's type token.</param>
/// <param name="Aliases">Tokens of the same in other versions and groups.</param>
internal sealed record SdkResource(SdkClass Class, string ApiVersion, string Kind, string Token, IReadOnlyList<string> Aliases)
{
    /// <summary>The three classes of a kind: an object, a patch of one, and a list.</summary>
    public static IEnumerable<SdkResource> FormsOf(KubernetesKind kind, IReadOnlyDictionary<string, KubernetesType> types)
    {
        var (name, listName) = (kind.Type, ListType.NameOf(kind));
        return
        [
            new(new SdkClass(name, types[name], Patch: false), kind.ApiVersion, kind.Kind, kind.Token, kind.Aliases),
            new(new SdkClass(name, types[name], Patch: true), kind.ApiVersion, kind.Kind, kind.Token + "Patch",
                [.. kind.Aliases.Select(alias => alias + "Patch")]),
            new(new SdkClass(listName, types[listName], Patch: false), kind.ApiVersion, kind.Kind + "List", kind.Token + "List", []),
        ];
    }
}
