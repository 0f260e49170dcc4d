using System.Reflection;
using System.Text.Json.Serialization.Metadata;

namespace Pulumi.Automation.Serialization;

/// <summary>How JSON maps to this library's types: their constructors and setters are internal, and some names differ.</summary>
internal static class JsonContracts
{
    private static readonly Assembly Library = typeof(JsonContracts).Assembly;

    public static IJsonTypeInfoResolver CreateResolver() => new DefaultJsonTypeInfoResolver { Modifiers = { Modify } };

    private static void Modify(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object || type.Type.Assembly != Library)
        {
            return;
        }

        if (type.Type.GetConstructor(BindingFlags.Instance | BindingFlags.NonPublic, []) is { IsPrivate: false } constructor)
        {
            type.CreateObject = () => constructor.Invoke(null);
        }

        foreach (var property in type.Properties)
        {
            if (property.AttributeProvider is PropertyInfo { SetMethod: { IsPublic: false } setter })
            {
                property.Set = (target, value) => setter.Invoke(target, BindingFlags.DoNotWrapExceptions, null, [value], null);
            }

            property.Name = WireName(type.Type.Name, property.Name);
        }
    }

    // Pulumi's names: sdk/go/common/apitype/events.go and the JSON output of its commands.
    private static string WireName(string type, string property) => (type, property) switch
    {
        (nameof(Events.EngineEvent), "standardOutputEvent") => "stdoutEvent",
        (nameof(Events.EngineEvent), "resourceOutputsEvent") => "resOutputsEvent",
        (nameof(Events.EngineEvent), "resourceOperationFailedEvent") => "resOpFailedEvent",
        (nameof(StackSummary), "isCurrent") => "current",
        (nameof(StackSummary), "isUpdateInProgress") => "updateInProgress",
        (nameof(ConfigValue), "isSecret") => "secret",
        _ => property,
    };
}
