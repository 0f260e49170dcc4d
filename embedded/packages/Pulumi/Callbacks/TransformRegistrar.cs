using System.Collections.Immutable;
using FogInfra.Embedded.Protocol.Values;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Pulumi;

/// <summary>Lends the program's transforms to the engine, and runs them when it calls.</summary>
internal sealed class TransformRegistrar(ProgramRun program)
{
    private readonly Lock _lock = new();
    private Task _invokeTransforms = Task.CompletedTask;

    /// <summary>Ends when the engine has all invoke transforms that the program has registered so far.</summary>
    public Task InvokeTransformsRegistered
    {
        get
        {
            lock (_lock)
            {
                return _invokeTransforms;
            }
        }
    }

    /// <summary>Registers a transform of calls of functions.</summary>
    public void Register(InvokeTransform transform)
    {
        ArgumentNullException.ThrowIfNull(transform);
        var registration = RegisterAsync(transform);
        program.Work.Track(registration);
        lock (_lock)
        {
            _invokeTransforms = Task.WhenAll(_invokeTransforms, registration);
        }
    }

    /// <summary>Lends transforms of resources, for the request of a resource.</summary>
    public async Task<IReadOnlyList<Wire.Callback>> RegisterAsync(IReadOnlyCollection<ResourceTransform> transforms)
    {
        if (transforms.Count == 0)
        {
            return [];
        }

        await program.Features.RequireAsync("transforms", "the option ResourceTransforms").ConfigureAwait(false);
        var callbacks = transforms.Select(transform =>
            program.Callbacks.LendAsync((request, cancellationToken) => RunAsync(transform, request, cancellationToken)));
        return await Task.WhenAll(callbacks).ConfigureAwait(false);
    }

    private async Task RegisterAsync(InvokeTransform transform)
    {
        await program.Features.RequireAsync("invokeTransforms", "invoke transforms").ConfigureAwait(false);
        var callback = await program.Callbacks
            .LendAsync((request, cancellationToken) => RunAsync(transform, request, cancellationToken)).ConfigureAwait(false);
        await program.Monitor.RegisterStackInvokeTransformAsync(callback).ConfigureAwait(false);
    }

    private static async Task<IMessage> RunAsync(ResourceTransform transform, ByteString message, CancellationToken cancellationToken)
    {
        var request = Wire.TransformRequest.Parser.ParseFrom(message);
        var args = new ResourceTransformArgs(
            request.Name, request.Type, request.Custom, Read(request.Properties), TransformOptions.Read(request));
        if (await transform(args, cancellationToken).ConfigureAwait(false) is not { } result)
        {
            return new Wire.TransformResponse();
        }

        return new Wire.TransformResponse
        {
            Properties = await WriteAsync($"{request.Name} [{request.Type}], transformed", result.Args).ConfigureAwait(false),
            Options = await TransformOptions.WriteAsync(result.Options).ConfigureAwait(false),
        };
    }

    private static async Task<IMessage> RunAsync(InvokeTransform transform, ByteString message, CancellationToken cancellationToken)
    {
        var request = Wire.TransformInvokeRequest.Parser.ParseFrom(message);
        var wireOptions = request.Options ?? new();
        var options = new InvokeOptions
        {
            Provider = wireOptions.Provider.Length > 0 ? DependencyProviderResource.Parse(wireOptions.Provider) : null,
            Version = wireOptions.Version,
            PluginDownloadURL = wireOptions.PluginDownloadUrl,
        };
        var args = new InvokeTransformArgs(request.Token, Read(request.Args), options);
        if (await transform(args, cancellationToken).ConfigureAwait(false) is not { } result)
        {
            return new Wire.TransformInvokeResponse();
        }

        return new Wire.TransformInvokeResponse
        {
            Args = await WriteAsync($"{request.Token}, transformed", result.Args).ConfigureAwait(false),
            Options = new()
            {
                Provider = result.Options.Provider is { } provider ? await provider.GetReferenceAsync().ConfigureAwait(false) : "",
                Version = result.Options.Version ?? "",
                PluginDownloadUrl = result.Options.PluginDownloadURL ?? "",
            },
        };
    }

    // Values about which there is more to know come from the engine as output values, which become outputs.
    private static ImmutableDictionary<string, object?> Read(Struct? values) =>
        PlainValues.ReadEach(WireCodec.FromStruct(values)).ToImmutableDictionary(pair => pair.Key, pair => pair.Value.Value);

    private static async Task<Struct> WriteAsync(string path, ImmutableDictionary<string, object?> values) =>
        (await WrittenInputs.WriteAsync(path, values, WireOptions.KeepAll).ConfigureAwait(false)).ToStruct();
}
