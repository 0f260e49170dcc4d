using FogInfra.Embedded.Protocol.Values;
using Google.Protobuf.WellKnownTypes;

namespace Pulumi;

/// <summary>The options of a resource as transforms get and give them.</summary>
internal static class TransformOptions
{
    public static ResourceOptions Read(Wire.TransformRequest request)
    {
        var wire = request.Options ?? new();
        ResourceOptions options = request.Custom
            ? new CustomResourceOptions
            {
                DeleteBeforeReplace = wire.HasDeleteBeforeReplace ? wire.DeleteBeforeReplace : null,
                AdditionalSecretOutputs = [.. wire.AdditionalSecretOutputs],
                ImportId = NullIfEmpty(wire.Import),
            }
            : new ComponentResourceOptions
            {
                Providers = [.. wire.Providers.Values.Select(DependencyProviderResource.Parse)],
            };
        options.Parent = ReadResource(request.Parent);
        options.Aliases = [.. wire.Aliases.Select(alias => (Input<Alias>)AliasWriter.Read(alias))];
        options.CustomTimeouts = ReadTimeouts(wire.CustomTimeouts);
        options.DeletedWith = ReadResource(wire.DeletedWith);
        options.DependsOn = ReadResources(wire.DependsOn);
        options.HideDiffs = [.. wire.HideDiff];
        options.Hooks = HookRegistrar.Read(wire.Hooks);
        options.IgnoreChanges = [.. wire.IgnoreChanges];
        options.PluginDownloadURL = NullIfEmpty(wire.PluginDownloadUrl);
        options.Protect = wire.HasProtect ? wire.Protect : null;
        options.Provider = wire.Provider.Length > 0 ? DependencyProviderResource.Parse(wire.Provider) : null;
        options.ReplaceOnChanges = [.. wire.ReplaceOnChanges];
        options.ReplaceWith = ReadResources(wire.ReplaceWith);
        options.ReplacementTrigger = wire.ReplacementTrigger is { } trigger ? ReadTrigger(trigger) : null;
        options.RetainOnDelete = wire.HasRetainOnDelete ? wire.RetainOnDelete : null;
        options.Version = NullIfEmpty(wire.Version);
        return options;
    }

    public static async Task<Wire.TransformResourceOptions> WriteAsync(ResourceOptions options)
    {
        var wire = new Wire.TransformResourceOptions
        {
            Aliases = { await AliasWriter.WriteAsync(options.Aliases).ConfigureAwait(false) },
            CustomTimeouts = RequestBuilder.WriteTimeouts(options.CustomTimeouts),
            DeletedWith = options.DeletedWith is { } deletedWith ? await UrnOfAsync(deletedWith).ConfigureAwait(false) : "",
            DependsOn = { await UrnsOfAsync(options.DependsOn).ConfigureAwait(false) },
            HideDiff = { options.HideDiffs },
            Hooks = options.Hooks.IsEmpty ? null : await HookRegistrar.BindAsync(options.Hooks).ConfigureAwait(false),
            IgnoreChanges = { options.IgnoreChanges },
            PluginDownloadUrl = options.PluginDownloadURL ?? "",
            Provider = options.Provider is { } provider ? await provider.GetReferenceAsync().ConfigureAwait(false) : "",
            ReplaceOnChanges = { options.ReplaceOnChanges },
            ReplaceWith = { await UrnsOfAsync(options.ReplaceWith).ConfigureAwait(false) },
            ReplacementTrigger = await WriteTriggerAsync(options.ReplacementTrigger).ConfigureAwait(false),
            Version = options.Version ?? "",
        };
        if (options.Protect is { } protect)
        {
            wire.Protect = protect;
        }

        if (options.RetainOnDelete is { } retainOnDelete)
        {
            wire.RetainOnDelete = retainOnDelete;
        }

        if (options is CustomResourceOptions custom)
        {
            wire.AdditionalSecretOutputs.AddRange(custom.AdditionalSecretOutputs);
            wire.Import = custom.ImportId ?? "";
            if (custom.DeleteBeforeReplace is { } deleteBeforeReplace)
            {
                wire.DeleteBeforeReplace = deleteBeforeReplace;
            }
        }
        else if (options is ComponentResourceOptions component)
        {
            foreach (var one in component.Providers)
            {
                wire.Providers[one.Package] = await one.GetReferenceAsync().ConfigureAwait(false);
            }
        }

        return wire;
    }

    private static string? NullIfEmpty(string text) => text.Length > 0 ? text : null;

    private static DependencyResource? ReadResource(string urn) => urn.Length > 0 ? new(urn) : null;

    private static InputList<Resource> ReadResources(IEnumerable<string> urns) =>
        urns.Select(urn => (Resource)new DependencyResource(urn)).ToArray();

    private static Task<string> UrnOfAsync(Resource resource) => resource.Urn.GetValueAsync(whenUnknown: "");

    private static async Task<string[]> UrnsOfAsync(InputList<Resource> resources) =>
        await Task.WhenAll((await DependencyGraph.ResolveAsync(resources).ConfigureAwait(false)).Select(UrnOfAsync)).ConfigureAwait(false);

    private static CustomTimeouts? ReadTimeouts(Wire.RegisterResourceRequest.Types.CustomTimeouts? wire) => wire is null ? null : new()
    {
        Create = GoDuration.Parse(wire.Create),
        Update = GoDuration.Parse(wire.Update),
        Delete = GoDuration.Parse(wire.Delete),
    };

    private static Input<object>? ReadTrigger(Value trigger) =>
        PlainValues.Read(WireCodec.FromValue(trigger)).Value is { } value ? (Input<object>)value : null;

    private static async Task<Value?> WriteTriggerAsync(Input<object>? trigger)
    {
        if (trigger is null)
        {
            return null;
        }

        var value = await new ValueWriter(keepOutputs: true).WriteAsync("the option ReplacementTrigger", trigger).ConfigureAwait(false);
        return WireCodec.ToValue(value, WireOptions.KeepAll);
    }
}
