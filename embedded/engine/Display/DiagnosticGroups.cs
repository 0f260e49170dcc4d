using FogInfra.Embedded.Engine.Events;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.Display;

/// <summary>Collects messages and shows them by resource, in the order in which each resource first had one.</summary>
/// <param name="hasColor">What programs coloured stays coloured.</param>
internal sealed class DiagnosticGroups(bool hasColor)
{
    private readonly List<EngineEvent.Diagnostic> _messages = [];

    /// <summary>Takes a message; one that is only for a live display is not kept.</summary>
    public void Add(EngineEvent.Diagnostic diagnostic)
    {
        if (diagnostic.Ephemeral || string.IsNullOrWhiteSpace(diagnostic.Message))
        {
            return;
        }

        _messages.Add(diagnostic);
    }

    /// <summary>Shows all.</summary>
    /// <param name="writer">Where.</param>
    /// <param name="root">The stack's resource, to which messages belong that name no other.</param>
    public void WriteTo(TextWriter writer, Urn root)
    {
        writer.WriteLine();
        if (_messages.Count == 0)
        {
            return;
        }

        writer.WriteLine("Diagnostics:");
        foreach (var messages in _messages.GroupBy(message => message.Urn ?? root))
        {
            writer.WriteLine($"  {messages.Key.Type} ({messages.Key.Name}):");
            foreach (var message in messages)
            {
                var prefix = message.Severity is DiagnosticSeverity.Info or DiagnosticSeverity.InfoError
                    ? ""
                    : $"{EventJson.SeverityName(message.Severity)}: ";
                var text = hasColor ? message.Message : EscapeSequences.Remove(message.Message);
                writer.WriteLine("    " + (prefix + text.TrimEnd()).ReplaceLineEndings("\n    "));
            }

            writer.WriteLine();
        }
    }
}
