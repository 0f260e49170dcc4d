using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Controllers;

/// <summary>The conditions of a status.</summary>
internal static class Conditions
{
    /// <summary>A list with a condition set: its transition time stays as long as its status does.</summary>
    /// <param name="conditions">The conditions there are.</param>
    /// <param name="type">The condition's type.</param>
    /// <param name="isTrue">Whether it is true.</param>
    /// <param name="reason">Why, in one word for programs; null without.</param>
    /// <param name="message">Why, for people; null without.</param>
    /// <param name="now">The time, in the form of Kubernetes.</param>
    /// <param name="withUpdateTime">Whether the kind keeps the time of the last change too, as Deployments do.</param>
    public static JsonList Set(JsonList conditions, string type, bool isTrue, string? reason, string? message, string now, bool withUpdateTime = false)
    {
        var current = conditions.Maps().FirstOrDefault(condition => condition.Text("type") == type);
        var status = isTrue ? "True" : "False";
        if (current is not null && current.Text("status") == status && current.Text("reason") == reason && current.Text("message") == message) return conditions;
        var transition = current?.Text("status") == status ? current.Text("lastTransitionTime") ?? now : now;
        var next = JsonMap.Of(
            ("type", type), ("status", status), ("lastUpdateTime", withUpdateTime ? now : null), ("lastTransitionTime", transition), ("reason", reason), ("message", message));
        if (withUpdateTime) return [.. conditions.Where(condition => !ReferenceEquals(condition, current)), next]; // Deployments keep the last one changed at the end.
        return current is null ? [.. conditions, next] : conditions.Change(condition => ReferenceEquals(condition, current) ? next : condition);
    }

    /// <summary>As <see cref="Set"/>, but a condition that has the status and reason already keeps its message, which may name something else at each try.</summary>
    public static JsonList SetOnce(JsonList conditions, string type, bool isTrue, string? reason, string? message, string now, bool withUpdateTime = false)
    {
        var current = conditions.Maps().FirstOrDefault(condition => condition.Text("type") == type);
        return current?.Text("reason") == reason && current?.Text("status") == (isTrue ? "True" : "False") ? conditions : Set(conditions, type, isTrue, reason, message, now, withUpdateTime);
    }

    /// <summary>A list without a condition.</summary>
    public static JsonList Remove(JsonList conditions, string type) => JsonList.From(conditions.Where(condition => condition.Text("type") != type));
}
