using System.Collections.Immutable;
using FogInfra.Embedded.Kubernetes.Objects;
using FogInfra.Embedded.Kubernetes.Schema;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;

namespace FogInfra.Embedded.Kubernetes.Inputs;

/// <summary>Finds fields that the kind does not have and values of a wrong type. Needs no cluster. Values are never shown: they may be secret.</summary>
internal static class SchemaValidator
{
    /// <summary>Validates an object.</summary>
    /// <returns>What is wrong; empty for a kind that the schema does not have.</returns>
    public static ImmutableArray<CheckFailure> Validate(ResourceType type, PropertyMap inputs)
    {
        var failures = ImmutableArray.CreateBuilder<CheckFailure>();
        var api = type.IsDefinition ? DefinitionKeys.ToApi(inputs) : inputs;
        Validate(api, type.Schema, PropertyPath.Root, failures);
        return failures.ToImmutable();
    }

    private static void Validate(PropertyValue value, SchemaNode schema, PropertyPath path, ImmutableArray<CheckFailure>.Builder failures)
    {
        var plain = value.Unwrap();
        if (!schema.IsKnown || plain is PropertyValue.UnknownValue or PropertyValue.NullValue)
        {
            return;
        }

        if (schema.Type is { } type)
        {
            ValidateFields(plain, type, schema, path, failures);
        }
        else
        {
            ValidateProperty(plain, schema.Property!, schema, path, failures);
        }
    }

    private static void ValidateFields(
        PropertyValue value, KubernetesType type, SchemaNode schema, PropertyPath path, ImmutableArray<CheckFailure>.Builder failures)
    {
        if (type.Properties.Count == 0)
        {
            return; // A type of free form.
        }

        if (value is not PropertyValue.Map map)
        {
            failures.Add(WrongType(path, $"an object ({ShortName(type)})", value));
            return;
        }

        foreach (var (name, member) in map.Properties)
        {
            if (type.Properties.ContainsKey(name))
            {
                Validate(member, schema.Member(name), path.Member(name), failures);
            }
            else if (!type.SdkOnly.ContainsKey(name))
            {
                failures.Add(UnknownField(path.Member(name), name, type));
            }
        }
    }

    private static void ValidateProperty(
        PropertyValue value, KubernetesProperty property, SchemaNode schema, PropertyPath path, ImmutableArray<CheckFailure>.Builder failures)
    {
        switch (property.Type, value)
        {
            case ("array", PropertyValue.List list):
                for (var index = 0; index < list.Items.Length; index++)
                {
                    Validate(list.Items[index], schema.Item(), path.Item(index), failures);
                }

                break;
            case ("object", PropertyValue.Map map):
                foreach (var (name, member) in map.Properties)
                {
                    Validate(member, schema.Member(name), path.Member(name), failures);
                }

                break;
            case ("string", PropertyValue.Text text):
                ValidateText(text.Value, property, path, failures);
                break;
            default:
                if (!Accepts(property, value))
                {
                    failures.Add(WrongType(path, Expected(property), value));
                }

                break;
        }
    }

    private static void ValidateText(string text, KubernetesProperty property, PropertyPath path, ImmutableArray<CheckFailure>.Builder failures)
    {
        if (property.Enum.Count > 0 && !property.Enum.Contains(text, StringComparer.Ordinal))
        {
            var meant = NearestName.Find(text, property.Enum) is { } nearest ? $"; did you mean {nearest}?" : ".";
            failures.Add(new CheckFailure($"{path}", $"expected one of {string.Join(", ", property.Enum)}{meant}"));
        }
        else if (property.Format == "quantity" && !Quantity.IsValid(text))
        {
            failures.Add(new CheckFailure($"{path}", "expected a quantity such as 500m, 2 or 128Mi."));
        }
    }

    private static bool Accepts(KubernetesProperty property, PropertyValue value) => (property, value) switch
    {
        ({ OneOf.Count: > 0 }, _) => true, // Schemas of definitions; the server knows them better.
        ({ IntOrString: true }, PropertyValue.Number or PropertyValue.Text) => true,
        ({ Type: "string", Format: "quantity" }, PropertyValue.Number) => true,
        ({ Type: "string" }, PropertyValue.Reference or PropertyValue.Asset) => true,
        ({ Type: "integer" }, PropertyValue.Number number) => number.Value == Math.Floor(number.Value),
        ({ Type: "number" }, PropertyValue.Number) => true,
        ({ Type: "boolean" }, PropertyValue.Bool) => true,
        ({ Type: null or "any", IntOrString: false }, _) => true,
        _ => false,
    };

    private static string Expected(KubernetesProperty property) => property switch
    {
        { IntOrString: true } => "a whole number or a text",
        { Type: "integer" } => "a whole number",
        { Type: "number" } => "a number",
        { Type: "boolean" } => "true or false",
        { Type: "array" } => "a list",
        { Type: "object" } => "an object",
        { Format: "quantity" } => "a quantity such as 500m, 2 or 128Mi",
        { Format: "date-time" or "date-time-micro" } => "a time as text, such as 2026-01-31T12:00:00Z",
        _ => "a text",
    };

    private static CheckFailure WrongType(PropertyPath path, string expected, PropertyValue value) =>
        new($"{path}", $"expected {expected}, but got {Describe(value)}.");

    private static CheckFailure UnknownField(PropertyPath path, string name, KubernetesType type)
    {
        var meant = NearestName.Find(name, type.Properties.Keys) is { } nearest
            ? $" Did you mean {nearest}?"
            : $" Its fields: {string.Join(", ", type.Properties.Keys.Order(StringComparer.Ordinal))}.";
        return new CheckFailure($"{path}", $"{ShortName(type)} has no field {name}.{meant}");
    }

    private static string Describe(PropertyValue value) => value switch
    {
        PropertyValue.Text => "a text",
        PropertyValue.Number { Value: var number } => number == Math.Floor(number) ? "a whole number" : "a number with a fraction",
        PropertyValue.Bool => "true or false",
        PropertyValue.List => "a list",
        PropertyValue.Map => "an object",
        _ => "something else",
    };

    // Core.V1.Container is told as Container.
    private static string ShortName(KubernetesType type) => type.Cs[(type.Cs.LastIndexOf('.') + 1)..];
}
