using System.Collections.Immutable;
using FogInfra.Embedded.Protocol.Values;
using Google.Protobuf.WellKnownTypes;

namespace Pulumi;

/// <summary>Inputs as they are sent, with the resources that each comes from.</summary>
/// <param name="Values">The inputs.</param>
/// <param name="Dependencies">The resources that each comes from.</param>
/// <param name="Options">What the engine understands.</param>
internal sealed record WrittenInputs(
    PropertyMap Values, ImmutableDictionary<string, IReadOnlySet<Resource>> Dependencies, WireOptions Options)
{
    /// <summary>All resources that the inputs come from.</summary>
    public IEnumerable<Resource> AllDependencies => Dependencies.Values.SelectMany(resources => resources).Distinct();

    /// <summary>Whether an input holds something that is not known yet.</summary>
    public bool HasUnknowns =>
        Values.Values.Any(value => value.ContainsUnknowns
            // Of a resource that is referred to by its id, the id must be known.
            || (!Options.KeepReferences && value.Any(part => part is PropertyValue.Reference { Id: "" })));

    /// <summary>Writes inputs. Those that are null are left out.</summary>
    /// <param name="path">Whose inputs they are, for errors.</param>
    /// <param name="inputs">The inputs.</param>
    /// <param name="options">What the engine understands.</param>
    /// <param name="followReferences">Whether a resource that is a value counts as a dependency.</param>
    public static async Task<WrittenInputs> WriteAsync(
        string path, IEnumerable<KeyValuePair<string, object?>> inputs, WireOptions options, bool followReferences = true)
    {
        var values = new List<KeyValuePair<string, PropertyValue>>();
        var dependencies = ImmutableDictionary.CreateBuilder<string, IReadOnlySet<Resource>>();
        foreach (var (name, input) in inputs)
        {
            var writer = new ValueWriter(options.KeepOutputs, followReferences);
            var value = await writer.WriteAsync($"{path}.{name}", input).ConfigureAwait(false);
            if (value is not PropertyValue.NullValue)
            {
                values.Add(KeyValuePair.Create(name, value));
                dependencies.Add(name, writer.Dependencies);
            }
        }

        return new WrittenInputs(new PropertyMap(values), dependencies.ToImmutable(), options);
    }

    public Struct ToStruct() => WireCodec.ToStruct(Values, Options);
}
