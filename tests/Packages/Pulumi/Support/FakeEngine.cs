using System.Collections.Concurrent;
using FogInfra.Embedded.Protocol.Rpc;
using FogInfra.Embedded.Protocol.Services;
using Google.Protobuf.WellKnownTypes;
using ProtocolUrn = FogInfra.Embedded.Protocol.Values.Urn;

namespace FogInfra.Tests;

/// <summary>An engine that a program can talk to: it answers at once, remembers what it was asked, and creates nothing.</summary>
internal sealed class FakeEngine : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _calls = [];
    private readonly ConcurrentQueue<Wire.RegisterResourceRequest> _registrations = [];
    private readonly ConcurrentQueue<Wire.ReadResourceRequest> _reads = [];
    private readonly ConcurrentQueue<Wire.RegisterResourceOutputsRequest> _outputs = [];
    private readonly ConcurrentQueue<Wire.ResourceInvokeRequest> _invokes = [];
    private readonly ConcurrentQueue<Wire.ResourceCallRequest> _methodCalls = [];
    private readonly ConcurrentQueue<Wire.LogRequest> _logs = [];
    private RpcServer? _server;

    private FakeEngine()
    {
        OnRegister = request => Task.FromResult(Register(request));
        OnRead = request => Task.FromResult(new Wire.ReadResourceResponse
        {
            Urn = UrnOf(request.Parent, request.Type, request.Name),
            Properties = request.Properties,
        });
    }

    public string Address => _server!.Address;

    public HashSet<string> Features { get; } =
    [
        "resourceReferences", "aliasSpecs", "deletedWith", "replaceWith", "transforms", "invokeTransforms", "resourceHooks",
        "parameterization",
    ];

    public Func<Wire.RegisterResourceRequest, Task<Wire.RegisterResourceResponse>> OnRegister { get; set; }

    public Func<Wire.ReadResourceRequest, Task<Wire.ReadResourceResponse>> OnRead { get; set; }

    public Func<Wire.ResourceInvokeRequest, Wire.ResourceInvokeResponse> OnInvoke { get; set; } =
        request => new() { Return = request.Args };

    public Func<Wire.ResourceCallRequest, Wire.CallResponse> OnCall { get; set; } = request => new() { Return = request.Args };

    public Func<Task> OnShutdown { get; set; } = () => Task.CompletedTask;

    public Func<Wire.LogRequest, Task> OnLog { get; set; } = _ => Task.CompletedTask;

    /// <summary>The names of the methods that were called, in order.</summary>
    public IReadOnlyList<string> Calls => [.. _calls];

    public IReadOnlyList<string> FeaturesAskedFor =>
        [.. _calls.Select(call => call.Split(' ')).Where(call => call[0] == "SupportsFeature").Select(call => call[1])];

    public IReadOnlyList<Wire.RegisterResourceRequest> Registrations => [.. _registrations];

    public IReadOnlyList<Wire.ReadResourceRequest> Reads => [.. _reads];

    public IReadOnlyList<Wire.RegisterResourceOutputsRequest> Outputs => [.. _outputs];

    public IReadOnlyList<Wire.ResourceInvokeRequest> Invokes => [.. _invokes];

    public IReadOnlyList<Wire.ResourceCallRequest> MethodCalls => [.. _methodCalls];

    public ConcurrentQueue<Wire.Callback> InvokeTransforms { get; } = [];

    public ConcurrentQueue<Wire.RegisterResourceHookRequest> Hooks { get; } = [];

    public ConcurrentQueue<Wire.RegisterErrorHookRequest> ErrorHooks { get; } = [];

    public ConcurrentQueue<Wire.RegisterPackageRequest> Packages { get; } = [];

    /// <summary>What the program wrote, without what is for finding errors only.</summary>
    public IReadOnlyList<Wire.LogRequest> Logs => [.. _logs.Where(log => log.Severity != Wire.LogSeverity.Debug)];

    public IReadOnlyList<string> Errors => [.. _logs.Where(log => log.Severity == Wire.LogSeverity.Error).Select(log => log.Message)];

    public static async Task<FakeEngine> StartAsync()
    {
        var engine = new FakeEngine();
        engine._server = await RpcServer.StartAsync(engine.CreateService(), TestContext.Current.CancellationToken);
        return engine;
    }

    /// <summary>The registration of the resource of that name.</summary>
    public Wire.RegisterResourceRequest Registration(string name) => Assert.Single(_registrations, request => request.Name == name);

    /// <summary>The inputs of the resource of that name.</summary>
    public IDictionary<string, Value> Inputs(string name) => Registration(name).Object.Fields;

    /// <summary>What an engine answers that gives a resource its inputs as outputs.</summary>
    public Wire.RegisterResourceResponse Register(Wire.RegisterResourceRequest request) => new()
    {
        Urn = UrnOf(request.Parent, request.Type, request.Name),
        Id = request.Custom ? $"{request.Name}-id" : "",
        Object = request.Custom ? request.Object : new Struct(),
    };

    /// <summary>Lets the resource of that name have these outputs; the others have their inputs.</summary>
    public void Answer(string name, Struct outputs, string? id = null) => AnswerWith(name, response =>
    {
        response.Object = outputs;
        response.Id = id ?? response.Id;
    });

    /// <summary>Changes the answer for the resource of that name.</summary>
    public void AnswerWith(string name, Action<Wire.RegisterResourceResponse> change)
    {
        var others = OnRegister;
        OnRegister = async request =>
        {
            var response = await others(request);
            if (request.Name == name)
            {
                change(response);
            }

            return response;
        };
    }

    public async ValueTask DisposeAsync() => await _server!.DisposeAsync();

    private static string UrnOf(string parent, string type, string name) =>
        ProtocolUrn.Create("dev", "proj", parent.Length > 0 ? ProtocolUrn.Parse(parent) : null, type, name).ToString();

    private RpcService CreateService() => new RpcService()
        .Unary(ResourceMonitorMethods.SupportsFeature, (request, _) =>
        {
            _calls.Enqueue($"SupportsFeature {request.Id}");
            return Task.FromResult(new Wire.SupportsFeatureResponse { HasSupport = Features.Contains(request.Id) });
        })
        .Unary(ResourceMonitorMethods.RegisterResource, (request, _) =>
        {
            Note($"RegisterResource {request.Name}", _registrations, request);
            return OnRegister(request);
        })
        .Unary(ResourceMonitorMethods.ReadResource, (request, _) =>
        {
            Note($"ReadResource {request.Name}", _reads, request);
            return OnRead(request);
        })
        .Unary(ResourceMonitorMethods.RegisterResourceOutputs, (request, _) =>
        {
            Note("RegisterResourceOutputs", _outputs, request);
            return Task.FromResult(new Empty());
        })
        .Unary(ResourceMonitorMethods.Invoke, (request, _) =>
        {
            Note($"Invoke {request.Tok}", _invokes, request);
            return Task.FromResult(OnInvoke(request));
        })
        .Unary(ResourceMonitorMethods.Call, (request, _) =>
        {
            Note($"Call {request.Tok}", _methodCalls, request);
            return Task.FromResult(OnCall(request));
        })
        .Unary(ResourceMonitorMethods.RegisterStackInvokeTransform, (request, _) =>
        {
            Note("RegisterStackInvokeTransform", InvokeTransforms, request);
            return Task.FromResult(new Empty());
        })
        .Unary(ResourceMonitorMethods.RegisterResourceHook, (request, _) =>
        {
            Note($"RegisterResourceHook {request.Name}", Hooks, request);
            return Task.FromResult(new Empty());
        })
        .Unary(ResourceMonitorMethods.RegisterErrorHook, (request, _) =>
        {
            Note($"RegisterErrorHook {request.Name}", ErrorHooks, request);
            return Task.FromResult(new Empty());
        })
        .Unary(ResourceMonitorMethods.RegisterPackage, (request, _) =>
        {
            Note($"RegisterPackage {request.Name}", Packages, request);
            return Task.FromResult(new Wire.RegisterPackageResponse { Ref = $"ref-{request.Name}" });
        })
        .Unary(ResourceMonitorMethods.SignalAndWaitForShutdown, async (request, _) =>
        {
            _calls.Enqueue("SignalAndWaitForShutdown");
            await OnShutdown();
            return request;
        })
        .Unary(EngineMethods.Log, async (request, _) =>
        {
            _logs.Enqueue(request);
            await OnLog(request);
            return new Empty();
        });

    private void Note<T>(string call, ConcurrentQueue<T> requests, T request)
    {
        _calls.Enqueue(call);
        requests.Enqueue(request);
    }
}
