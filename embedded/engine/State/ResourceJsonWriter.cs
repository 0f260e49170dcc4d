using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.State;

/// <summary>Writes resources in the form of Pulumi's deployment format, version 3.</summary>
internal static class ResourceJsonWriter
{
    /// <summary>Writes one resource.</summary>
    public static void Write(Utf8JsonWriter writer, ResourceState resource, ValueJson values)
    {
        writer.WriteStartObject();
        writer.WriteString("urn", resource.Urn.ToString());
        writer.WriteBoolean("custom", resource.Custom);
        WriteFlag(writer, "delete", resource.Delete);
        WriteText(writer, "id", resource.Custom ? resource.Id : "");
        writer.WriteString("type", resource.Type);
        WriteMap(writer, "inputs", resource.Inputs, values);
        WriteMap(writer, "outputs", resource.Outputs, values);
        WriteText(writer, "parent", resource.Parent?.ToString() ?? "");
        WriteFlag(writer, "protect", resource.Protect);
        WriteFlag(writer, "taint", resource.Taint);
        WriteFlag(writer, "external", resource.External);
        WriteList(writer, "dependencies", resource.Dependencies);
        WriteList(writer, "initErrors", resource.InitErrors);
        WriteText(writer, "provider", resource.Provider?.ToString() ?? "");
        WritePropertyDependencies(writer, resource.PropertyDependencies);
        WriteFlag(writer, "pendingReplacement", resource.PendingReplacement);
        WriteList(writer, "additionalSecretOutputs", resource.AdditionalSecretOutputs);
        WriteTimeouts(writer, resource.Timeouts);
        WriteText(writer, "importID", resource.ImportId);
        WriteFlag(writer, "retainOnDelete", resource.RetainOnDelete);
        WriteText(writer, "deletedWith", resource.DeletedWith?.ToString() ?? "");
        WriteList(writer, "replaceWith", resource.ReplaceWith);
        WriteText(writer, "created", ToText(resource.Created));
        WriteText(writer, "modified", ToText(resource.Modified));
        WriteText(writer, "sourcePosition", resource.SourcePosition);
        WriteStackTrace(writer, resource.StackTrace);
        WriteList(writer, "ignoreChanges", resource.IgnoreChanges);
        WriteHideDiff(writer, resource.HideDiff);
        WriteList(writer, "replaceOnChanges", resource.ReplaceOnChanges);
        if (resource.ReplacementTrigger is { } trigger)
        {
            writer.WritePropertyName("replacementTrigger");
            values.Write(writer, trigger);
        }

        WriteHooks(writer, resource.Hooks);
        writer.WriteEndObject();
    }

    /// <summary>A time as RFC 3339 writes it, in UTC; empty for null.</summary>
    public static string ToText(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture) ?? "";

    private static void WriteFlag(Utf8JsonWriter writer, string name, bool value)
    {
        if (value)
        {
            writer.WriteBoolean(name, true);
        }
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string value)
    {
        if (value.Length > 0)
        {
            writer.WriteString(name, value);
        }
    }

    private static void WriteMap(Utf8JsonWriter writer, string name, PropertyMap map, ValueJson values)
    {
        if (map.Count > 0)
        {
            writer.WritePropertyName(name);
            values.Write(writer, map);
        }
    }

    private static void WriteList<T>(Utf8JsonWriter writer, string name, ImmutableArray<T> items)
        where T : class
    {
        if (!items.IsEmpty)
        {
            writer.WritePropertyName(name);
            WriteItems(writer, items);
        }
    }

    private static void WriteItems<T>(Utf8JsonWriter writer, ImmutableArray<T> items)
        where T : class
    {
        writer.WriteStartArray();
        foreach (var item in items)
        {
            writer.WriteStringValue(item.ToString());
        }

        writer.WriteEndArray();
    }

    private static void WritePropertyDependencies(Utf8JsonWriter writer, ImmutableSortedDictionary<string, ImmutableArray<Urn>> dependencies)
    {
        if (dependencies.IsEmpty)
        {
            return;
        }

        writer.WriteStartObject("propertyDependencies");
        foreach (var (name, urns) in dependencies)
        {
            writer.WritePropertyName(name);
            WriteItems(writer, urns);
        }

        writer.WriteEndObject();
    }

    private static void WriteHooks(Utf8JsonWriter writer, ResourceHooks hooks)
    {
        if (hooks.IsEmpty)
        {
            return;
        }

        writer.WriteStartObject("resourceHooks");
        foreach (var (time, names) in hooks.All)
        {
            WriteList(writer, time, names);
        }

        writer.WriteEndObject();
    }

    private static void WriteTimeouts(Utf8JsonWriter writer, CustomTimeouts timeouts)
    {
        if (timeouts == CustomTimeouts.None)
        {
            return;
        }

        writer.WriteStartObject("customTimeouts");
        WriteSeconds(writer, "create", timeouts.Create);
        WriteSeconds(writer, "update", timeouts.Update);
        WriteSeconds(writer, "delete", timeouts.Delete);
        WriteSeconds(writer, "read", timeouts.Read);
        writer.WriteEndObject();
    }

    private static void WriteSeconds(Utf8JsonWriter writer, string name, TimeSpan? time)
    {
        if (time is { } value)
        {
            writer.WriteNumber(name, value.TotalSeconds);
        }
    }

    private static void WriteStackTrace(Utf8JsonWriter writer, ImmutableArray<string> positions)
    {
        if (positions.IsEmpty)
        {
            return;
        }

        writer.WriteStartArray("stackTrace");
        foreach (var position in positions)
        {
            writer.WriteStartObject();
            writer.WriteString("sourcePosition", position);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    // A path of names and indexes is a list of them in the file.
    private static void WriteHideDiff(Utf8JsonWriter writer, ImmutableArray<string> paths)
    {
        if (paths.IsEmpty)
        {
            return;
        }

        writer.WriteStartArray("hideDiff");
        foreach (var path in paths.Select(Values.PropertyPath.TryParse).OfType<Values.PropertyPath>())
        {
            writer.WriteStartArray();
            foreach (var element in path.Elements)
            {
                if (element.Index is { } index)
                {
                    writer.WriteNumberValue(index);
                }
                else
                {
                    writer.WriteStringValue(element.Name);
                }
            }

            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }
}
