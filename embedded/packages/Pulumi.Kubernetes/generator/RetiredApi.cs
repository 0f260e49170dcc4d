using FogInfra.Embedded.Kubernetes.Schema;

namespace FogInfra.Embedded.Kubernetes.SdkGenerator;

/// <summary>What the SDK keeps from older releases of Kubernetes and the schema therefore does not have as types.</summary>
internal static class RetiredApi
{
    private const string TypePrefix = "io.k8s.api.";

    /// <summary>Types that only retired properties refer to, by their full name.</summary>
    public static IReadOnlyDictionary<string, KubernetesType> Types { get; } = new Dictionary<string, KubernetesType>
    {
        // Kubernetes 1.26 to 1.30.
        [TypePrefix + "core.v1.ClaimSource"] = new()
        {
            Cs = "Core.V1.ClaimSource",
            Properties = new Dictionary<string, KubernetesProperty>
            {
                ["resourceClaimName"] = new() { Type = "string" },
                ["resourceClaimTemplateName"] = new() { Type = "string" },
            },
        },
    };

    /// <summary>The property that a C# type such as <c>InputList&lt;string&gt;?</c> stands for.</summary>
    public static KubernetesProperty PropertyOf(SdkOnlyProperty property)
    {
        var type = property.CsType.TrimEnd('?');
        var (wrapper, item) = type.Split('<') is [var first, var rest] && rest.EndsWith('>') ? (first, rest[..^1]) : (type, "");
        return wrapper switch
        {
            "Input" => ItemOf(item) with { Required = property.Required },
            "InputList" => new KubernetesProperty { Type = "array", Items = ItemOf(item), Required = property.Required },
            _ => throw Unknown(type),
        };
    }

    private static KubernetesProperty ItemOf(string csType) => csType switch
    {
        "string" => new() { Type = "string" },
        "int" => new() { Type = "integer" },
        "bool" => new() { Type = "boolean" },
        _ when csType.EndsWith("Args", StringComparison.Ordinal) => new() { Ref = TypeNameOf(csType[..^"Args".Length]) },
        _ => throw Unknown(csType),
    };

    private static string TypeNameOf(string csName) =>
        Types.FirstOrDefault(type => type.Value.Cs == csName).Key ?? throw Unknown(csName);

    private static InvalidOperationException Unknown(string csType) =>
        new($"The schema gives a property the C# type '{csType}', which the generator does not know.");
}
