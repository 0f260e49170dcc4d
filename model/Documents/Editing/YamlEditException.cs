namespace FogInfra.Model.Documents.Editing;

/// <summary>A document is written in a way that cannot be changed in place without touching what it is not about.</summary>
/// <param name="line">The line, counted from 1.</param>
/// <param name="message">What stands in the way.</param>
public sealed class YamlEditException(int line, string message) : Exception(message)
{
    /// <summary>The line, counted from 1.</summary>
    public int Line { get; } = line;
}
