using FogInfra.Embedded.Protocol.Messages;
using FogInfra.Embedded.Protocol.Rpc;
using FogInfra.Embedded.Protocol.Services;
using FogInfra.Embedded.Protocol.Values;
using Google.Protobuf.WellKnownTypes;

namespace FogInfra.Engine.Tests.Harness;

/// <summary>The engine as a program sees it.</summary>
internal sealed class ProgramClient : IAsyncDisposable
{
    private readonly RpcChannel _monitor;
    private readonly RpcChannel _engine;
    private readonly CancellationToken _cancellation;

    private ProgramClient(RunRequest run, CancellationToken cancellation)
    {
        Run = run;
        _monitor = new RpcChannel(run.MonitorAddress);
        _engine = new RpcChannel(run.Args[0]);
        _cancellation = cancellation;
    }

    /// <summary>What the engine told the program.</summary>
    public RunRequest Run { get; }

    /// <summary>The URN of the stack.</summary>
    public string Stack { get; private set; } = "";

    public static async Task<ProgramClient> ConnectAsync(RunRequest run, CancellationToken cancellation)
    {
        var client = new ProgramClient(run, cancellation);
        client.Stack = (await client.SendAsync(new RegisterResourceRequest
        {
            Type = "pulumi:pulumi:Stack", Name = $"{run.Project}-{run.Stack}", Object = new Struct(), AcceptSecrets = true, SupportsResultReporting = true,
        })).Urn;
        return client;
    }

    /// <summary>Registers a custom resource.</summary>
    public Task<Registered> CustomAsync(
        string type, string name, PropertyMap inputs, Action<RegisterResourceRequest>? configure = null, IEnumerable<Registered>? dependsOn = null) =>
        RegisterAsync(type, name, custom: true, inputs, configure, dependsOn);

    /// <summary>Registers a component.</summary>
    public Task<Registered> ComponentAsync(string type, string name, Action<RegisterResourceRequest>? configure = null) =>
        RegisterAsync(type, name, custom: false, PropertyMap.Empty, configure, null);

    public async Task<Registered> RegisterAsync(
        string type, string name, bool custom, PropertyMap inputs, Action<RegisterResourceRequest>? configure, IEnumerable<Registered>? dependsOn)
    {
        var request = new RegisterResourceRequest
        {
            Type = type,
            Name = name,
            Parent = Stack,
            Custom = custom,
            Object = WireCodec.ToStruct(inputs, WireOptions.KeepAll),
            AcceptSecrets = true,
            AcceptResources = true,
            SupportsPartialValues = true,
            SupportsResultReporting = true,
            Dependencies = { (dependsOn ?? []).Select(resource => resource.Urn) },
        };
        configure?.Invoke(request);
        var response = await SendAsync(request);
        return new Registered(response.Urn, response.Id, WireCodec.FromStruct(response.Object), response.Result, response.Unknown);
    }

    public Task<RegisterResourceResponse> SendAsync(RegisterResourceRequest request) =>
        _monitor.CallAsync(ResourceMonitorMethods.RegisterResource, request, _cancellation);

    public Task SetOutputsAsync(string urn, PropertyMap outputs) => _monitor.CallAsync(
        ResourceMonitorMethods.RegisterResourceOutputs,
        new RegisterResourceOutputsRequest { Urn = urn, Outputs = WireCodec.ToStruct(outputs, WireOptions.KeepAll) },
        _cancellation);

    /// <summary>Sets the outputs of the stack.</summary>
    public Task ExportAsync(params IEnumerable<(string Name, PropertyValue Value)> outputs) => SetOutputsAsync(Stack, PropertyMap.Of(outputs));

    public async Task<PropertyMap> ReadAsync(string type, string name, string id, PropertyMap? properties = null)
    {
        var response = await _monitor.CallAsync(
            ResourceMonitorMethods.ReadResource,
            new ReadResourceRequest
            {
                Type = type, Name = name, Id = id, Parent = Stack, AcceptSecrets = true, AcceptResources = true,
                Properties = WireCodec.ToStruct(properties ?? PropertyMap.Empty, WireOptions.KeepAll),
            },
            _cancellation);
        return WireCodec.FromStruct(response.Properties);
    }

    public async Task<ResourceInvokeResponse> InvokeAsync(string token, PropertyMap arguments) => await _monitor.CallAsync(
        ResourceMonitorMethods.Invoke,
        new ResourceInvokeRequest { Tok = token, Args = WireCodec.ToStruct(arguments, WireOptions.KeepAll), AcceptResources = true },
        _cancellation);

    /// <summary>Calls one of the monitor's methods that the others here do not cover.</summary>
    public Task<TResponse> CallAsync<TRequest, TResponse>(RpcMethod<TRequest, TResponse> method, TRequest request)
        where TRequest : class, Google.Protobuf.IMessage<TRequest>, new()
        where TResponse : class, Google.Protobuf.IMessage<TResponse>, new() => _monitor.CallAsync(method, request, _cancellation);

    /// <summary>Calls one of the engine's methods.</summary>
    public Task<TResponse> CallEngineAsync<TRequest, TResponse>(RpcMethod<TRequest, TResponse> method, TRequest request)
        where TRequest : class, Google.Protobuf.IMessage<TRequest>, new()
        where TResponse : class, Google.Protobuf.IMessage<TResponse>, new() => _engine.CallAsync(method, request, _cancellation);

    public async Task<bool> SupportsAsync(string feature) => (await _monitor.CallAsync(
        ResourceMonitorMethods.SupportsFeature, new SupportsFeatureRequest { Id = feature }, _cancellation)).HasSupport;

    public Task LogAsync(LogSeverity severity, string message, string urn = "") => _engine.CallAsync(
        EngineMethods.Log, new LogRequest { Severity = severity, Message = message, Urn = urn }, _cancellation);

    public Task SignalAndWaitForShutdownAsync() => _monitor.CallAsync(ResourceMonitorMethods.SignalAndWaitForShutdown, new Empty(), _cancellation);

    public async ValueTask DisposeAsync()
    {
        await _monitor.DisposeAsync();
        await _engine.DisposeAsync();
    }
}

/// <summary>A resource as the engine answered its registration.</summary>
internal sealed record Registered(string Urn, string Id, PropertyMap Outputs, Result Result, bool Unknown)
{
    /// <summary>How others name it as their provider.</summary>
    public string ProviderReference => $"{Urn}::{(Id.Length > 0 ? Id : Signatures.Unknown)}";
}
