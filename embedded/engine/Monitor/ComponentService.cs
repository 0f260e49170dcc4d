using FogInfra.Embedded.Engine.Deploying;
using FogInfra.Embedded.Engine.Providers;
using FogInfra.Embedded.Engine.State;
using FogInfra.Embedded.Protocol.Messages;
using FogInfra.Embedded.Protocol.Rpc;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;
using FogInfra.Embedded.Provider.Plugins;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace FogInfra.Embedded.Engine.Monitor;

/// <summary>Has providers build components and run methods for a program. They register what they build at the monitor, as the program does.</summary>
internal sealed class ComponentService(DeploymentContext context, ProviderResolver providers, RegisteredPackages packages, RequestUrns urns, RunInfo info)
{
    /// <summary>Where the monitor listens; known once it does.</summary>
    public string MonitorAddress { get; set; } = "";

    /// <summary>Builds a component.</summary>
    /// <param name="request">The registration that asks for it.</param>
    /// <param name="inherited">What its parent hands down; null without a parent.</param>
    /// <exception cref="RpcException">It failed, or the run has stopped.</exception>
    public async Task<RegisterResourceResponse> ConstructAsync(RegisterResourceRequest request, Goal? inherited)
    {
        var wanted = packages.Resolve(request.PackageRef, request.Type, request.Version, request.PluginDownloadURL);
        var parent = urns.ReadOptional(request.Parent, "parent");
        var reference = await providers.ResolveAsync(request.Provider, request.Providers, parent, wanted, request.Name).ConfigureAwait(false)
            ?? throw MonitorShutdown.DuringStep();
        var response = await RunAsync(
            reference,
            $"component '{request.Name}' [{request.Type}]",
            (provider, options) => provider.ConstructAsync(ToConstruct(request, inherited, options), context.Control.Abandoned)).ConfigureAwait(false);
        var outputs = WireCodec.FromStruct(response.State);
        context.Redactor.Add(outputs);
        var result = new RegisterResourceResponse
        {
            Urn = response.Urn,
            Object = WireValues.ToResponse(outputs.Select(WireValues.WithoutOutputs), request.AcceptSecrets, request.AcceptResources, request.SupportsPartialValues),
        };
        foreach (var (name, dependencies) in response.StateDependencies)
        {
            result.PropertyDependencies.Add(name, new RegisterResourceResponse.Types.PropertyDependencies { Urns = { dependencies.Urns } });
        }

        return result;
    }

    /// <summary>Calls a method.</summary>
    /// <exception cref="RpcException">It failed, or the run has stopped.</exception>
    public async Task<CallResponse> CallAsync(ResourceCallRequest request)
    {
        var wanted = packages.Resolve(request.PackageRef, request.Tok, request.Version, request.PluginDownloadURL);
        var reference = await providers.ResolveAsync(request.Provider, new Dictionary<string, string>(), null, wanted, request.Tok).ConfigureAwait(false)
            ?? throw MonitorShutdown.DuringInvoke();
        context.Redactor.Add(WireValues.FromRequest(request.Args));
        var response = await RunAsync(
            reference, $"call of {request.Tok}", (provider, options) => provider.CallAsync(ToCall(request, options), context.Control.Abandoned)).ConfigureAwait(false);
        context.Redactor.Add(WireValues.FromRequest(response.Return));
        response.Return ??= new Struct();
        return response;
    }

    private async Task<T> RunAsync<T>(ProviderReference reference, string what, Func<IComponentProvider, WireOptions, Task<T>> run)
    {
        try
        {
            var loaded = await context.Providers.GetAsync(reference, context.Prior, context.Control.Abandoned).ConfigureAwait(false);
            return loaded is { Plugin: IComponentProvider provider, Features: { } features }
                ? await run(provider, new WireOptions
                {
                    KeepUnknowns = true, KeepSecrets = features.AcceptsSecrets, KeepReferences = features.AcceptsReferences, KeepOutputs = features.AcceptsOutputs,
                }).ConfigureAwait(false)
                : throw new RpcException(RpcStatusCode.Unimplemented, $"{what}: its provider builds no components and has no methods, or is not configured yet");
        }
        catch (Exception exception) when (exception is ProviderException or NotSupportedException or FormatException)
        {
            throw new RpcException(RpcStatusCode.Unknown, $"{what}: {exception.Message}", innerException: exception);
        }
    }

    private ConstructRequest ToConstruct(RegisterResourceRequest request, Goal? inherited, WireOptions options)
    {
        var construct = new ConstructRequest
        {
            Project = info.Project,
            Stack = info.Stack,
            Organization = info.Organization,
            Config = { info.Config },
            ConfigSecretKeys = { info.ConfigSecretKeys },
            DryRun = info.DryRun,
            Parallel = info.Parallel,
            MonitorEndpoint = MonitorAddress,
            Type = request.Type,
            Name = request.Name,
            Parent = request.Parent,
            Inputs = Reduced(request.Object, options),
            Providers = { request.Providers },
            Dependencies = { request.Dependencies },
            AdditionalSecretOutputs = { request.AdditionalSecretOutputs },
            DeletedWith = request.DeletedWith,
            IgnoreChanges = { request.IgnoreChanges },
            ReplaceOnChanges = { request.ReplaceOnChanges },
            ReplaceWith = { request.ReplaceWith },
            ReplacementTrigger = request.ReplacementTrigger,
            Aliases = { request.Aliases, request.AliasURNs.Select(urn => new Alias { Urn = urn }) },
            AcceptsOutputValues = true,
        };
        foreach (var (name, dependencies) in request.PropertyDependencies)
        {
            construct.InputDependencies.Add(name, new ConstructRequest.Types.PropertyDependencies { Urns = { dependencies.Urns } });
        }

        if (request.CustomTimeouts is { } timeouts)
        {
            construct.CustomTimeouts = ConstructRequest.Types.CustomTimeouts.Parser.ParseFrom(timeouts.ToByteString());
        }

        if (request.Hooks is { } hooks)
        {
            construct.ResourceHooks = ConstructRequest.Types.ResourceHooksBinding.Parser.ParseFrom(hooks.ToByteString());
        }

        if (request.HasProtect || inherited?.Protect is not null)
        {
            construct.Protect = request.HasProtect ? request.Protect : inherited!.Protect!.Value;
        }

        if (request.HasRetainOnDelete || inherited?.RetainOnDelete is not null)
        {
            construct.RetainOnDelete = request.HasRetainOnDelete ? request.RetainOnDelete : inherited!.RetainOnDelete!.Value;
        }

        if (request.DeleteBeforeReplaceDefined)
        {
            construct.DeleteBeforeReplace = request.DeleteBeforeReplace;
        }

        return construct;
    }

    private CallRequest ToCall(ResourceCallRequest request, WireOptions options)
    {
        var call = new CallRequest
        {
            Tok = request.Tok,
            Args = Reduced(request.Args, options),
            Project = info.Project,
            Stack = info.Stack,
            Organization = info.Organization,
            Config = { info.Config },
            ConfigSecretKeys = { info.ConfigSecretKeys },
            DryRun = info.DryRun,
            Parallel = info.Parallel,
            MonitorEndpoint = MonitorAddress,
            AcceptsOutputValues = true,
        };
        foreach (var (name, dependencies) in request.ArgDependencies)
        {
            call.ArgDependencies.Add(name, new CallRequest.Types.ArgumentDependencies { Urns = { dependencies.Urns } });
        }

        return call;
    }

    private static Struct Reduced(Struct? values, WireOptions options) => WireCodec.ToStruct(WireCodec.FromStruct(values), options);
}
