using FogInfra.Embedded.Engine.Secrets;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.Events;

/// <summary>Tells people what happens. Secrets that are known are taken out of every message.</summary>
internal sealed class Diagnostics(EventStream events, SecretRedactor redactor, bool showDebug)
{
    /// <summary>Tells for developers; only when that is wanted.</summary>
    public void Debug(Urn? urn, string message, int streamId = 0, bool ephemeral = false)
    {
        if (showDebug)
        {
            Emit(DiagnosticSeverity.Debug, urn, message, streamId, ephemeral);
        }
    }

    /// <summary>Tells.</summary>
    public void Info(Urn? urn, string message, int streamId = 0, bool ephemeral = false) =>
        Emit(DiagnosticSeverity.Info, urn, message, streamId, ephemeral);

    /// <summary>Tells what a program wrote to its standard error.</summary>
    public void InfoError(Urn? urn, string message) => Emit(DiagnosticSeverity.InfoError, urn, message, 0, false);

    /// <summary>Warns.</summary>
    public void Warning(Urn? urn, string message, int streamId = 0, bool ephemeral = false) =>
        Emit(DiagnosticSeverity.Warning, urn, message, streamId, ephemeral);

    /// <summary>Tells of an error.</summary>
    public void Error(Urn? urn, string message, int streamId = 0, bool ephemeral = false) =>
        Emit(DiagnosticSeverity.Error, urn, message, streamId, ephemeral);

    private void Emit(DiagnosticSeverity severity, Urn? urn, string message, int streamId, bool ephemeral) =>
        events.Emit(new EngineEvent.Diagnostic(severity, urn, redactor.Redact(message), streamId, ephemeral));
}
