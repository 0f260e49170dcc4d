namespace FogInfra.Embedded.Protocol.Values;

/// <summary>Which marks the receiver of a struct understands; the others are reduced to what they hold.</summary>
public sealed record WireOptions
{
    /// <summary>Unknown values travel; otherwise the property is left out.</summary>
    public bool KeepUnknowns { get; init; }

    /// <summary>Secrets travel as such; otherwise their plain value does.</summary>
    public bool KeepSecrets { get; init; }

    /// <summary>References travel as such; otherwise the id does, or for a component the URN.</summary>
    public bool KeepReferences { get; init; }

    /// <summary>Output values travel as such; otherwise they become unknown, secret or plain.</summary>
    public bool KeepOutputs { get; init; }

    /// <summary>Everything travels as it is.</summary>
    public static WireOptions KeepAll { get; } = new() { KeepUnknowns = true, KeepSecrets = true, KeepReferences = true, KeepOutputs = true };

    /// <summary>Everything but output values travels as it is.</summary>
    public static WireOptions NoOutputs { get; } = KeepAll with { KeepOutputs = false };

    /// <summary>Only plain values travel.</summary>
    public static WireOptions Plain { get; } = new();
}
