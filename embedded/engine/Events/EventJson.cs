using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using FogInfra.Embedded.Engine.State;
using FogInfra.Embedded.Engine.Steps;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;

namespace FogInfra.Embedded.Engine.Events;

/// <summary>Engine events as the JSON that Automation API clients read.</summary>
internal static class EventJson
{
    // The colour tags of Pulumi's own messages; a display replaces or removes them.
    private const string Reset = "<{%reset%}>";
    private const string Red = "<{%fg 1%}>";
    private const string Yellow = "<{%fg 3%}>";

    // Some clients' event servers take no message above 4 MiB; values that would not fit are left out.
    private const int LargestEvent = 3_900_000;

    /// <summary>The text of one event.</summary>
    /// <param name="engineEvent">The event.</param>
    /// <param name="sequence">Its number in the operation.</param>
    /// <param name="timestamp">When it happened, in seconds since 1970.</param>
    /// <param name="values">What is shown of secrets.</param>
    public static string ToText(EngineEvent engineEvent, int sequence, long timestamp, ValueJson values)
    {
        var text = Write(engineEvent, sequence, timestamp, values);
        return text.Length <= LargestEvent ? text : Write(engineEvent, sequence, timestamp, null);
    }

    private static string Write(EngineEvent engineEvent, int sequence, long timestamp, ValueJson? values)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(buffer, ValueJson.WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteNumber("sequence", sequence);
            writer.WriteNumber("timestamp", timestamp);
            WriteContent(writer, engineEvent, values);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteContent(Utf8JsonWriter writer, EngineEvent engineEvent, ValueJson? values)
    {
        switch (engineEvent)
        {
            case EngineEvent.Prelude prelude:
                writer.WriteStartObject("preludeEvent");
                WriteTexts(writer, "config", prelude.Config);
                writer.WriteEndObject();
                break;
            case EngineEvent.StepStarted started:
                writer.WriteStartObject("resourcePreEvent");
                WriteMetadata(writer, started.Step, started.Step.Op, values);
                WritePlanning(writer, started.Planning);
                writer.WriteEndObject();
                break;
            case EngineEvent.StepDone done:
                writer.WriteStartObject("resOutputsEvent");
                WriteMetadata(writer, done.Step, done.Op, values);
                WritePlanning(writer, done.Planning);
                writer.WriteEndObject();
                break;
            case EngineEvent.StepFailed failed:
                writer.WriteStartObject("resOpFailedEvent");
                WriteMetadata(writer, failed.Step, failed.Step.Op, values);
                writer.WriteNumber("status", (int)failed.Status);
                writer.WriteNumber("steps", failed.StepsDone);
                writer.WriteEndObject();
                break;
            case EngineEvent.Diagnostic diagnostic:
                WriteDiagnostic(writer, diagnostic);
                break;
            case EngineEvent.Summary summary:
                WriteSummary(writer, summary);
                break;
            default:
                writer.WriteStartObject("cancelEvent"); // The mark of the end, in spite of its name.
                writer.WriteEndObject();
                break;
        }
    }

    private static void WritePlanning(Utf8JsonWriter writer, bool planning)
    {
        if (planning)
        {
            writer.WriteBoolean("planning", true);
        }
    }

    private static void WriteDiagnostic(Utf8JsonWriter writer, EngineEvent.Diagnostic diagnostic)
    {
        writer.WriteStartObject("diagnosticEvent");
        if (diagnostic.Urn is { } urn)
        {
            writer.WriteString("urn", urn.ToString());
        }

        var prefix = diagnostic.Severity switch
        {
            DiagnosticSeverity.Error => $"{Red}error: {Reset}",
            DiagnosticSeverity.Warning => $"{Yellow}warning: {Reset}",
            DiagnosticSeverity.Debug => $"{Reset}debug: {Reset}",
            _ => "",
        };
        if (prefix.Length > 0)
        {
            writer.WriteString("prefix", prefix);
        }

        writer.WriteString("message", $"{Reset}{diagnostic.Message}{Reset}\n");
        writer.WriteString("color", "raw");
        writer.WriteString("severity", SeverityName(diagnostic.Severity));
        if (diagnostic.StreamId != 0)
        {
            writer.WriteNumber("streamID", diagnostic.StreamId);
        }

        if (diagnostic.Ephemeral)
        {
            writer.WriteBoolean("ephemeral", true);
        }

        writer.WriteEndObject();
    }

    /// <summary>The word by which events name a severity.</summary>
    public static string SeverityName(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Debug => "debug",
        DiagnosticSeverity.Info => "info",
        DiagnosticSeverity.InfoError => "info#err",
        DiagnosticSeverity.Warning => "warning",
        _ => "error",
    };

    private static void WriteSummary(Utf8JsonWriter writer, EngineEvent.Summary summary)
    {
        writer.WriteStartObject("summaryEvent");
        writer.WriteBoolean("maybeCorrupt", summary.MaybeCorrupt);
        writer.WriteNumber("durationSeconds", (int)Math.Ceiling(summary.Duration.TotalSeconds));
        writer.WriteStartObject("resourceChanges");
        foreach (var (op, count) in summary.Changes)
        {
            writer.WriteNumber(op, count);
        }

        writer.WriteEndObject();
        writer.WriteStartObject("PolicyPacks");
        writer.WriteEndObject();
        writer.WriteBoolean("isPreview", summary.IsPreview);
        writer.WriteString("result", summary.Result switch
        {
            OperationResult.Succeeded => "succeeded",
            OperationResult.Failed => "failed",
            _ => "canceled",
        });
        writer.WriteEndObject();
    }

    private static void WriteMetadata(Utf8JsonWriter writer, Step step, StepOp op, ValueJson? values)
    {
        writer.WriteStartObject("metadata");
        writer.WriteString("op", op.Name());
        writer.WriteString("urn", step.Urn.ToString());
        writer.WriteString("type", step.Resource.Type);
        WriteState(writer, "old", step.Old, values);
        WriteState(writer, "new", step.New, values);
        WriteList(writer, "keys", step.Diff.ReplaceKeys);
        WriteList(writer, "diffs", step.Diff.ChangedKeys);
        WriteDetailedDiff(writer, step.Diff.Detailed);
        if (op.IsLogical())
        {
            writer.WriteBoolean("logical", true);
        }

        writer.WriteString("provider", step.Resource.Provider?.ToString() ?? "");
        writer.WriteEndObject();
    }

    /// <summary>Writes the differences by path as <c>detailedDiff</c>.</summary>
    public static void WriteDetailedDiff(
        Utf8JsonWriter writer, ImmutableSortedDictionary<string, PropertyDiff>? diffs, string kindName = "diffKind")
    {
        if (diffs is null)
        {
            writer.WriteNull("detailedDiff");
            return;
        }

        writer.WriteStartObject("detailedDiff");
        foreach (var (path, diff) in diffs)
        {
            writer.WriteStartObject(path);
            writer.WriteString(kindName, KindName(diff.Kind));
            writer.WriteBoolean("inputDiff", diff.InputDiff);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static string KindName(PropertyDiffKind kind) => kind switch
    {
        PropertyDiffKind.Add => "add",
        PropertyDiffKind.AddReplace => "add-replace",
        PropertyDiffKind.Delete => "delete",
        PropertyDiffKind.DeleteReplace => "delete-replace",
        PropertyDiffKind.Update => "update",
        _ => "update-replace",
    };

    private static void WriteState(Utf8JsonWriter writer, string name, ResourceState? state, ValueJson? values)
    {
        if (state is null)
        {
            writer.WriteNull(name);
            return;
        }

        writer.WriteStartObject(name);
        writer.WriteString("type", state.Type);
        writer.WriteString("urn", state.Urn.ToString());
        WriteFlag(writer, "custom", state.Custom);
        WriteFlag(writer, "delete", state.Delete);
        writer.WriteString("id", state.Id);
        writer.WriteString("parent", state.Parent?.ToString() ?? "");
        WriteFlag(writer, "protect", state.Protect);
        WriteFlag(writer, "taint", state.Taint);
        WriteFlag(writer, "external", state.External);
        WriteFlag(writer, "retainOnDelete", state.RetainOnDelete);
        WriteValues(writer, "inputs", state.Inputs, values);
        WriteValues(writer, "outputs", state.Outputs, values);
        writer.WriteString("provider", state.Provider?.ToString() ?? "");
        WriteList(writer, "initErrors", state.InitErrors);
        WriteList(writer, "hideDiffs", state.HideDiff);
        writer.WriteEndObject();
    }

    // Clients need the objects, even when they are empty.
    private static void WriteValues(Utf8JsonWriter writer, string name, PropertyMap map, ValueJson? values)
    {
        writer.WritePropertyName(name);
        (values ?? ValueJson.Masked).Write(writer, values is null ? PropertyMap.Empty : map);
    }

    private static void WriteFlag(Utf8JsonWriter writer, string name, bool value)
    {
        if (value)
        {
            writer.WriteBoolean(name, true);
        }
    }

    private static void WriteList(Utf8JsonWriter writer, string name, ImmutableArray<string> items)
    {
        if (items.IsEmpty)
        {
            return;
        }

        writer.WriteStartArray(name);
        foreach (var item in items)
        {
            writer.WriteStringValue(item);
        }

        writer.WriteEndArray();
    }

    private static void WriteTexts(Utf8JsonWriter writer, string name, IEnumerable<KeyValuePair<string, string>> texts)
    {
        writer.WriteStartObject(name);
        foreach (var (key, text) in texts)
        {
            writer.WriteString(key, text);
        }

        writer.WriteEndObject();
    }
}
