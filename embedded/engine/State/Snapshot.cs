using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace FogInfra.Embedded.Engine.State;

/// <summary>The whole state of a stack at one moment: Pulumi's "deployment".</summary>
internal sealed record Snapshot
{
    /// <summary>Who wrote it and when.</summary>
    public required Manifest Manifest { get; init; }

    /// <summary>How its secrets are encrypted; null when it has none to encrypt.</summary>
    public SecretsProviderState? SecretsProvider { get; init; }

    /// <summary>The resources; each stands after everything that it refers to.</summary>
    public ImmutableArray<ResourceState> Resources { get; init; } = [];

    /// <summary>What was under way when it was written.</summary>
    public ImmutableArray<PendingOperation> PendingOperations { get; init; } = [];

    /// <summary>The root resource, if the stack has one.</summary>
    public ResourceState? Root => Resources.FirstOrDefault(resource => resource.IsStack && !resource.Delete);
}

/// <summary>Who wrote a state and when.</summary>
/// <param name="Time">When.</param>
/// <param name="Version">The engine's version, for example <c>v3.260.0</c>.</param>
/// <param name="Magic">The SHA-256 of the version in hexadecimal.</param>
internal sealed record Manifest(DateTimeOffset Time, string Version, string Magic)
{
    /// <summary>The manifest of a state written now.</summary>
    public static Manifest Create(DateTimeOffset time, string version) => new(time, version, MagicOf(version));

    /// <summary>The magic that belongs to a version.</summary>
    public static string MagicOf(string version) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(version)));
}

/// <summary>How a state's secrets are encrypted.</summary>
/// <param name="Type">The provider's name, for example <c>passphrase</c>.</param>
/// <param name="State">What the provider needs to know again.</param>
internal sealed record SecretsProviderState(string Type, JsonObject? State);

/// <summary>What an operation that is under way does.</summary>
internal enum OperationKind
{
    /// <summary>A resource is being created.</summary>
    Creating,

    /// <summary>A resource is being changed.</summary>
    Updating,

    /// <summary>A resource is being deleted.</summary>
    Deleting,

    /// <summary>A resource is being read.</summary>
    Reading,

    /// <summary>A resource is being imported.</summary>
    Importing,
}

/// <summary>An operation that was begun and whose end is not known.</summary>
/// <param name="Resource">The resource as it would be, or for a delete as it was.</param>
/// <param name="Kind">What is done to it.</param>
internal sealed record PendingOperation(ResourceState Resource, OperationKind Kind)
{
    /// <summary>
    /// It may make something that nobody would look for who does not know of the operation. All else can be found out again: the state
    /// still has what is being changed or deleted, what is read or imported is there anyway, and a provider is nothing outside the state.
    /// </summary>
    public bool MayLeaveSomethingBehind => Kind == OperationKind.Creating && Resource is { Custom: true, IsProvider: false };
}
