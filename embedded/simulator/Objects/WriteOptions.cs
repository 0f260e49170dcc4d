using FogInfra.Embedded.Simulator.Storage;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Objects;

/// <summary>What to do about members that the type does not have.</summary>
internal enum FieldValidation
{
    Ignore,
    Warn,
    Strict,
}

/// <summary>How an object is written.</summary>
/// <param name="FieldManager">Who writes.</param>
internal sealed record WriteOptions(string FieldManager)
{
    /// <summary>The subresource that is written; empty for the object itself.</summary>
    public string Subresource { get; init; } = "";

    /// <summary>Whether only to say what would come of it.</summary>
    public bool DryRun { get; init; }

    /// <summary>What to do about unknown members.</summary>
    public FieldValidation Validation { get; init; } = FieldValidation.Ignore;

    /// <summary>Members that the body names twice, found when it was read.</summary>
    public IReadOnlyList<string> Duplicates { get; init; } = [];
}

/// <summary>What came of a write.</summary>
/// <param name="Value">The object, in the version that was written.</param>
/// <param name="Stored">The object as it is stored; null for a dry run, and when the write has removed it.</param>
/// <param name="IsNew">Whether it was created.</param>
/// <param name="Warnings">What the writer should know.</param>
internal sealed record WriteResult(JsonMap Value, StoredObject? Stored, bool IsNew, IReadOnlyList<string> Warnings);
