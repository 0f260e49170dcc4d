namespace FogInfra.Model.Documents;

/// <summary>One fault of a document.</summary>
/// <param name="File">The file as the user named it.</param>
/// <param name="Line">The line, counted from 1.</param>
/// <param name="Column">The column, counted from 1.</param>
/// <param name="Field">The path of the field, for example <c>clusters.edge-1.ring</c>; empty for the document as a whole.</param>
/// <param name="Message">What is wrong and what is expected.</param>
public sealed record Problem(string File, int Line, int Column, string Field, string Message)
{
    /// <summary>The form that editors and terminals make clickable: <c>FILE:LINE:COLUMN: FIELD: MESSAGE</c>.</summary>
    public override string ToString() =>
        Field.Length == 0 ? $"{File}:{Line}:{Column}: {Message}" : $"{File}:{Line}:{Column}: {Field}: {Message}";
}
