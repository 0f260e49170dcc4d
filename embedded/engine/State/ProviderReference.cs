using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.State;

/// <summary>Names one provider as resources refer to it: <c>URN::ID</c>.</summary>
/// <param name="Urn">The provider resource.</param>
/// <param name="Id">Its id; <see cref="Signatures.Unknown"/> while a preview has not made it.</param>
internal sealed record ProviderReference(Urn Urn, string Id)
{
    /// <summary>What the type of every provider resource begins with; the package follows.</summary>
    public const string TypePrefix = "pulumi:providers:";

    /// <summary>Whether a resource of that type is a provider.</summary>
    public static bool IsProviderType(string type) => type.StartsWith(TypePrefix, StringComparison.Ordinal);

    /// <summary>The package that a provider resource serves.</summary>
    public static string PackageOf(Urn provider) => provider.Type[TypePrefix.Length..];

    /// <summary>Reads a reference; null when the text is none.</summary>
    public static ProviderReference? TryParse(string text)
    {
        var split = text.LastIndexOf("::", StringComparison.Ordinal);
        return split > 0 && split + 2 < text.Length && Urn.TryParse(text[..split]) is { } urn && IsProviderType(urn.Type)
            ? new ProviderReference(urn, text[(split + 2)..])
            : null;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Urn}::{Id}";
}
