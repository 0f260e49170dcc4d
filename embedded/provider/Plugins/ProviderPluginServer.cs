using FogInfra.Embedded.Protocol.Rpc;
using FogInfra.Embedded.Protocol.Services;
using FogInfra.Embedded.Protocol.Values;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Wire = FogInfra.Embedded.Protocol.Messages;

namespace FogInfra.Embedded.Provider.Plugins;

/// <summary>Serves a provider as a plugin executable: what the <c>Main</c> of a <c>pulumi-resource-*</c> program calls.</summary>
public sealed class ProviderPluginServer
{
    private readonly IResourceProvider _provider;
    private ProviderFeatures _features = new();

    private ProviderPluginServer(IResourceProvider provider) => _provider = provider;

    /// <summary>Serves until the token is cancelled.</summary>
    /// <param name="arguments">The program's arguments; the one that is no flag is the engine's address.</param>
    /// <param name="create">Makes the provider.</param>
    /// <param name="output">The program's standard output, where the port is announced.</param>
    /// <param name="cancellationToken">Cancelled when the engine interrupts the program.</param>
    /// <exception cref="ArgumentException">There is more than one address.</exception>
    public static async Task RunAsync(
        IReadOnlyList<string> arguments, Func<IProviderHost, IResourceProvider> create, TextWriter output, CancellationToken cancellationToken)
    {
        var addresses = arguments.Where(argument => !argument.StartsWith('-')).ToArray();
        if (addresses.Length > 1)
        {
            throw new ArgumentException($"A plugin takes one address of an engine, not {addresses.Length}.", nameof(arguments));
        }

        await using var log = new EngineLog(addresses.FirstOrDefault());
        await using var provider = create(log);
        await using var server = await StartAsync(provider, cancellationToken).ConfigureAwait(false);
        await output.WriteLineAsync(server.Address.Split(':')[^1]).ConfigureAwait(false);
        await output.FlushAsync(cancellationToken).ConfigureAwait(false);

        var stopped = new TaskCompletionSource();
        await using var registration = cancellationToken.Register(stopped.SetResult);
        await stopped.Task.ConfigureAwait(false);
    }

    /// <summary>Serves a provider on loopback until the result is disposed.</summary>
    public static Task<RpcServer> StartAsync(IResourceProvider provider, CancellationToken cancellationToken)
    {
        var service = new RpcService();
        new ProviderPluginServer(provider).AddTo(service);
        return RpcServer.StartAsync(service, cancellationToken);
    }

    private void AddTo(RpcService service)
    {
        Add(service, ResourceProviderMethods.GetPluginInfo, async (_, cancellation) =>
            new Wire.PluginInfo { Version = await _provider.GetVersionAsync(cancellation).ConfigureAwait(false) });
        Add(service, ResourceProviderMethods.Attach, (_, _) => Task.FromResult(new Empty()));
        Add(service, ResourceProviderMethods.CheckConfig, async (request, cancellation) =>
            ProviderWire.ToMessage(await _provider.CheckConfigAsync(ToRequest(request), cancellation).ConfigureAwait(false)));
        Add(service, ResourceProviderMethods.DiffConfig, async (request, cancellation) =>
            ProviderWire.ToMessage(await _provider.DiffConfigAsync(ToRequest(request), cancellation).ConfigureAwait(false)));
        Add(service, ResourceProviderMethods.Configure, ConfigureAsync);
        Add(service, ResourceProviderMethods.Check, async (request, cancellation) =>
            ProviderWire.ToMessage(await _provider.CheckAsync(ToRequest(request), cancellation).ConfigureAwait(false)));
        Add(service, ResourceProviderMethods.Diff, async (request, cancellation) =>
            ProviderWire.ToMessage(await _provider.DiffAsync(ToRequest(request), cancellation).ConfigureAwait(false)));
        Add(service, ResourceProviderMethods.Create, CreateAsync);
        Add(service, ResourceProviderMethods.Read, ReadAsync);
        Add(service, ResourceProviderMethods.Update, UpdateAsync);
        Add(service, ResourceProviderMethods.Delete, DeleteAsync);
        Add(service, ResourceProviderMethods.Invoke, InvokeAsync);
        Add(service, ResourceProviderMethods.Cancel, async (_, cancellation) =>
        {
            await _provider.CancelAsync(cancellation).ConfigureAwait(false);
            return new Empty();
        });
    }

    private static void Add<TRequest, TResponse>(
        RpcService service, RpcMethod<TRequest, TResponse> method, Func<TRequest, CancellationToken, Task<TResponse>> handle)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() => service.Unary(method, async (request, cancellation) =>
        {
            try
            {
                return await handle(request, cancellation).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is ProviderException or NotSupportedException)
            {
                throw ProviderWire.ToStatus(exception);
            }
        });

    private async Task<Wire.ConfigureResponse> ConfigureAsync(Wire.ConfigureRequest request, CancellationToken cancellationToken)
    {
        _features = await _provider.ConfigureAsync(
            new ConfigureRequest(Urn.TryParse(request.Urn), WireCodec.FromStruct(request.Args)), cancellationToken).ConfigureAwait(false);
        return new Wire.ConfigureResponse
        {
            AcceptSecrets = _features.AcceptsSecrets, AcceptResources = _features.AcceptsReferences, SupportsPreview = _features.SupportsPreview,
        };
    }

    private async Task<Wire.CreateResponse> CreateAsync(Wire.CreateRequest request, CancellationToken cancellationToken)
    {
        var result = await _provider.CreateAsync(
            new CreateRequest(
                Urn.Parse(request.Urn), WireCodec.FromStruct(request.Properties), ProviderWire.ToTimeout(request.Timeout), request.Preview),
            cancellationToken).ConfigureAwait(false);
        return new Wire.CreateResponse { Id = result.Id, Properties = ProviderWire.ToStruct(result.Outputs) };
    }

    private async Task<Wire.ReadResponse> ReadAsync(Wire.ReadRequest request, CancellationToken cancellationToken)
    {
        var result = await _provider.ReadAsync(
            new ReadRequest(
                Urn.Parse(request.Urn),
                request.Id,
                WireCodec.FromStruct(request.Inputs),
                WireCodec.FromStruct(request.Properties),
                ProviderWire.ToTimeout(request.Timeout)),
            cancellationToken).ConfigureAwait(false);
        return result.Id.Length == 0 ? new Wire.ReadResponse() : new Wire.ReadResponse
        {
            Id = result.Id,
            Properties = ProviderWire.ToStruct(result.Outputs),
            Inputs = result.Inputs is null ? null : ProviderWire.ToStruct(result.Inputs),
        };
    }

    private async Task<Wire.UpdateResponse> UpdateAsync(Wire.UpdateRequest request, CancellationToken cancellationToken)
    {
        var result = await _provider.UpdateAsync(
            new UpdateRequest(
                Urn.Parse(request.Urn),
                request.Id,
                WireCodec.FromStruct(request.OldInputs),
                WireCodec.FromStruct(request.Olds),
                WireCodec.FromStruct(request.News),
                ProviderWire.ToTimeout(request.Timeout),
                [.. request.IgnoreChanges],
                request.Preview),
            cancellationToken).ConfigureAwait(false);
        return new Wire.UpdateResponse { Properties = ProviderWire.ToStruct(result.Outputs) };
    }

    private async Task<Empty> DeleteAsync(Wire.DeleteRequest request, CancellationToken cancellationToken)
    {
        await _provider.DeleteAsync(
            new DeleteRequest(
                Urn.Parse(request.Urn),
                request.Id,
                WireCodec.FromStruct(request.OldInputs),
                WireCodec.FromStruct(request.Properties),
                ProviderWire.ToTimeout(request.Timeout)),
            cancellationToken).ConfigureAwait(false);
        return new Empty();
    }

    private async Task<Wire.InvokeResponse> InvokeAsync(Wire.InvokeRequest request, CancellationToken cancellationToken)
    {
        var result = await _provider.InvokeAsync(
            new InvokeRequest(request.Tok, WireCodec.FromStruct(request.Args), request.Preview), cancellationToken).ConfigureAwait(false);
        return new Wire.InvokeResponse
        {
            Return = ProviderWire.ToStruct(result.Return), Failures = { result.Failures.Select(ProviderWire.ToMessage) },
        };
    }

    private static CheckRequest ToRequest(Wire.CheckRequest request) => new(
        Urn.Parse(request.Urn), WireCodec.FromStruct(request.Olds), WireCodec.FromStruct(request.News), [.. request.RandomSeed]);

    private static DiffRequest ToRequest(Wire.DiffRequest request) => new(
        Urn.Parse(request.Urn),
        request.Id,
        WireCodec.FromStruct(request.OldInputs),
        WireCodec.FromStruct(request.Olds),
        WireCodec.FromStruct(request.News),
        [.. request.IgnoreChanges]);
}
