namespace FogInfra.Embedded.Engine;

/// <summary>A terminal at the end of a standard output: lines in it can be changed in place by escape sequences.</summary>
public sealed record Terminal
{
    /// <summary>How many columns and rows it has now, in characters; asked again before each change.</summary>
    public required Func<(int Columns, int Rows)> Size { get; init; }

    /// <summary>It shows colours.</summary>
    public bool HasColor { get; init; }
}
