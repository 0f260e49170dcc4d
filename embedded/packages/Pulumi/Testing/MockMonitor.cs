using System.Collections.Immutable;
using FogInfra.Embedded.Protocol.Values;
using Google.Protobuf.WellKnownTypes;

namespace Pulumi.Testing;

/// <summary>Answers a program under test by asking mocks.</summary>
internal sealed class MockMonitor(IMocks mocks, ProgramSettings settings) : IMonitor
{
    private ImmutableArray<Resource> _resources = [];
    private ImmutableDictionary<string, Struct> _states = ImmutableDictionary<string, Struct>.Empty;

    /// <summary>The resources that were registered or read.</summary>
    public ImmutableArray<Resource> Resources => _resources;

    // Without outputValues, so that mocks get values where the program gave outputs.
    public Task<Wire.SupportsFeatureResponse> SupportsFeatureAsync(Wire.SupportsFeatureRequest request) =>
        Task.FromResult(new Wire.SupportsFeatureResponse { HasSupport = request.Id != "outputValues" });

    public async Task<Wire.RegisterResourceResponse> RegisterResourceAsync(Resource resource, Wire.RegisterResourceRequest request)
    {
        ImmutableInterlocked.Update(ref _resources, resources => resources.Add(resource));
        var urn = UrnOf(request.Parent, request.Type, request.Name);
        if (request.Type == Stack.StackType)
        {
            return new() { Urn = urn, Object = new() };
        }

        var args = new MockResourceArgs
        {
            Type = request.Type,
            Name = request.Name,
            Inputs = Read(request.Object),
            Provider = request.Provider,
            Id = request.ImportId,
        };
        var (id, properties) = await AskAsync(urn, args).ConfigureAwait(false);
        return new() { Urn = urn, Id = id ?? request.ImportId, Object = properties };
    }

    public async Task<Wire.ReadResourceResponse> ReadResourceAsync(Resource resource, Wire.ReadResourceRequest request)
    {
        var urn = UrnOf(request.Parent, request.Type, request.Name);
        var args = new MockResourceArgs
        {
            Type = request.Type,
            Name = request.Name,
            Inputs = Read(request.Properties),
            Provider = request.Provider,
            Id = request.Id,
        };
        var (_, properties) = await AskAsync(urn, args).ConfigureAwait(false);
        ImmutableInterlocked.Update(ref _resources, resources => resources.Add(resource));
        return new() { Urn = urn, Properties = properties };
    }

    public Task RegisterResourceOutputsAsync(Wire.RegisterResourceOutputsRequest request)
    {
        var outputs = PlainValues.ReadEach(WireCodec.FromStruct(request.Outputs))
            .ToImmutableDictionary(pair => pair.Key, pair => new Output<object?>(Task.FromResult(pair.Value)));
        return mocks.RegisterResourceOutputs(new(request.Urn, outputs));
    }

    public async Task<Wire.ResourceInvokeResponse> InvokeAsync(Wire.ResourceInvokeRequest request) => new()
    {
        Return = request.Tok == "pulumi:pulumi:getResource"
            ? FindState(request.Args.Fields["urn"].StringValue)
            : await CallAsync(request.Tok, request.Args, request.Provider).ConfigureAwait(false),
    };

    public async Task<Wire.CallResponse> CallAsync(Wire.ResourceCallRequest request) =>
        new() { Return = await CallAsync(request.Tok, request.Args, request.Provider).ConfigureAwait(false) };

    public Task<Wire.RegisterPackageResponse> RegisterPackageAsync(Wire.RegisterPackageRequest request) =>
        Task.FromResult(new Wire.RegisterPackageResponse { Ref = $"{request.Name}-{request.Version}" });

    public Task RegisterStackInvokeTransformAsync(Wire.Callback callback) => Task.CompletedTask;

    public Task RegisterResourceHookAsync(Wire.RegisterResourceHookRequest request) => Task.CompletedTask;

    public Task RegisterErrorHookAsync(Wire.RegisterErrorHookRequest request) => Task.CompletedTask;

    public Task SignalAndWaitForShutdownAsync() => Task.CompletedTask;

    // A URN under test names the outermost of the ancestors' types only, the stack's too. Tests may rely on it.
    private string UrnOf(string parent, string type, string name)
    {
        var outermost = parent.Length > 0 ? $"{parent.Split("::")[2].Split('$')[0]}$" : "";
        return $"urn:pulumi:{settings.Stack}::{settings.Project}::{outermost}{type}::{name}";
    }

    private async Task<Struct> CallAsync(string token, Struct args, string provider)
    {
        var result = await mocks.CallAsync(new() { Token = token, Args = Read(args), Provider = provider }).ConfigureAwait(false);
        return await WriteAsync(result).ConfigureAwait(false);
    }

    /// <summary>Asks the mocks for a resource, and keeps it for those who ask for its URN.</summary>
    private async Task<(string? Id, Struct Properties)> AskAsync(string urn, MockResourceArgs args)
    {
        var (id, state) = await mocks.NewResourceAsync(args).ConfigureAwait(false);
        var properties = await WriteAsync(state).ConfigureAwait(false);
        var kept = new Struct
        {
            Fields =
            {
                ["urn"] = Value.ForString(urn),
                ["id"] = Value.ForString(id ?? args.Id ?? ""),
                ["state"] = Value.ForStruct(properties),
            },
        };
        ImmutableInterlocked.Update(ref _states, states => states.SetItem(urn, kept));
        return (id, properties);
    }

    private Struct FindState(string urn) =>
        _states.GetValueOrDefault(urn) ?? throw new InvalidOperationException($"The program under test has no resource {urn}.");

    private static ImmutableDictionary<string, object> Read(Struct values) =>
        PlainValues.ReadEach(WireCodec.FromStruct(values))
            .Where(pair => pair.Value is { IsKnown: true, Value: not null })
            .ToImmutableDictionary(pair => pair.Key, pair => pair.Value.Value!);

    private static async Task<Struct> WriteAsync(object values)
    {
        var dictionary = values is IDictionary<string, object> typed ? typed.ToImmutableDictionary() : values;
        return await new ValueWriter().WriteAsync("the mock's answer", dictionary).ConfigureAwait(false) is PropertyValue.Map map
            ? WireCodec.ToStruct(map.Properties, WireOptions.NoOutputs)
            : throw new InvalidOperationException($"A mock must answer with a dictionary, but gave {values.GetType().FullName}.");
    }
}
