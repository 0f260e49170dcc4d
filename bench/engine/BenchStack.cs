using System.Collections.Immutable;
using FogInfra.Embedded.Engine;
using FogInfra.Embedded.Engine.Backend;
using FogInfra.Embedded.Engine.Secrets;
using FogInfra.Embedded.Provider;

namespace FogInfra.Bench;

/// <summary>A stack in a folder of its own, driven by the command line as clients do.</summary>
internal sealed class BenchStack : IDisposable, IWriteObserver
{
    private readonly string _root = Path.Combine(Path.GetTempPath(), $"engine-bench-{Guid.NewGuid():N}");
    private readonly Dictionary<string, string> _environment;
    private readonly PulumiCommandLine _commandLine;
    private readonly ProgramProcess _program;
    private long _written;

    public BenchStack(PassphraseKeyCache keys, ProgramProcess program)
    {
        _program = program;
        Directory.CreateDirectory(Path.Combine(_root, "store"));
        File.WriteAllText(Path.Combine(_root, "Pulumi.yaml"), "name: bench\nruntime: dotnet\n");
        _environment = new Dictionary<string, string>
        {
            ["HOME"] = _root,
            ["PULUMI_HOME"] = Path.Combine(_root, "home"),
            ["PULUMI_BACKEND_URL"] = $"file://{_root}/store",
            ["PULUMI_CONFIG_PASSPHRASE"] = "bench",
        };
        _commandLine = new PulumiCommandLine(new PulumiCommandLineOptions
        {
            Providers = ImmutableDictionary<string, Func<IProviderHost, IResourceProvider>>.Empty.Add("bench", _ => new InstantProvider(CallTime)),
            PassphraseKeys = keys,
            WriteObserver = this,
        });
    }

    /// <summary>How long each call of the provider takes, from the next command on.</summary>
    public TimeSpan CallTime { get; set; }

    /// <summary>How many bytes were written to the stack's files so far.</summary>
    public long Written => Interlocked.Read(ref _written);

    public void Before(FileChange change, string path, ReadOnlyMemory<byte> content) =>
        Interlocked.Add(ref _written, change == FileChange.Copy ? new FileInfo(path).Length : content.Length);

    public Task InitAsync() => RunAsync("stack", "init", "dev");

    /// <summary>Runs a command with the program.</summary>
    /// <param name="size">How many resources the program has.</param>
    /// <param name="isChanged">Whether one of them is otherwise than before.</param>
    /// <param name="arguments">The command.</param>
    public async Task PrepareAndOperateAsync(int size, bool isChanged, params string[] arguments)
    {
        await PrepareAsync(size, isChanged);
        await OperateAsync(arguments);
    }

    /// <summary>Says what the program registers when it is run next.</summary>
    public Task PrepareAsync(int size, bool isChanged) => _program.PrepareAsync(size, isChanged);

    /// <summary>Runs a command with the program as it was prepared.</summary>
    public Task OperateAsync(params string[] arguments) => RunAsync([.. arguments, $"--client={_program.Address}"]);

    /// <summary>Copies the stack's files away, or back.</summary>
    public void Save() => CopyAll(Path.Combine(_root, "store"), Path.Combine(_root, "saved"));

    /// <summary>Brings the stack to the state that was saved.</summary>
    public void Restore() => CopyAll(Path.Combine(_root, "saved"), Path.Combine(_root, "store"));

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private async Task RunAsync(params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await _commandLine.RunAsync(
            new CommandInvocation
            {
                Arguments = [.. arguments], WorkingDirectory = _root, Environment = _environment, StandardOutput = output, StandardError = error,
            },
            CancellationToken.None);
        if (code != 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', arguments)}: exit code {code}\n{output}\n{error}");
        }
    }

    private static void CopyAll(string from, string to)
    {
        if (Directory.Exists(to))
        {
            Directory.Delete(to, recursive: true);
        }

        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
