using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using FogInfra.Embedded.Engine.Events;
using FogInfra.Embedded.Engine.State;
using FogInfra.Embedded.Engine.Steps;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.Display;

/// <summary>Prints a preview as one JSON object when it is over: what <c>preview --json</c> gives.</summary>
internal sealed class PreviewDigest(TextWriter writer) : IEventListener
{
    private readonly List<Step> _steps = [];
    private readonly Dictionary<(Urn Urn, StepOp Op), int> _positions = [];
    private readonly List<EngineEvent.Diagnostic> _diagnostics = [];
    private ImmutableSortedDictionary<string, string> _config = ImmutableSortedDictionary<string, string>.Empty;
    private EngineEvent.Summary? _summary;

    /// <inheritdoc/>
    public void Receive(EngineEvent engineEvent, Lazy<string> json)
    {
        switch (engineEvent)
        {
            case EngineEvent.Prelude prelude:
                _config = prelude.Config;
                break;
            case EngineEvent.StepDone done when !done.Step.IsInternal:
                Replace(done.Step with { Op = done.Op });
                break;
            case EngineEvent.StepStarted started when !started.Step.IsInternal:
                Replace(started.Step);
                break;
            case EngineEvent.Diagnostic { Ephemeral: false } diagnostic:
                _diagnostics.Add(diagnostic);
                break;
            case EngineEvent.Summary summary:
                _summary = summary;
                break;
        }
    }

    /// <summary>Prints the object.</summary>
    public void Finish()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, ValueJson.WriterOptions with { Indented = true, IndentSize = 4 }))
        {
            Write(json);
        }

        writer.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // A step is known from its start; what it came to is known at its end.
    private void Replace(Step step)
    {
        if (_positions.TryGetValue((step.Urn, step.Op), out var position))
        {
            _steps[position] = step;
            return;
        }

        _positions.Add((step.Urn, step.Op), _steps.Count);
        _steps.Add(step);
    }

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartObject("config");
        foreach (var (key, value) in _config)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
        json.WriteStartArray("steps");
        foreach (var step in _steps)
        {
            WriteStep(json, step);
        }

        json.WriteEndArray();
        WriteDiagnostics(json);
        json.WriteNumber("duration", (_summary?.Duration.Ticks ?? 0) * TimeSpan.NanosecondsPerTick);
        json.WriteStartObject("changeSummary");
        foreach (var (op, count) in _summary?.Changes ?? ImmutableSortedDictionary<string, int>.Empty)
        {
            json.WriteNumber(op, count);
        }

        json.WriteEndObject();
        if (_summary is { MaybeCorrupt: true })
        {
            json.WriteBoolean("maybeCorrupt", true);
        }

        json.WriteEndObject();
    }

    private static void WriteStep(Utf8JsonWriter json, Step step)
    {
        json.WriteStartObject();
        json.WriteString("op", step.Op.Name());
        json.WriteString("urn", step.Urn.ToString());
        if (step.Resource.Provider is { } provider)
        {
            json.WriteString("provider", provider.ToString());
        }

        WriteState(json, "oldState", step.Old);
        WriteState(json, "newState", step.New);
        WriteReasons(json, "diffReasons", step.Diff.ChangedKeys);
        WriteReasons(json, "replaceReasons", step.Diff.ReplaceKeys);
        EventJson.WriteDetailedDiff(json, step.Diff.Detailed, "kind");
        json.WriteEndObject();
    }

    private static void WriteState(Utf8JsonWriter json, string name, ResourceState? state)
    {
        if (state is not null)
        {
            json.WritePropertyName(name);
            ResourceJsonWriter.Write(json, state, ValueJson.Masked);
        }
    }

    private static void WriteReasons(Utf8JsonWriter json, string name, ImmutableArray<string> reasons)
    {
        if (reasons.IsEmpty)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var reason in reasons)
        {
            json.WriteStringValue(reason);
        }

        json.WriteEndArray();
    }

    private void WriteDiagnostics(Utf8JsonWriter json)
    {
        if (_diagnostics.Count == 0)
        {
            return;
        }

        json.WriteStartArray("diagnostics");
        foreach (var diagnostic in _diagnostics)
        {
            json.WriteStartObject();
            if (diagnostic.Urn is { } urn)
            {
                json.WriteString("urn", urn.ToString());
            }

            json.WriteString("message", diagnostic.Message + "\n");
            json.WriteString("severity", EventJson.SeverityName(diagnostic.Severity));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
