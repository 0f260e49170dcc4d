using System.Collections.Immutable;
using FogInfra.Embedded.Protocol.Values;

namespace Pulumi;

/// <summary>Registers resources with the engine, and fills their outputs with its answers.</summary>
internal sealed class ResourceRegistrar(ProgramRun program)
{
    private readonly RequestBuilder _requests = new(program);

    /// <summary>Begins to register a resource, or to read it where its options say so. The program ends only when that is done.</summary>
    public void Register(Resource resource, bool remote, ResourceArgs args, ResourceOptions options, RegisterPackageRequest? package) =>
        program.Work.Track(CompleteAsync(resource, remote, args, options, package));

    /// <summary>Begins to give the outputs of a component or of the stack to the engine.</summary>
    public void RegisterOutputs(Resource resource, Output<IDictionary<string, object?>> outputs) =>
        program.Work.Track(RegisterOutputsAsync(resource, outputs));

    private async Task CompleteAsync(
        Resource resource, bool remote, ResourceArgs args, ResourceOptions options, RegisterPackageRequest? package)
    {
        try
        {
            Settle(resource, await AskAsync(resource, remote, args, options, package).ConfigureAwait(false));
        }
        catch (Exception exception)
        {
            // Nobody must wait for outputs that will not come.
            foreach (var slot in resource.Slots.Values)
            {
                slot.TryFail(exception);
            }

            throw;
        }
    }

    private async Task<Answer> AskAsync(
        Resource resource, bool remote, ResourceArgs args, ResourceOptions options, RegisterPackageRequest? package)
    {
        if (options.Urn is { } urn)
        {
            return await GetAsync(urn).ConfigureAwait(false);
        }

        // An id that is not known yet is that of a resource that this run creates: then there is nothing to read.
        var id = options.Id is null ? "" : await options.Id.ToOutput().GetValueAsync(whenUnknown: "").ConfigureAwait(false);
        if (!string.IsNullOrEmpty(id))
        {
            return resource is CustomResource
                ? await ReadAsync(resource, id, args, options, package).ConfigureAwait(false)
                : throw new ArgumentException($"{RequestBuilder.NameOf(resource)}: the option Id is not for components.");
        }

        var request = await _requests.ForRegistrationAsync(resource, remote, args, options, package).ConfigureAwait(false);
        var response = await program.Monitor.RegisterResourceAsync(resource, request).ConfigureAwait(false);
        return new Answer(
            response.Urn,
            response.Id,
            WireCodec.FromStruct(response.Object),
            response.PropertyDependencies.ToImmutableDictionary(pair => pair.Key, pair => DependenciesOn(pair.Value.Urns)),
            IsDone: response.Result == Wire.Result.Success);
    }

    /// <summary>Asks for a resource that the engine has.</summary>
    private async Task<Answer> GetAsync(string urn)
    {
        const string GetResource = "pulumi:pulumi:getResource";
        var arguments = new DictionaryInvokeArgs(ImmutableDictionary<string, object?>.Empty.Add("urn", urn));
        var answer = await program.Invoker.InvokeRawAsync(GetResource, arguments, options: null, package: null).ConfigureAwait(false);
        return Answer.Of(answer.GetText("urn") ?? urn, answer.GetText("id") ?? "", answer.GetMap("state") ?? PropertyMap.Empty);
    }

    private async Task<Answer> ReadAsync(
        Resource resource, string id, ResourceArgs args, ResourceOptions options, RegisterPackageRequest? package)
    {
        var request = await _requests.ForReadAsync(resource, id, args, options, package).ConfigureAwait(false);
        var response = await program.Monitor.ReadResourceAsync(resource, request).ConfigureAwait(false);
        return Answer.Of(response.Urn, id, WireCodec.FromStruct(response.Properties));
    }

    private void Settle(Resource resource, Answer answer)
    {
        foreach (var (name, slot) in resource.Slots)
        {
            if (name == OutputSlots.Urn)
            {
                slot.TrySettle(OutputState.Known<object?>(answer.Urn));
            }
            else if (name == OutputSlots.Id && resource is CustomResource)
            {
                slot.TrySettle(answer.Id.Length > 0 ? OutputState.Known<object?>(answer.Id) : OutputState.Unknown<object?>(""));
            }
            else if (answer.Properties.TryGetValue(name, out var value))
            {
                // Each output for itself: one that is secret or unknown does not make the others so.
                var state = program.ReaderFor(resource).Read($"{resource.GetType().FullName}.{name}", value, slot.ValueType);
                slot.TrySettle(state.WithResources(answer.Dependencies.GetValueOrDefault(name) ?? []));
            }
            else
            {
                // In a preview, and for a resource that the engine left out, it may still come.
                slot.TrySettleWithDefault(isKnown: !program.Settings.IsDryRun && answer.IsDone);
            }
        }
    }

    private static ImmutableHashSet<Resource> DependenciesOn(IEnumerable<string> urns) =>
        [.. urns.Select(urn => new DependencyResource(urn))];

    private async Task RegisterOutputsAsync(Resource resource, Output<IDictionary<string, object?>> outputs)
    {
        var urn = await resource.Urn.GetValueAsync(whenUnknown: "").ConfigureAwait(false);
        var values = await outputs.GetValueAsync(whenUnknown: ImmutableDictionary<string, object?>.Empty).ConfigureAwait(false);
        var options = WireOptions.NoOutputs with { KeepReferences = await program.Features.ResourceReferences.ConfigureAwait(false) };
        var written = await WrittenInputs.WriteAsync(RequestBuilder.NameOf(resource), values, options).ConfigureAwait(false);
        await program.Monitor.RegisterResourceOutputsAsync(new() { Urn = urn, Outputs = written.ToStruct() }).ConfigureAwait(false);
    }

    /// <summary>What the engine says about a resource.</summary>
    private sealed record Answer(
        string Urn, string Id, PropertyMap Properties, ImmutableDictionary<string, ImmutableHashSet<Resource>> Dependencies, bool IsDone)
    {
        public static Answer Of(string urn, string id, PropertyMap properties) =>
            new(urn, id, properties, ImmutableDictionary<string, ImmutableHashSet<Resource>>.Empty, IsDone: true);
    }
}
