using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Storage;

/// <summary>An object as it was at one revision. Immutable.</summary>
internal sealed class StoredObject(GroupResource resource, ObjectKey key, long revision, JsonMap value)
{
    private byte[]? _utf8;

    /// <summary>The resource that it is an object of.</summary>
    public GroupResource Resource { get; } = resource;

    /// <summary>Its namespace and name.</summary>
    public ObjectKey Key { get; } = key;

    /// <summary>The revision of the cluster at which it became so: its <c>metadata.resourceVersion</c>.</summary>
    public long Revision { get; } = revision;

    /// <summary>The object in its storage version.</summary>
    public JsonMap Value { get; } = value;

    /// <summary>The object as JSON in UTF-8, made once: every reader, watcher and the file on disk use the same bytes.</summary>
    public ReadOnlyMemory<byte> Utf8 => _utf8 ??= JsonWriting.ToUtf8(Value);
}

/// <summary>What happened to an object.</summary>
internal enum ChangeType
{
    Added,
    Modified,
    Deleted,
}

/// <summary>A change of an object.</summary>
/// <param name="Type">What happened.</param>
/// <param name="Object">The object after it; a deleted object as it last was, with the revision of the deletion.</param>
/// <param name="Previous">The object before it; null for a new one.</param>
internal sealed record ObjectChange(ChangeType Type, StoredObject Object, StoredObject? Previous);
