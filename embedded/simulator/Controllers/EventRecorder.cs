using System.Globalization;
using FogInfra.Embedded.Simulator.Errors;
using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Controllers;

/// <summary>Records Events for people: what a component did or could not do with an object. The same again counts up the one that is there.</summary>
internal sealed class EventRecorder(ControllerApi api, TimeProvider time)
{
    private const int MostRemembered = 4096;

    private readonly Dictionary<(string Uid, string Reason, string Message, string Field), ObjectKey> _recorded = [];
    private long _number;

    /// <summary>Records that something went as it should.</summary>
    public void Normal(JsonMap about, string reason, string message, string? fieldPath = null, string? host = null) => Record(about, "Normal", reason, message, fieldPath, host);

    /// <summary>Records that something did not.</summary>
    public void Warning(JsonMap about, string reason, string message, string? fieldPath = null, string? host = null) => Record(about, "Warning", reason, message, fieldPath, host);

    private void Record(JsonMap about, string type, string reason, string message, string? fieldPath, string? host)
    {
        var now = KubernetesTime.Format(time.GetUtcNow());
        var id = (about.Uid, reason, message, fieldPath ?? "");
        if (_recorded.TryGetValue(id, out var known) && api.Find(Resources.Events, known) is not null)
        {
            api.Update(Resources.Events, known, current => current.With("count", (current.Long("count") ?? 1) + 1).With("lastTimestamp", now));
            return;
        }
        var space = about.Namespace.Length == 0 ? "default" : about.Namespace;
        var involved = JsonMap.Of(
            ("kind", about["kind"]), ("namespace", about.Metadata["namespace"]), ("name", about.Name), ("uid", about.Uid), ("apiVersion", about["apiVersion"]),
            ("resourceVersion", about.Metadata["resourceVersion"]), ("fieldPath", fieldPath));
        var value = JsonMap.Of(
            ("apiVersion", "v1"), ("kind", "Event"), ("metadata", JsonMap.Of(("namespace", space))), ("involvedObject", involved),
            ("reason", reason), ("message", message), ("source", JsonMap.Of(("component", api.Component), ("host", host))),
            ("firstTimestamp", now), ("lastTimestamp", now), ("count", 1), ("type", type), ("reportingComponent", api.Component), ("reportingInstance", host ?? ""));
        if (_recorded.Count >= MostRemembered) _recorded.Clear(); // What repeats after that becomes a new event.
        if (Create(value, about.Name, space) is { } key) _recorded[id] = key;
    }

    // Events are named by their object and the time; components that speak at the same moment take the next free name.
    private ObjectKey? Create(JsonMap value, string about, string space)
    {
        while (true)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{about}.{time.GetUtcNow().UtcTicks + _number++:x}");
            try
            {
                api.Create(Resources.Events, value.Set(name, "metadata", "name"));
                return new ObjectKey(space, name);
            }
            catch (StatusException error) when (error.Reason == "AlreadyExists")
            {
                // Taken by another component.
            }
            catch (StatusException error) when (error.Reason is "NotFound" or "Forbidden")
            {
                return null; // The namespace is going away, and with it all that could be told about its objects.
            }
        }
    }
}
