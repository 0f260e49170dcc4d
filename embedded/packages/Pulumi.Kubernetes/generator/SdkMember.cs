namespace FogInfra.Embedded.Kubernetes.SdkGenerator;

/// <summary>A member of a class of the SDK.</summary>
internal sealed record SdkMember
{
    /// <summary>The name in Pulumi's protocol.</summary>
    public required string WireName { get; init; }

    /// <summary>The name of the property or field.</summary>
    public required string Name { get; init; }

    /// <summary>The type.</summary>
    public required SdkType Type { get; init; }

    /// <summary>Whether the SDK demands it as an input.</summary>
    public required bool Required { get; init; }

    /// <summary>Whether its value is always secret.</summary>
    public required bool Secret { get; init; }

    /// <summary>The enum whose values the input takes beside texts, for example <c>Core.V1.ServiceSpecType</c>.</summary>
    public required string? EnumName { get; init; }

    /// <summary>The values that the API publishes; empty where it takes others too.</summary>
    public required IReadOnlyList<string> Values { get; init; }

    /// <summary>The name of a parameter for it, and with an underscore of a private field.</summary>
    public string ParameterName => WireName.TrimStart('$');
}
