using System.Globalization;
using FogInfra.Embedded.Protocol.Values;

namespace Pulumi;

/// <summary>Writes the requests that register and read resources. Waits for everything that they depend on.</summary>
internal sealed class RequestBuilder(ProgramRun program)
{
    // Inputs of these names would be mistaken for what every resource has.
    private static readonly string[] ReservedInputs = [OutputSlots.Urn, OutputSlots.Id];

    /// <summary>Whether the engine may answer with references to resources. The variable is a switch of Pulumi's own.</summary>
    public static bool AcceptsReferences =>
        Environment.GetEnvironmentVariable("PULUMI_DISABLE_RESOURCE_REFERENCES") is not { } off
        || !(off == "1" || off.Equals("true", StringComparison.OrdinalIgnoreCase));

    /// <summary>How errors name a resource.</summary>
    public static string NameOf(Resource resource) => $"{resource.GetResourceName()} [{resource.GetResourceType()}]";

    public async Task<Wire.RegisterResourceRequest> ForRegistrationAsync(
        Resource resource, bool remote, ResourceArgs args, ResourceOptions options, RegisterPackageRequest? package)
    {
        var request = new Wire.RegisterResourceRequest
        {
            Type = resource.GetResourceType(),
            Name = resource.GetResourceName(),
            Custom = resource is CustomResource,
            Remote = remote,
            Version = options.Version ?? "",
            PluginDownloadURL = options.PluginDownloadURL ?? "",
            AcceptSecrets = true,
            AcceptResources = AcceptsReferences,
            SupportsResultReporting = true,
            IgnoreChanges = { options.IgnoreChanges },
            HideDiffs = { options.HideDiffs },
        };
        SetPlainOptions(request, options);
        var references = await program.Features.ResourceReferences.ConfigureAwait(false);
        await SetRelationsAsync(request, options, references).ConfigureAwait(false);

        var explicitDependencies = await DependencyGraph.ResolveAsync(options.DependsOn).ConfigureAwait(false);
        var inputs = await WriteInputsAsync(resource, args, remote, references).ConfigureAwait(false);
        request.Object = inputs.ToStruct();
        request.Parent = await FindParentAsync(resource, options).ConfigureAwait(false);
        await SetProvidersAsync(request, options).ConfigureAwait(false);

        var dependencies = await DependencyGraph.UrnsOfAsync(explicitDependencies).ConfigureAwait(false);
        foreach (var (name, resources) in inputs.Dependencies)
        {
            var urns = await DependencyGraph.UrnsOfAsync(resources).ConfigureAwait(false);
            request.PropertyDependencies[name] = new() { Urns = { urns } };
            dependencies = dependencies.Union(urns);
        }

        request.Dependencies.AddRange(dependencies);
        await AliasWriter.AddAsync(request, resource, options, program).ConfigureAwait(false);
        request.Transforms.AddRange(await program.Transforms.RegisterAsync(options.ResourceTransforms).ConfigureAwait(false));
        request.Hooks = await HookRegistrar.BindAsync(options.Hooks).ConfigureAwait(false);
        request.PackageRef = await program.Packages.ReferToAsync(package).ConfigureAwait(false);
        return request;
    }

    public async Task<Wire.ReadResourceRequest> ForReadAsync(
        Resource resource, string id, ResourceArgs args, ResourceOptions options, RegisterPackageRequest? package)
    {
        var explicitDependencies = await DependencyGraph.ResolveAsync(options.DependsOn).ConfigureAwait(false);
        var references = await program.Features.ResourceReferences.ConfigureAwait(false);
        var inputs = await WriteInputsAsync(resource, args, remote: false, references).ConfigureAwait(false);
        var dependencies = await DependencyGraph.UrnsOfAsync(inputs.AllDependencies.Concat(explicitDependencies)).ConfigureAwait(false);
        return new Wire.ReadResourceRequest
        {
            Id = id,
            Type = resource.GetResourceType(),
            Name = resource.GetResourceName(),
            Parent = await FindParentAsync(resource, options).ConfigureAwait(false),
            Provider = options.Provider is { } provider ? await provider.GetReferenceAsync().ConfigureAwait(false) : "",
            Properties = inputs.ToStruct(),
            Dependencies = { dependencies },
            Version = options.Version ?? "",
            AcceptSecrets = true,
            AcceptResources = AcceptsReferences,
            PackageRef = await program.Packages.ReferToAsync(package).ConfigureAwait(false),
        };
    }

    /// <summary>Writes a time as a Go duration in nanoseconds; a tick is a hundred of them.</summary>
    internal static Wire.RegisterResourceRequest.Types.CustomTimeouts? WriteTimeouts(CustomTimeouts? timeouts)
    {
        return timeouts is null ? null : new()
        {
            Create = Write(timeouts.Create),
            Update = Write(timeouts.Update),
            Delete = Write(timeouts.Delete),
        };

        static string Write(TimeSpan? time) => time is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known.Ticks}00ns") : "";
    }

    private static void SetPlainOptions(Wire.RegisterResourceRequest request, ResourceOptions options)
    {
        request.CustomTimeouts = WriteTimeouts(options.CustomTimeouts);
        if (options.Protect is { } protect)
        {
            request.Protect = protect;
        }

        if (options.RetainOnDelete is { } retainOnDelete)
        {
            request.RetainOnDelete = retainOnDelete;
        }

        if (options is CustomResourceOptions custom)
        {
            request.DeleteBeforeReplace = custom.DeleteBeforeReplace ?? false;
            request.DeleteBeforeReplaceDefined = custom.DeleteBeforeReplace is not null;
            request.ImportId = custom.ImportId ?? "";
            request.AdditionalSecretOutputs.AddRange(custom.AdditionalSecretOutputs);
            request.ReplaceOnChanges.AddRange(custom.ReplaceOnChanges);
            request.EnvVarMappings.Add(custom.EnvVarMappings);
        }
    }

    private async Task SetRelationsAsync(Wire.RegisterResourceRequest request, ResourceOptions options, bool references)
    {
        if (options.DeletedWith is { } deletedWith)
        {
            await program.Features.RequireAsync("deletedWith", "the option DeletedWith").ConfigureAwait(false);
            request.DeletedWith = await deletedWith.Urn.GetValueAsync(whenUnknown: "").ConfigureAwait(false);
        }

        var replaceWith = await DependencyGraph.ResolveAsync(options.ReplaceWith).ConfigureAwait(false);
        if (!replaceWith.IsEmpty)
        {
            await program.Features.RequireAsync("replaceWith", "the option ReplaceWith").ConfigureAwait(false);
            foreach (var resource in replaceWith)
            {
                request.ReplaceWith.Add(await resource.Urn.GetValueAsync(whenUnknown: "").ConfigureAwait(false));
            }
        }

        if (options.ReplacementTrigger is { } trigger)
        {
            var path = $"{request.Name} [{request.Type}], option ReplacementTrigger";
            var value = await new ValueWriter().WriteAsync(path, trigger).ConfigureAwait(false);
            request.ReplacementTrigger = WireCodec.ToValue(value, WireOptions.NoOutputs with { KeepReferences = references });
        }
    }

    private async Task<WrittenInputs> WriteInputsAsync(Resource resource, ResourceArgs args, bool remote, bool references)
    {
        var options = WireOptions.NoOutputs with
        {
            KeepReferences = references,
            KeepOutputs = remote && await program.Features.OutputValues.ConfigureAwait(false),
        };
        var path = NameOf(resource);
        var inputs = args.ToDictionary(path).RemoveRange(ReservedInputs);
        // A remote component gets references as they are, so that a property that only refers to a resource is not an output for it.
        return await WrittenInputs.WriteAsync(path, inputs, options, followReferences: !(remote && references)).ConfigureAwait(false);
    }

    private async Task<string> FindParentAsync(Resource resource, ResourceOptions options)
    {
        var parent = options.Parent ?? (resource is Stack ? null : program.Stack);
        return parent is null ? "" : await parent.Urn.GetValueAsync(whenUnknown: "").ConfigureAwait(false);
    }

    private static async Task SetProvidersAsync(Wire.RegisterResourceRequest request, ResourceOptions options)
    {
        if (request.Custom && options.Provider is { } provider)
        {
            request.Provider = await provider.GetReferenceAsync().ConfigureAwait(false);
        }

        if (request.Remote && options is ComponentResourceOptions component)
        {
            foreach (var one in component.Provider is { } single ? [single] : component.Providers)
            {
                request.Providers[one.Package] = await one.GetReferenceAsync().ConfigureAwait(false);
            }
        }
    }
}
