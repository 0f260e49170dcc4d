using System.Collections.Concurrent;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;

namespace FogInfra.Tests.Kubernetes.Support;

/// <summary>An engine that remembers what it is told.</summary>
internal sealed class RecordingHost : IProviderHost
{
    private readonly ConcurrentQueue<(LogSeverity Severity, string Text, bool Ephemeral)> _messages = new();

    public IEnumerable<string> Statuses => _messages.Where(message => message.Ephemeral).Select(message => message.Text);

    public IEnumerable<string> Warnings => _messages.Where(message => message.Severity == LogSeverity.Warning).Select(message => message.Text);

    public IEnumerable<string> All => _messages.Select(message => message.Text);

    public void Log(LogSeverity severity, Urn? urn, string message, bool ephemeral = false) => _messages.Enqueue((severity, message, ephemeral));
}
