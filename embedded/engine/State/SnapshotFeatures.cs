namespace FogInfra.Embedded.Engine.State;

/// <summary>The features by which version 4 of the deployment format goes beyond version 3.</summary>
internal static class SnapshotFeatures
{
    private const string Taint = "taint";
    private const string ReplaceWith = "replaceWith";
    private const string Hooks = "hooks";

    /// <summary>The features that this engine knows; a state with others must be refused.</summary>
    public static IReadOnlyCollection<string> Known { get; } = [Taint, ReplaceWith, Hooks];

    /// <summary>The features that a state uses.</summary>
    public static IReadOnlyList<string> UsedBy(Snapshot? snapshot)
    {
        var features = new List<string>();
        if (snapshot?.Resources.Any(resource => resource.Taint) ?? false)
        {
            features.Add(Taint);
        }

        if (snapshot?.Resources.Any(resource => !resource.ReplaceWith.IsEmpty) ?? false)
        {
            features.Add(ReplaceWith);
        }

        if (snapshot?.Resources.Any(resource => !resource.Hooks.IsEmpty) ?? false)
        {
            features.Add(Hooks);
        }

        return features;
    }
}

/// <summary>The words by which the deployment format names kinds of operations.</summary>
internal static class OperationKindText
{
    private static readonly Dictionary<string, OperationKind> Kinds = Enum.GetValues<OperationKind>().ToDictionary(Of);

    /// <summary>The word for a kind.</summary>
    public static string Of(OperationKind kind) => kind switch
    {
        OperationKind.Creating => "creating",
        OperationKind.Updating => "updating",
        OperationKind.Deleting => "deleting",
        OperationKind.Reading => "reading",
        _ => "importing",
    };

    /// <summary>The kind that a word names.</summary>
    /// <exception cref="FormatException">It names none.</exception>
    public static OperationKind Parse(string text) => Kinds.TryGetValue(text, out var kind)
        ? kind
        : throw new FormatException($"'{text}' is no type of a pending operation; expected {string.Join(", ", Kinds.Keys)}");
}
