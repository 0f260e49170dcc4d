using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using FogInfra.Embedded.Protocol.Values;

namespace Pulumi;

/// <summary>
/// Turns the objects of a program into property values, waiting for the outputs in them. What the receiver does not understand
/// (references, output values) is reduced when the value is put on the wire.
/// </summary>
/// <param name="keepOutputs">Whether outputs keep their dependencies; otherwise they become unknown, secret or plain values.</param>
/// <param name="followReferences">Whether a resource that is a value counts as a dependency.</param>
internal sealed class ValueWriter(bool keepOutputs = false, bool followReferences = true)
{
    private readonly HashSet<Resource> _dependencies = [];

    /// <summary>The resources that the values written so far come from.</summary>
    public IReadOnlySet<Resource> Dependencies => _dependencies;

    /// <summary>Writes a value.</summary>
    /// <param name="path">Where the value stands, for errors.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="InvalidOperationException">The value, or one in it, is of a type that Pulumi does not know.</exception>
    public async Task<PropertyValue> WriteAsync(string path, object? value) => value switch
    {
        null or ValueTuple => PropertyValue.Null,
        bool item => item,
        int item => item,
        double item => item,
        string item => item,
        InputArgs item => await WriteMapAsync(path, item.ToDictionary(path)).ConfigureAwait(false),
        AssetOrArchive item => item.ToPropertyValue(),
        Task => throw new InvalidOperationException($"{path} is a Task; wrap it with Output.Create."),
        IInputCollection item => await WriteOutputAsync(path, item.Items).ConfigureAwait(false),
        IInput item => await WriteOutputAsync(path, item.ToOutput()).ConfigureAwait(false),
        IOutput item => await WriteOutputAsync(path, item).ConfigureAwait(false),
        IUnion item => await WriteAsync(path, item.Value).ConfigureAwait(false),
        JsonElement item => WriteJson(item),
        Resource item => await WriteReferenceAsync(item).ConfigureAwait(false),
        IDictionary item => await WriteMapAsync(path, item).ConfigureAwait(false),
        IList item => await WriteListAsync(path, item).ConfigureAwait(false),
        Enum item when item.GetTypeCode() == TypeCode.Int32 => Convert.ToInt32(item, null),
        _ => await WriteObjectAsync(path, value).ConfigureAwait(false),
    };

    private async Task<PropertyValue> WriteOutputAsync(string path, IOutput output)
    {
        var state = await output.GetStateAsync().ConfigureAwait(false);
        var inner = new ValueWriter(keepOutputs: false, followReferences);
        // What is inside of an output value is written plainly: the receiver learns of its dependencies from the output around it.
        var value = state.IsKnown ? await inner.WriteAsync(path, state.Value).ConfigureAwait(false) : null;
        var sources = state.Resources.Union(inner.Dependencies);
        _dependencies.UnionWith(sources);
        if (keepOutputs && (value is null || state.IsSecret || !sources.IsEmpty))
        {
            var urns = await DependencyGraph.UrnsOfAsync(sources).ConfigureAwait(false);
            return new PropertyValue.Output(value, state.IsSecret, [.. urns.Order(StringComparer.Ordinal)]);
        }

        return value is null ? PropertyValue.Unknown : state.IsSecret ? new PropertyValue.Secret(value) : value;
    }

    private async Task<PropertyValue> WriteReferenceAsync(Resource resource)
    {
        if (followReferences)
        {
            _dependencies.Add(resource);
        }

        var urn = await resource.Urn.GetValueAsync(whenUnknown: "").ConfigureAwait(false);
        var id = resource is CustomResource { Id: { } known } ? await known.GetValueAsync(whenUnknown: "").ConfigureAwait(false) : null;
        return new PropertyValue.Reference(urn, id, PackageVersion: "");
    }

    private async Task<PropertyValue> WriteMapAsync(string path, IDictionary map)
    {
        var values = new List<KeyValuePair<string, PropertyValue>>();
        foreach (var key in map.Keys)
        {
            if (key is not string name)
            {
                throw new InvalidOperationException($"{path} is a dictionary whose keys are not strings.");
            }

            var value = await WriteAsync($"{path}.{name}", map[name]).ConfigureAwait(false);
            if (value is not PropertyValue.NullValue)
            {
                values.Add(KeyValuePair.Create(name, value));
            }
        }

        return new PropertyMap(values);
    }

    private async Task<PropertyValue> WriteListAsync(string path, IList list)
    {
        var items = ImmutableArray.CreateBuilder<PropertyValue>();
        for (var index = 0; !IsDefaultArray(list) && index < list.Count; index++)
        {
            items.Add(await WriteAsync($"{path}[{index}]", list[index]).ConfigureAwait(false));
        }

        return new PropertyValue.List(items.ToImmutable());
    }

    /// <summary>Whether the list is an immutable array that was never set: such an array throws when it is asked for its length.</summary>
    private static bool IsDefaultArray(IList list) =>
        list.GetType() is { IsValueType: true, IsGenericType: true } type
        && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>)
        && list.Equals(Activator.CreateInstance(type));

    private async Task<PropertyValue> WriteObjectAsync(string path, object value)
    {
        var type = value.GetType();
        if (type.IsDefined(typeof(EnumTypeAttribute)))
        {
            return EnumTypes.ToPlain(value) switch
            {
                string text => text,
                double number => number,
                _ => PropertyValue.Null,
            };
        }

        if (!type.IsDefined(typeof(OutputTypeAttribute)))
        {
            throw new InvalidOperationException($"{path} is of type {type.FullName}, which a value of a resource cannot have.");
        }

        var fields = type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance).Where(field => field.IsInitOnly);
        return await WriteMapAsync(path, fields.ToDictionary(PropertyName, field => field.GetValue(value))).ConfigureAwait(false);
    }

    // The field of a get-only property is called <Name>k__BackingField.
    private static string PropertyName(FieldInfo field)
    {
        var name = field.Name[0] == '<' ? field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)] : field.Name;
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    private static PropertyValue WriteJson(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => json.GetString()!,
        JsonValueKind.Number => json.GetDouble(),
        JsonValueKind.Array => PropertyValue.ListOf(json.EnumerateArray().Select(WriteJson)),
        JsonValueKind.Object => PropertyMap.Of(json.EnumerateObject().Select(property => (property.Name, WriteJson(property.Value)))),
        _ => PropertyValue.Null,
    };
}
