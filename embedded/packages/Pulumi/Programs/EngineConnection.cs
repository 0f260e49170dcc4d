using FogInfra.Embedded.Protocol.Rpc;
using FogInfra.Embedded.Protocol.Services;
using Google.Protobuf.WellKnownTypes;

namespace Pulumi;

/// <summary>An engine that is reached over gRPC. The monitor and the engine may have different addresses.</summary>
internal sealed class EngineConnection(string monitorAddress, string engineAddress, CancellationToken cancellationToken)
    : IMonitor, IEngine, IAsyncDisposable
{
    private readonly RpcChannel _monitor = new(monitorAddress);
    private readonly RpcChannel _engine = new(engineAddress);

    public Task<Wire.SupportsFeatureResponse> SupportsFeatureAsync(Wire.SupportsFeatureRequest request) =>
        _monitor.CallAsync(ResourceMonitorMethods.SupportsFeature, request, cancellationToken);

    public Task<Wire.RegisterResourceResponse> RegisterResourceAsync(Resource resource, Wire.RegisterResourceRequest request) =>
        _monitor.CallAsync(ResourceMonitorMethods.RegisterResource, request, cancellationToken);

    public Task<Wire.ReadResourceResponse> ReadResourceAsync(Resource resource, Wire.ReadResourceRequest request) =>
        _monitor.CallAsync(ResourceMonitorMethods.ReadResource, request, cancellationToken);

    public Task RegisterResourceOutputsAsync(Wire.RegisterResourceOutputsRequest request) =>
        _monitor.CallAsync(ResourceMonitorMethods.RegisterResourceOutputs, request, cancellationToken);

    public Task<Wire.ResourceInvokeResponse> InvokeAsync(Wire.ResourceInvokeRequest request) =>
        _monitor.CallAsync(ResourceMonitorMethods.Invoke, request, cancellationToken);

    public Task<Wire.CallResponse> CallAsync(Wire.ResourceCallRequest request) =>
        _monitor.CallAsync(ResourceMonitorMethods.Call, request, cancellationToken);

    public Task<Wire.RegisterPackageResponse> RegisterPackageAsync(Wire.RegisterPackageRequest request) =>
        _monitor.CallAsync(ResourceMonitorMethods.RegisterPackage, request, cancellationToken);

    public Task RegisterStackInvokeTransformAsync(Wire.Callback callback) =>
        _monitor.CallAsync(ResourceMonitorMethods.RegisterStackInvokeTransform, callback, cancellationToken);

    public Task RegisterResourceHookAsync(Wire.RegisterResourceHookRequest request) =>
        _monitor.CallAsync(ResourceMonitorMethods.RegisterResourceHook, request, cancellationToken);

    public Task RegisterErrorHookAsync(Wire.RegisterErrorHookRequest request) =>
        _monitor.CallAsync(ResourceMonitorMethods.RegisterErrorHook, request, cancellationToken);

    public async Task SignalAndWaitForShutdownAsync()
    {
        try
        {
            await _monitor.CallAsync(ResourceMonitorMethods.SignalAndWaitForShutdown, new Empty(), cancellationToken).ConfigureAwait(false);
        }
        catch (RpcException exception) when (exception.Code == RpcStatusCode.Unimplemented)
        {
            // An older engine takes the end of the program for the signal.
        }
    }

    public Task LogAsync(Wire.LogRequest request) => _engine.CallAsync(EngineMethods.Log, request, cancellationToken);

    public Task RequirePulumiVersionAsync(Wire.RequirePulumiVersionRequest request) =>
        _engine.CallAsync(EngineMethods.RequirePulumiVersion, request, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _monitor.DisposeAsync().ConfigureAwait(false);
        await _engine.DisposeAsync().ConfigureAwait(false);
    }
}
