using System.Globalization;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Kubelet;

/// <summary>
/// How the program in a container behaves, told by annotations of the pod (so, of the pod template of a workload):
/// <list type="table">
/// <item><term><c>simulator.foginfra.dev/ready: never</c></term><description>It starts, but its readiness probe never succeeds.</description></item>
/// <item><term><c>simulator.foginfra.dev/start-seconds: "20"</c></term><description>It needs that long after its start to become ready.</description></item>
/// <item><term><c>simulator.foginfra.dev/pull-seconds: "5"</c></term><description>Pulling its image takes that long.</description></item>
/// <item><term><c>simulator.foginfra.dev/exit-after-seconds: "2"</c></term><description>It ends that long after its start; if it is to run for ever, it crashes again and again.</description></item>
/// <item><term><c>simulator.foginfra.dev/exit-code: "1"</c></term><description>With what code it ends: 1 by default for one that is to run for ever, else 0.</description></item>
/// <item><term><c>simulator.foginfra.dev/stop-seconds: "10"</c></term><description>It needs that long to end after the signal, at most the pod's grace period.</description></item>
/// </list>
/// Each applies to all containers of the pod; with the name of a container behind it, such as <c>simulator.foginfra.dev/ready.web</c>, to that one.
/// Seconds may have a fraction.
/// </summary>
internal sealed record PodBehaviour
{
    /// <summary>The start of the annotations' names.</summary>
    public const string Prefix = "simulator.foginfra.dev/";

    /// <summary>Whether the container never becomes ready.</summary>
    public bool NeverReady { get; private init; }

    /// <summary>The time from start to ready; null for the cluster's own.</summary>
    public TimeSpan? Start { get; private init; }

    /// <summary>The time of a pull; null for the cluster's own.</summary>
    public TimeSpan? Pull { get; private init; }

    /// <summary>The time from start to end; null when it does not end by itself.</summary>
    public TimeSpan? ExitAfter { get; private init; }

    /// <summary>The code with which it ends; null for the usual one.</summary>
    public int? ExitCode { get; private init; }

    /// <summary>The time from signal to end; null for the cluster's own.</summary>
    public TimeSpan? Stop { get; private init; }

    /// <summary>The behaviour of a container. What cannot be read is as if it were not there.</summary>
    public static PodBehaviour Of(JsonMap annotations, string container) => new()
    {
        NeverReady = Text(annotations, container, "ready") == "never",
        Start = Seconds(annotations, container, "start-seconds"),
        Pull = Seconds(annotations, container, "pull-seconds"),
        ExitAfter = Seconds(annotations, container, "exit-after-seconds"),
        ExitCode = int.TryParse(Text(annotations, container, "exit-code"), NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : null,
        Stop = Seconds(annotations, container, "stop-seconds"),
    };

    private static TimeSpan? Seconds(JsonMap annotations, string container, string name) =>
        double.TryParse(Text(annotations, container, name), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : null;

    private static string? Text(JsonMap annotations, string container, string name) =>
        annotations.Text($"{Prefix}{name}.{container}") ?? annotations.Text(Prefix + name);
}
