using System.Threading.Channels;
using FogInfra.Embedded.Protocol.Rpc;
using FogInfra.Embedded.Protocol.Services;
using FogInfra.Embedded.Protocol.Values;
using Wire = FogInfra.Embedded.Protocol.Messages;

namespace FogInfra.Embedded.Provider.Plugins;

/// <summary>Sends a plugin's messages to the engine, in order, without the provider waiting for them.</summary>
internal sealed class EngineLog : IProviderHost, IAsyncDisposable
{
    private readonly Channel<Wire.LogRequest> _messages = Channel.CreateUnbounded<Wire.LogRequest>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task _sender;

    /// <summary>Starts.</summary>
    /// <param name="address">The engine's address; null for none, when messages are dropped.</param>
    public EngineLog(string? address) => _sender = address is null ? Task.CompletedTask : SendAsync(address);

    /// <inheritdoc/>
    public void Log(LogSeverity severity, Urn? urn, string message, bool ephemeral = false) => _messages.Writer.TryWrite(new Wire.LogRequest
    {
        Severity = (Wire.LogSeverity)severity, Urn = urn?.ToString() ?? "", Message = message, Ephemeral = ephemeral,
    });

    /// <summary>Sends what is left.</summary>
    public async ValueTask DisposeAsync()
    {
        _messages.Writer.TryComplete();
        await _sender.ConfigureAwait(false);
    }

    private async Task SendAsync(string address)
    {
        await using var channel = new RpcChannel(address);
        await foreach (var message in _messages.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            try
            {
                await channel.CallAsync(EngineMethods.Log, message, CancellationToken.None).ConfigureAwait(false);
            }
            catch (RpcException)
            {
                // The engine has gone away: nobody is left to read it.
            }
        }
    }
}
