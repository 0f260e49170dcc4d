using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using FogInfra.Clusters.Tools;
using FogInfra.Embedded.Simulator.Client;
using FogInfra.Embedded.Simulator.Clusters;
using FogInfra.Embedded.Simulator.Hosting;

namespace FogInfra.Tests;

/// <summary>
/// A machine with docker, kind and k3d that are not there: it answers as they do, keeps containers and networks in memory, and writes
/// every command down. The API servers of its clusters are simulated, so that nodes can be read and changed as everywhere.
/// </summary>
internal sealed class FakeMachine : IToolRunner, IAsyncDisposable
{
    private readonly SimulatorServer _server;
    private readonly ConcurrentQueue<ToolCommand> _commands = [];

    private FakeMachine(SimulatorServer server) => _server = server;

    /// <summary>Containers: cluster, role and state by name.</summary>
    public ConcurrentDictionary<string, (string Cluster, string Role, string State)> Containers { get; } = new(StringComparer.Ordinal);

    /// <summary>Networks, and whether they are ours.</summary>
    public ConcurrentDictionary<string, bool> Networks { get; } = new(StringComparer.Ordinal);

    /// <summary>Images of the machine, and their digests.</summary>
    public ConcurrentDictionary<string, string> Images { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether the kubelet of a container that is started tells of its node at once.</summary>
    public bool KubeletsSpeak { get; set; } = true;

    /// <summary>Tools that are not on PATH.</summary>
    public HashSet<string> Missing { get; } = [];

    /// <summary>What a command answers instead, by the beginning of its line.</summary>
    public Dictionary<string, Func<ToolResult>> Answers { get; } = [];

    /// <summary>Lines that a command writes while it runs, by the beginning of its line.</summary>
    public Dictionary<string, string[]> Lines { get; } = [];

    /// <summary>The commands, in order.</summary>
    public IReadOnlyList<ToolCommand> Commands => [.. _commands];

    /// <summary>The lines of the commands that changed something.</summary>
    public IReadOnlyList<string> Changes => [.. _commands.Where(command => command.Changes).Select(command => command.ToString())];

    public static async Task<FakeMachine> StartAsync() => new(await SimulatorServer.StartAsync(new SimulatorOptions(), TestContext.Current.CancellationToken));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    public void Forget() => _commands.Clear();

    public async Task<ToolResult> RunAsync(ToolCommand command, Action<string>? onLine, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _commands.Enqueue(command);
        if (Missing.Contains(command.Tool))
        {
            throw new ToolException(ToolInfo.Missing(command.Tool)) { IsMissing = true };
        }

        var line = command.ToString();
        if (Answers.FirstOrDefault(answer => line.StartsWith(answer.Key, StringComparison.Ordinal)).Value is { } answer)
        {
            return answer();
        }

        foreach (var written in Lines.Where(lines => line.StartsWith(lines.Key, StringComparison.Ordinal)).SelectMany(lines => lines.Value))
        {
            onLine?.Invoke(written);
        }

        return command.Tool switch
        {
            "kind" => await KindAsync(command, cancellationToken),
            "k3d" => await K3dAsync(command, cancellationToken),
            _ => await DockerAsync(command),
        };
    }

    /// <summary>Has the kubelet of a node say that it is ready.</summary>
    public async Task SpeakAsync(string node, DateTimeOffset at)
    {
        var heartbeat = at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        using var client = new HttpClient();
        using var patch = new StringContent(
            $$$"""{"status":{"conditions":[{"type":"Ready","status":"True","lastHeartbeatTime":"{{{heartbeat}}}"}]}}""", Encoding.UTF8, "application/strategic-merge-patch+json");
        using var answer = await client.PatchAsync($"{_server.AddressOf(Containers[node].Cluster)}/api/v1/nodes/{node}/status", patch, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    private static ToolResult Said(string output) => new(0, output, "");

    private static ToolResult Failed(string error) => new(1, "", error);

    private static string After(ToolCommand command, string option) => command.Arguments[command.Arguments.IndexOf(option) + 1];

    private async Task<ToolResult> KindAsync(ToolCommand command, CancellationToken cancellationToken)
    {
        switch (command.Arguments[0])
        {
            case "version":
                return Said("kind v0.27.0 go1.23.6 linux/amd64\n");
            case "create":
                var (name, text) = (After(command, "--name"), command.Input!);
                var roles = text.Split('\n').Where(line => line.TrimStart(' ', '-').StartsWith("role:", StringComparison.Ordinal)).Select(line => line.Split(':')[1].Trim()).ToList();
                var nodes = roles.Select((role, index) => (Name: $"{name}-{role}{Number(roles, index)}", Role: role)).ToList();
                await MakeAsync(name, nodes.Select(node => (node.Name, node.Role, node.Role == "control-plane")), cancellationToken);
                await File.WriteAllTextAsync(After(command, "--kubeconfig"), Kubeconfig(name, $"kind-{name}"), cancellationToken);
                return Said("");
            case "delete":
                return await DeleteAsync(After(command, "--name"), cancellationToken);
            case "get":
                return Said(Kubeconfig(After(command, "--name"), $"kind-{After(command, "--name")}"));
            default:
                return Said("");
        }
    }

    private async Task<ToolResult> K3dAsync(ToolCommand command, CancellationToken cancellationToken)
    {
        switch (command.Arguments[0], command.Arguments.ElementAtOrDefault(1))
        {
            case ("version", _):
                return Said("k3d version v5.8.3\nk3s version v1.31.5-k3s1 (default)\n");
            case ("cluster", "create"):
                var text = await File.ReadAllTextAsync(After(command, "--config"), cancellationToken);
                string Field(string field) => text.Split('\n').First(line => line.TrimStart().StartsWith($"{field}:", StringComparison.Ordinal)).Split(':')[1].Trim();
                var name = Field("name");
                await MakeAsync(
                    name,
                    Enumerable.Range(0, int.Parse(Field("servers"))).Select(number => ($"k3d-{name}-server-{number}", "server", true))
                        .Concat(Enumerable.Range(0, int.Parse(Field("agents"))).Select(number => ($"k3d-{name}-agent-{number}", "agent", false))),
                    cancellationToken);
                return Said("");
            case ("cluster", "delete"):
                return await DeleteAsync(command.Arguments[2], cancellationToken);
            case ("kubeconfig", _):
                return Said(Kubeconfig(command.Arguments[2], $"k3d-{command.Arguments[2]}"));
            default:
                return Said("");
        }
    }

    private async Task<ToolResult> DockerAsync(ToolCommand command)
    {
        switch (command.Arguments[0], command.Arguments.ElementAtOrDefault(1))
        {
            case ("info", _):
                return Said("4 8589934592 27.3.1\n");
            case ("ps", _):
                var label = After(command, "--filter").Split('=')[1];
                return Said(string.Concat(Containers
                    .Where(container => (container.Value.Role is "server" or "agent") == label.StartsWith("k3d", StringComparison.Ordinal))
                    .Select(container => $"{container.Key}\t{container.Value.State}\t{container.Value.Cluster}\t{container.Value.Role}\n")));
            case ("rm", _):
                foreach (var name in command.Arguments.Skip(3))
                {
                    Containers.TryRemove(name, out _);
                }

                return Said("");
            case ("start", _):
                foreach (var name in command.Arguments.Skip(1))
                {
                    Containers[name] = Containers[name] with { State = "running" };
                    if (KubeletsSpeak)
                    {
                        await SpeakAsync(name, DateTimeOffset.UtcNow);
                    }
                }

                return Said("");
            case ("network", "ls"):
                var wanted = After(command, "--filter").Split('^')[1].TrimEnd('$');
                return Said(Networks.TryGetValue(wanted, out var ours) ? $"{wanted}\t{(ours ? "true" : "")}\n" : "");
            case ("network", "create"):
                Networks[command.Arguments[^1]] = true;
                return Said("");
            case ("network", "rm"):
                return Containers.IsEmpty && Networks.TryRemove(command.Arguments[^1], out _) ? Said("") : Failed("network has active endpoints");
            case ("image", "inspect"):
                return Said(string.Concat(command.Arguments.Skip(4).Where(Images.ContainsKey).Select(image => $"{Images[image]}\t[\"{image}\"]\t[]\n")));
            default:
                return Said("");
        }
    }

    private static string Number(List<string> roles, int index) => roles.Take(index).Count(role => role == roles[index]) is > 0 and var before ? $"{before + 1}" : "";

    private async Task MakeAsync(string name, IEnumerable<(string Name, string Role, bool IsControlPlane)> nodes, CancellationToken cancellationToken)
    {
        var all = nodes.ToList();
        await _server.CreateClusterAsync(
            new ClusterSpec
            {
                Name = name,
                Nodes = [.. all.Select(node => new NodeSpec
                {
                    Name = node.Name,
                    Labels = node.IsControlPlane ? new Dictionary<string, string> { ["node-role.kubernetes.io/control-plane"] = "" } : [],
                })],
            },
            cancellationToken);
        foreach (var node in all)
        {
            Containers[node.Name] = (name, node.Role, "running");
            await SpeakAsync(node.Name, DateTimeOffset.UtcNow.AddMinutes(-1));
        }
    }

    private async Task<ToolResult> DeleteAsync(string name, CancellationToken cancellationToken)
    {
        using var client = new SimulatorClient(_server.Info.Address);
        await client.DeleteClusterAsync(name, cancellationToken);
        foreach (var container in Containers.Where(container => container.Value.Cluster == name))
        {
            Containers.TryRemove(container.Key, out _);
        }

        return Said("");
    }

    private string Kubeconfig(string name, string context) =>
        $"""
        apiVersion: v1
        kind: Config
        current-context: {context}
        clusters:
        - name: {context}
          cluster:
            server: {_server.AddressOf(name)}
        contexts:
        - name: {context}
          context:
            cluster: {context}
            user: {context}
        users:
        - name: {context}
          user: {"{}"}
        """;
}
