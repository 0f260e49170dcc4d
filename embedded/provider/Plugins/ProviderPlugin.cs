using FogInfra.Embedded.Protocol.Rpc;
using FogInfra.Embedded.Protocol.Services;
using FogInfra.Embedded.Protocol.Values;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Wire = FogInfra.Embedded.Protocol.Messages;

namespace FogInfra.Embedded.Provider.Plugins;

/// <summary>A provider in another process, over gRPC.</summary>
public sealed class ProviderPlugin : IResourceProvider, IComponentProvider
{
    private readonly string _package;
    private readonly PluginProcess? _process;
    private readonly RpcChannel _channel;
    private ProviderFeatures? _handshake;

    private ProviderPlugin(string package, PluginProcess? process, string address)
    {
        _package = package;
        _process = process;
        _channel = new RpcChannel(address);
    }

    /// <summary>Starts a plugin and shakes hands with it.</summary>
    /// <param name="package">The package that it manages.</param>
    /// <param name="command">The process; the engine's address is added to its arguments.</param>
    /// <param name="engineAddress">Where the engine takes messages: <c>HOST:PORT</c>.</param>
    /// <param name="rootDirectory">The project's folder.</param>
    /// <param name="onOutput">Called with each line that the plugin writes; the second argument tells whether to its standard error.</param>
    /// <param name="cancellationToken">Gives up waiting for it.</param>
    /// <exception cref="ProviderException">It does not start.</exception>
    public static async Task<ProviderPlugin> StartAsync(
        string package,
        ProcessCommand command,
        string engineAddress,
        string rootDirectory,
        Action<string, bool> onOutput,
        CancellationToken cancellationToken)
    {
        var process = await PluginProcess.StartAsync(
            command with { Arguments = command.Arguments.Add(engineAddress) }, onOutput, cancellationToken).ConfigureAwait(false);
        var plugin = new ProviderPlugin(package, process, process.Address);
        try
        {
            await plugin.ShakeHandsAsync(engineAddress, rootDirectory, command.WorkingDirectory, cancellationToken).ConfigureAwait(false);
            return plugin;
        }
        catch
        {
            await plugin.DisposeAsync().ConfigureAwait(false); // Whatever went wrong, no process may stay behind.
            throw;
        }
    }

    /// <summary>Connects to a plugin that runs already, for example in a debugger.</summary>
    /// <exception cref="ProviderException">It does not answer.</exception>
    public static async Task<ProviderPlugin> AttachAsync(
        string package, string address, string engineAddress, string rootDirectory, CancellationToken cancellationToken)
    {
        var plugin = new ProviderPlugin(package, null, address);
        await plugin.CallAsync(ResourceProviderMethods.Attach, new Wire.PluginAttach { Address = engineAddress }, cancellationToken).ConfigureAwait(false);
        await plugin.ShakeHandsAsync(engineAddress, rootDirectory, rootDirectory, cancellationToken).ConfigureAwait(false);
        return plugin;
    }

    /// <inheritdoc/>
    public async Task<string> GetVersionAsync(CancellationToken cancellationToken) =>
        (await CallAsync(ResourceProviderMethods.GetPluginInfo, new Empty(), cancellationToken).ConfigureAwait(false)).Version;

    /// <inheritdoc/>
    public Task<CheckResult> CheckConfigAsync(CheckRequest request, CancellationToken cancellationToken) =>
        CheckAsync(ResourceProviderMethods.CheckConfig, request, cancellationToken);

    /// <inheritdoc/>
    public Task<DiffResult> DiffConfigAsync(DiffRequest request, CancellationToken cancellationToken) =>
        DiffAsync(ResourceProviderMethods.DiffConfig, request, cancellationToken);

    /// <inheritdoc/>
    public async Task<ProviderFeatures> ConfigureAsync(ConfigureRequest request, CancellationToken cancellationToken)
    {
        var message = new Wire.ConfigureRequest
        {
            Args = ProviderWire.ToStruct(request.Inputs),
            AcceptSecrets = true,
            AcceptResources = true,
            SendsOldInputs = true,
            SendsOldInputsToDelete = true,
        };
        if (request.Urn is { } urn)
        {
            message.Urn = urn.ToString();
            message.Name = urn.Name;
            message.Type = urn.Type;
        }

        foreach (var (name, value) in request.Inputs.Where(pair => pair.Key != "version"))
        {
            message.Variables.Add($"{_package}:config:{name}", ToVariable(value));
        }

        var response = await CallAsync(ResourceProviderMethods.Configure, message, cancellationToken).ConfigureAwait(false);
        // What a plugin said in its handshake counts; only one that has none says it here.
        return _handshake ?? new ProviderFeatures
        {
            AcceptsSecrets = response.AcceptSecrets,
            AcceptsReferences = response.AcceptResources,
            AcceptsOutputs = response.AcceptOutputs,
            SupportsPreview = response.SupportsPreview,
        };
    }

    /// <inheritdoc/>
    public Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancellationToken) =>
        CheckAsync(ResourceProviderMethods.Check, request, cancellationToken);

    /// <inheritdoc/>
    public Task<DiffResult> DiffAsync(DiffRequest request, CancellationToken cancellationToken) =>
        DiffAsync(ResourceProviderMethods.Diff, request, cancellationToken);

    /// <inheritdoc/>
    public async Task<CreateResult> CreateAsync(CreateRequest request, CancellationToken cancellationToken)
    {
        var response = await CallAsync(
            ResourceProviderMethods.Create,
            new Wire.CreateRequest
            {
                Urn = request.Urn.ToString(),
                Name = request.Urn.Name,
                Type = request.Urn.Type,
                Properties = ProviderWire.ToStruct(request.Inputs),
                Timeout = ProviderWire.ToSeconds(request.Timeout),
                Preview = request.Preview,
            },
            cancellationToken).ConfigureAwait(false);
        return new CreateResult(response.Id, WireCodec.FromStruct(response.Properties));
    }

    /// <inheritdoc/>
    public async Task<ReadResult> ReadAsync(ReadRequest request, CancellationToken cancellationToken)
    {
        var response = await CallAsync(
            ResourceProviderMethods.Read,
            new Wire.ReadRequest
            {
                Id = request.Id,
                Urn = request.Urn.ToString(),
                Name = request.Urn.Name,
                Type = request.Urn.Type,
                Properties = ProviderWire.ToStruct(request.Outputs),
                Inputs = ProviderWire.ToStruct(request.Inputs),
                Timeout = ProviderWire.ToSeconds(request.Timeout),
            },
            cancellationToken).ConfigureAwait(false);
        return response.Id.Length == 0
            ? ReadResult.Gone
            : new ReadResult(response.Id, response.Inputs is null ? null : WireCodec.FromStruct(response.Inputs), WireCodec.FromStruct(response.Properties));
    }

    /// <inheritdoc/>
    public async Task<UpdateResult> UpdateAsync(UpdateRequest request, CancellationToken cancellationToken)
    {
        var response = await CallAsync(
            ResourceProviderMethods.Update,
            new Wire.UpdateRequest
            {
                Id = request.Id,
                Urn = request.Urn.ToString(),
                Name = request.Urn.Name,
                Type = request.Urn.Type,
                Olds = ProviderWire.ToStruct(request.OldOutputs),
                OldInputs = ProviderWire.ToStruct(request.OldInputs),
                News = ProviderWire.ToStruct(request.NewInputs),
                Timeout = ProviderWire.ToSeconds(request.Timeout),
                IgnoreChanges = { request.IgnoreChanges },
                Preview = request.Preview,
            },
            cancellationToken).ConfigureAwait(false);
        return new UpdateResult(WireCodec.FromStruct(response.Properties));
    }

    /// <inheritdoc/>
    public Task DeleteAsync(DeleteRequest request, CancellationToken cancellationToken) => CallAsync(
        ResourceProviderMethods.Delete,
        new Wire.DeleteRequest
        {
            Id = request.Id,
            Urn = request.Urn.ToString(),
            Name = request.Urn.Name,
            Type = request.Urn.Type,
            Properties = ProviderWire.ToStruct(request.OldOutputs),
            OldInputs = ProviderWire.ToStruct(request.OldInputs),
            Timeout = ProviderWire.ToSeconds(request.Timeout),
        },
        cancellationToken);

    /// <inheritdoc/>
    public async Task<InvokeResult> InvokeAsync(InvokeRequest request, CancellationToken cancellationToken)
    {
        var response = await CallAsync(
            ResourceProviderMethods.Invoke,
            new Wire.InvokeRequest { Tok = request.Token, Args = ProviderWire.ToStruct(request.Arguments), Preview = request.Preview },
            cancellationToken).ConfigureAwait(false);
        return new InvokeResult(
            WireCodec.FromStruct(response.Return), [.. response.Failures.Select(failure => new CheckFailure(failure.Property, failure.Reason))]);
    }

    /// <inheritdoc/>
    public Task<Wire.ConstructResponse> ConstructAsync(Wire.ConstructRequest request, CancellationToken cancellationToken) =>
        CallAsync(ResourceProviderMethods.Construct, request, cancellationToken);

    /// <inheritdoc/>
    public Task<Wire.CallResponse> CallAsync(Wire.CallRequest request, CancellationToken cancellationToken) =>
        CallAsync(ResourceProviderMethods.Call, request, cancellationToken);

    /// <inheritdoc/>
    public async Task CancelAsync(CancellationToken cancellationToken)
    {
        try
        {
            await CallAsync(ResourceProviderMethods.Cancel, new Empty(), cancellationToken).ConfigureAwait(false);
        }
        catch (NotSupportedException)
        {
            // A plugin need not be able to end what it does early.
        }
    }

    /// <summary>Ends the plugin: asks it to end what it does, interrupts its process, and after five seconds kills it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            try
            {
                await CancelAsync(CancellationToken.None).ConfigureAwait(false);
            }
            catch (ProviderException)
            {
                // It is ended by other means in a moment.
            }
        }

        await _channel.DisposeAsync().ConfigureAwait(false);
        if (_process is not null)
        {
            await _process.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task ShakeHandsAsync(string engineAddress, string rootDirectory, string programDirectory, CancellationToken cancellationToken)
    {
        try
        {
            var response = await CallAsync(
                ResourceProviderMethods.Handshake,
                new Wire.ProviderHandshakeRequest
                {
                    EngineAddress = engineAddress,
                    RootDirectory = rootDirectory,
                    ProgramDirectory = programDirectory,
                    ConfigureWithUrn = true,
                    InvokeWithPreview = true,
                },
                cancellationToken).ConfigureAwait(false);
            _handshake = new ProviderFeatures
            {
                AcceptsSecrets = response.AcceptSecrets,
                AcceptsReferences = response.AcceptResources,
                AcceptsOutputs = response.AcceptOutputs,
                SupportsPreview = true,
            };
        }
        catch (NotSupportedException)
        {
            // An older plugin, which tells what it can do when it is configured.
        }
    }

    private async Task<CheckResult> CheckAsync(
        RpcMethod<Wire.CheckRequest, Wire.CheckResponse> method, CheckRequest request, CancellationToken cancellationToken)
    {
        var message = new Wire.CheckRequest
        {
            Urn = request.Urn.ToString(),
            Name = request.Urn.Name,
            Type = request.Urn.Type,
            Olds = ProviderWire.ToStruct(request.OldInputs),
            News = ProviderWire.ToStruct(request.NewInputs),
            RandomSeed = ByteString.CopyFrom(request.RandomSeed.IsDefault ? [] : request.RandomSeed.AsSpan()),
        };
        return ProviderWire.ToResult(await CallAsync(method, message, cancellationToken).ConfigureAwait(false));
    }

    private async Task<DiffResult> DiffAsync(
        RpcMethod<Wire.DiffRequest, Wire.DiffResponse> method, DiffRequest request, CancellationToken cancellationToken)
    {
        var message = new Wire.DiffRequest
        {
            Id = request.Id,
            Urn = request.Urn.ToString(),
            Name = request.Urn.Name,
            Type = request.Urn.Type,
            Olds = ProviderWire.ToStruct(request.OldOutputs),
            OldInputs = ProviderWire.ToStruct(request.OldInputs),
            News = ProviderWire.ToStruct(request.NewInputs),
            IgnoreChanges = { request.IgnoreChanges },
        };
        return ProviderWire.ToResult(await CallAsync(method, message, cancellationToken).ConfigureAwait(false));
    }

    private async Task<TResponse> CallAsync<TRequest, TResponse>(
        RpcMethod<TRequest, TResponse> method, TRequest request, CancellationToken cancellationToken)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        try
        {
            return await _channel.CallAsync(method, request, cancellationToken).ConfigureAwait(false);
        }
        catch (RpcException exception) when (exception.Code == RpcStatusCode.Unavailable && _process is not null)
        {
            if (!await _process.HasEndedSoonAsync().ConfigureAwait(false))
            {
                throw ProviderWire.ToException(exception, method.Name);
            }

            throw new ProviderException($"the plugin of '{_package}' has ended unexpectedly during {method.Name}", exception) { StateUnknown = true };
        }
        catch (RpcException exception)
        {
            throw ProviderWire.ToException(exception, method.Name);
        }
    }

    private static string ToVariable(PropertyValue value)
    {
        var plain = value.Reveal();
        return plain is PropertyValue.Text text ? text.Value : PlainJson.ToJson(plain)?.ToJsonString() ?? "null";
    }
}
