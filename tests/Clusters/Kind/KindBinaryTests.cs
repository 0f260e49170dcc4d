using FogInfra.Clusters.Docker;
using FogInfra.Clusters.Kind;
using FogInfra.Clusters.Tools;

namespace FogInfra.Tests;

/// <summary>
/// The programs of kind themselves read and validate what is written for them. Both come before kind asks docker for a node image; so a
/// docker that knows nothing but its own state, and fails with a word of its own at all else, tells whether a configuration was accepted.
/// </summary>
public sealed class KindBinaryTests : IDisposable
{
    private const string ReachedDocker = "this docker is not there";
    private const int Configurations = 12;

    private readonly string _folder = Directory.CreateTempSubdirectory("fog-kind-").FullName;

    public KindBinaryTests()
    {
        var docker = Path.Combine(_folder, "docker");
        File.WriteAllText(
            docker,
            $$"""
            #!/bin/sh
            case $1 in
              info) echo '{"CgroupDriver":"systemd","CgroupVersion":"2","MemoryLimit":true,"CPUShares":true,"PidsLimit":true,"SecurityOptions":[]}' ;;
              ps) ;;
              *) echo '{{ReachedDocker}}' >&2; exit 1 ;;
            esac

            """.ReplaceLineEndings("\n"));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(docker, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    /// <summary>The programs, by FOG_KIND_BINARIES, or those that tests/real-kind/build has fetched.</summary>
    public static TheoryData<string> Binaries()
    {
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } home ? home
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        var fetched = Path.Combine(Environment.GetEnvironmentVariable("FOG_REAL_KUBERNETES") ?? Path.Combine(cache, "foginfra", "real-kubernetes"), "kind");
        var paths = Environment.GetEnvironmentVariable("FOG_KIND_BINARIES")?.Split(':', StringSplitOptions.RemoveEmptyEntries)
            ?? [Path.Combine(fetched, "tools", "kind"), Path.Combine(fetched, "newest", "kind")];
        return [.. paths];
    }

    [Theory(Explicit = true)] // slow: run it by name, with the programs that tests/real-kind/build makes
    [MemberData(nameof(Binaries))]
    public async Task Kind_AcceptsEveryConfigurationThatIsWritten(string kind)
    {
        Assert.SkipUnless(File.Exists(kind), $"needs kind at {kind}: tests/real-kind/build fetches it, or FOG_KIND_BINARIES names others");
        var docker = new DockerInfo(2, 8L * 1024 * 1024 * 1024, new Version(27, 0));
        var refused = new List<string>();

        foreach (var arguments in Generated.Random(seed: 11, Configurations, "kind"))
        {
            var configuration = KindConfig.Write(arguments, docker, arguments.Spec.Mirrors.IsEmpty ? null : "/mirrors");
            if (!(await TryAsync(kind, arguments.Name, configuration)).Contains(ReachedDocker, StringComparison.Ordinal))
            {
                refused.Add(configuration);
            }
        }

        Assert.Empty(refused);
    }

    [Theory(Explicit = true)] // slow: run it by name, with the programs that tests/real-kind/build makes
    [MemberData(nameof(Binaries))]
    public async Task Kind_RefusesAConfigurationWithAWrongValue_BeforeItAsksForAnImage(string kind)
    {
        Assert.SkipUnless(File.Exists(kind), $"needs kind at {kind}: tests/real-kind/build fetches it, or FOG_KIND_BINARIES names others");

        var said = await TryAsync(
            kind, "c", "kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\nnodes:\n- role: control-plane\n  extraPortMappings:\n  - {containerPort: 70000, hostPort: 1}\n");

        Assert.DoesNotContain(ReachedDocker, said, StringComparison.Ordinal);
        Assert.Contains("70000", said, StringComparison.Ordinal);
    }

    [Theory(Explicit = true)] // slow: run it by name, with the programs that tests/real-kind/build makes
    [MemberData(nameof(Binaries))]
    public async Task Kind_RefusesAConfigurationWithAWrongField_BeforeItAsksDocker(string kind)
    {
        Assert.SkipUnless(File.Exists(kind), $"needs kind at {kind}: tests/real-kind/build fetches it, or FOG_KIND_BINARIES names others");

        var said = await TryAsync(kind, "c", "kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\nnodes:\n- role: control-plane\n  colour: red\n");

        Assert.DoesNotContain(ReachedDocker, said, StringComparison.Ordinal);
        Assert.Contains("colour", said, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<string> TryAsync(string kind, string name, string configuration)
    {
        var command = KindCommands.Create(name, configuration, Path.Combine(_folder, "kubeconfig"), "foginfra");
        var result = await new CliWrapRunner(TimeProvider.System).RunAsync(
            command with { Tool = kind, Environment = command.Environment.Add("PATH", $"{_folder}:/bin:/usr/bin") }, null, TestContext.Current.CancellationToken);
        Assert.NotEqual(0, result.ExitCode);
        return result.Error;
    }
}
