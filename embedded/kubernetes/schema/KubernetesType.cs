using System.Text.Json;

namespace FogInfra.Embedded.Kubernetes.Schema;

/// <summary>A type of the API: an object with named properties.</summary>
public sealed record KubernetesType
{
    /// <summary>The name in Pulumi's C# SDK without prefix and suffix, for example <c>Core.V1.Container</c>.</summary>
    public required string Cs { get; init; }

    /// <summary><c>atomic</c> when server-side apply treats the whole object as one value.</summary>
    public string? MapType { get; init; }

    /// <summary>The properties by their name on the wire.</summary>
    public IReadOnlyDictionary<string, KubernetesProperty> Properties { get; init; } = new Dictionary<string, KubernetesProperty>();

    /// <summary>Inputs that Pulumi's SDK still has but the API no longer does.</summary>
    public IReadOnlyDictionary<string, SdkOnlyProperty> SdkOnly { get; init; } = new Dictionary<string, SdkOnlyProperty>();
}

/// <summary>An input that only Pulumi's SDK has.</summary>
/// <param name="CsType">Its C# type.</param>
/// <param name="Required">Whether the SDK marks it as required.</param>
public sealed record SdkOnlyProperty(string CsType, bool Required = false);

/// <summary>A property, or the items of a list or map. It has one of these shapes: a type, a reference, an int-or-string, or one of several.</summary>
public sealed record KubernetesProperty
{
    /// <summary><c>string</c>, <c>integer</c>, <c>number</c>, <c>boolean</c>, <c>array</c>, <c>object</c> or <c>any</c>; null for a reference.</summary>
    public string? Type { get; init; }

    /// <summary>A format such as <c>int32</c>, <c>quantity</c>, <c>date-time</c>, <c>byte</c>, <c>raw-extension</c>.</summary>
    public string? Format { get; init; }

    /// <summary>The full name of the type that this is.</summary>
    public string? Ref { get; init; }

    /// <summary>The items of an array.</summary>
    public KubernetesProperty? Items { get; init; }

    /// <summary>The values of a map.</summary>
    public KubernetesProperty? AdditionalProperties { get; init; }

    /// <summary>A whole number or a text.</summary>
    public bool IntOrString { get; init; }

    /// <summary>The alternatives of a union.</summary>
    public IReadOnlyList<KubernetesProperty> OneOf { get; init; } = [];

    /// <summary>The API demands it.</summary>
    public bool Required { get; init; }

    /// <summary>The values that the API publishes.</summary>
    public IReadOnlyList<string> Enum { get; init; } = [];

    /// <summary>The default that matters for the keys of lists; null without one.</summary>
    public JsonElement? Default { get; init; }

    /// <summary>How server-side apply merges a list: <c>atomic</c>, <c>set</c> or <c>map</c>.</summary>
    public string? ListType { get; init; }

    /// <summary>The keys by which the items of a list of type <c>map</c> are told apart.</summary>
    public IReadOnlyList<string> ListMapKeys { get; init; } = [];

    /// <summary><c>atomic</c> when server-side apply treats the object as one value.</summary>
    public string? MapType { get; init; }

    /// <summary>How a strategic merge patch merges a list, for example <c>merge</c>.</summary>
    public string? PatchStrategy { get; init; }

    /// <summary>The key by which a strategic merge patch tells items apart.</summary>
    public string? PatchMergeKey { get; init; }

    /// <summary>The value is secret.</summary>
    public bool Secret { get; init; }

    /// <summary>The name in C#, where it is not the name on the wire with a capital.</summary>
    public string? CsName { get; init; }

    /// <summary>The C# enum of the values, where Pulumi's SDK has one.</summary>
    public string? CsEnum { get; init; }

    /// <summary>The SDK's required flag, where it differs from the API's.</summary>
    public bool? SdkRequired { get; init; }
}
