namespace FogInfra.Model.Documents.Editing;

/// <summary>A change to a text: some characters give way to others, and every other character stays as it is.</summary>
/// <param name="Start">The first character that goes.</param>
/// <param name="Length">How many go.</param>
/// <param name="Text">What comes in their place.</param>
public sealed record TextSplice(int Start, int Length, string Text)
{
    /// <summary>The text with the change.</summary>
    public string Apply(string text) => string.Concat(text.AsSpan(0, Start), Text, text.AsSpan(Start + Length));
}
