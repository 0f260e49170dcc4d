using FogInfra.Embedded.Engine.Deploying;
using FogInfra.Embedded.Engine.Providers;
using FogInfra.Embedded.Protocol.Messages;
using FogInfra.Embedded.Protocol.Rpc;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;
using InvokeRequest = FogInfra.Embedded.Provider.InvokeRequest;
using WireCheckFailure = FogInfra.Embedded.Protocol.Messages.CheckFailure;

namespace FogInfra.Embedded.Engine.Monitor;

/// <summary>Calls functions of providers for a program.</summary>
internal sealed class InvokeService(DeploymentContext context, RegistrationTable table, ProviderResolver providers, RegisteredPackages packages, RequestUrns urns)
{
    /// <summary>Calls a function.</summary>
    /// <exception cref="RpcException">It failed.</exception>
    public async Task<ResourceInvokeResponse> InvokeAsync(ResourceInvokeRequest request)
    {
        var arguments = WireValues.FromRequest(request.Args);
        context.Redactor.Add(arguments);
        if (DependsOnUnknown(request, arguments))
        {
            return new ResourceInvokeResponse { Unknown = true, Return = new() };
        }

        var wanted = packages.Resolve(request.PackageRef, request.Tok, request.Version, request.PluginDownloadURL);
        var parent = urns.ReadOptional(request.Parent, "parent");
        var reference = await providers.ResolveAsync(request.Provider, new Dictionary<string, string>(), parent, wanted, request.Tok).ConfigureAwait(false)
            ?? throw MonitorShutdown.DuringInvoke();
        try
        {
            var provider = await context.Providers.GetAsync(reference, context.Prior, context.Control.Abandoned).ConfigureAwait(false);
            var result = await provider.InvokeAsync(
                new InvokeRequest(request.Tok, arguments, context.Options.DryRun), context.Control.Abandoned).ConfigureAwait(false);
            return result is null ? new ResourceInvokeResponse { Unknown = true, Return = new() } : ToResponse(result, request);
        }
        catch (Exception exception) when (exception is ProviderException or NotSupportedException or FormatException)
        {
            throw new RpcException(RpcStatusCode.Unknown, $"invocation of {request.Tok} returned an error: {exception.Message}", innerException: exception);
        }
    }

    private ResourceInvokeResponse ToResponse(InvokeResult result, ResourceInvokeRequest request)
    {
        context.Redactor.Add(result.Return);
        return new ResourceInvokeResponse
        {
            Return = WireValues.ToResponse(result.Return, acceptSecrets: true, request.AcceptResources),
            Failures = { result.Failures.Select(failure => new WireCheckFailure { Property = failure.Property, Reason = failure.Reason }) },
        };
    }

    private bool DependsOnUnknown(ResourceInvokeRequest request, PropertyMap arguments) =>
        context.Options.DryRun
        && (arguments.ContainsUnknowns
            || request.DependsOn.Select(Urn.TryParse).OfType<Urn>().Any(urn =>
                table.TryGet(urn, out var registration) && registration.State is { Custom: true, Id: "" }));
}
