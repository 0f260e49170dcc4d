using System.Collections.Immutable;
using System.Text.Json.Nodes;
using FogInfra.Embedded.Engine;
using FogInfra.Embedded.Engine.Backend;
using FogInfra.Embedded.Engine.Secrets;
using FogInfra.Embedded.Provider;
using FogInfra.Engine.Tests.Harness;

namespace FogInfra.Durability;

/// <summary>What a command gave.</summary>
internal sealed record Outcome(int ExitCode, string Out, string Error, IReadOnlyList<string> Events)
{
    /// <summary>All that it showed.</summary>
    public string Shown => $"{Out}\n{Error}\n{string.Join('\n', Events)}";

    /// <summary>The messages of a severity.</summary>
    public IReadOnlyList<string> Messages(string severity) =>
        [.. Events.Select(text => JsonNode.Parse(text)!["diagnosticEvent"]).OfType<JsonObject>()
            .Where(item => item["severity"]!.GetValue<string>() == severity).Select(item => item["message"]!.GetValue<string>())];
}

/// <summary>A project with its stack, in a folder of its own, and the cloud that it manages beside it.</summary>
internal sealed class Site
{
    public const string Passphrase = "swordfish-passphrase";

    private const string Project = "kill";
    private const string Stack = "dev";

    private readonly string _root;
    private readonly PassphraseKeyCache _keys;
    private readonly Dictionary<string, string> _environment;

    public Site(string root, PassphraseKeyCache keys)
    {
        _root = root;
        _keys = keys;
        _environment = new Dictionary<string, string>
        {
            ["HOME"] = Home,
            ["PULUMI_HOME"] = Path.Combine(Home, "pulumi"),
            ["PULUMI_BACKEND_URL"] = $"file://{Store}",
            ["PULUMI_CONFIG_PASSPHRASE"] = Passphrase,
        };
    }

    /// <summary>What the engine may write to; everything but the cloud.</summary>
    public string Home => Path.Combine(_root, "home");

    public string Store => Path.Combine(Home, "store");

    public Cloud Cloud => new(CloudFolder);

    public string CheckpointFile => Path.Combine(Store, ".pulumi", "stacks", Project, $"{Stack}.json");

    public string JournalFile => CheckpointFile + ".journal";

    public IReadOnlyList<string> Locks => Files(Path.Combine(Store, ".pulumi", "locks"), "*.json");

    /// <summary>Files that were not finished.</summary>
    public IReadOnlyList<string> Leftovers => [.. Files(Path.Combine(Store, ".pulumi"), "*").Where(file => file.EndsWith(".tmp", StringComparison.Ordinal))];

    private string CloudFolder => Path.Combine(_root, "cloud");

    /// <summary>Makes the project and its stack.</summary>
    public async Task CreateAsync()
    {
        Directory.CreateDirectory(Store);
        await File.WriteAllTextAsync(Path.Combine(Home, "Pulumi.yaml"), $"name: {Project}\nruntime: dotnet\n");
        await SucceedAsync(["stack", "init", Stack]);
        await SucceedAsync(["config", "set", "--stack", Stack, "--secret", "token", Revision.SecretPrefix + "config"]);
    }

    /// <summary>Copies everything from another site.</summary>
    public void CopyFrom(Site other)
    {
        if (Directory.Exists(_root))
        {
            Directory.Delete(_root, recursive: true);
        }

        foreach (var file in Files(other._root, "*"))
        {
            var target = Path.Combine(_root, Path.GetRelativePath(other._root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    /// <summary>The key of the stack's secrets, for another process.</summary>
    public async Task<string> ExportKeyAsync()
    {
        var settings = await File.ReadAllTextAsync(Path.Combine(Home, $"Pulumi.{Stack}.yaml"));
        var salt = settings[settings.IndexOf("v1:", StringComparison.Ordinal)..].Split(':')[1];
        return $"{salt}:{Convert.ToBase64String(await _keys.GetAsync(Passphrase, Convert.FromBase64String(salt)))}";
    }

    /// <summary>Takes such a key.</summary>
    public void ImportKey(string exported)
    {
        var parts = exported.Split(':');
        _keys.Add(Passphrase, Convert.FromBase64String(parts[0]), Convert.FromBase64String(parts[1]));
    }

    public void Delete() => Directory.Delete(_root, recursive: true);

    /// <summary>Runs a command that works on the stack without a program.</summary>
    public Task<Outcome> RunAsync(IReadOnlyList<string> arguments) => RunAsync(arguments, new Random(0), 0, () => { }, null);

    /// <summary>Runs a command with a program.</summary>
    public async Task<Outcome> RunAsync(
        IReadOnlyList<string> arguments, Revision revision, Random random, int failureRate, Action onCall, IWriteObserver? observer)
    {
        await using var host = await InlineHost.StartAsync(revision.RegisterAsync, CancellationToken.None);
        return await RunAsync([.. arguments, $"--client={host.Address}"], random, failureRate, onCall, observer);
    }

    /// <summary>Runs a command that must succeed.</summary>
    public async Task<Outcome> SucceedAsync(IReadOnlyList<string> arguments)
    {
        var outcome = await RunAsync(arguments);
        return outcome.ExitCode == 0 ? outcome : throw new CheckException($"'{string.Join(' ', arguments)}' failed:\n{outcome.Error}{outcome.Out}");
    }

    private async Task<Outcome> RunAsync(
        IReadOnlyList<string> arguments, Random random, int failureRate, Action onCall, IWriteObserver? observer)
    {
        var commandLine = new PulumiCommandLine(new PulumiCommandLineOptions
        {
            Providers = ImmutableDictionary<string, Func<IProviderHost, IResourceProvider>>.Empty
                .Add(CloudProvider.Package, _ => new CloudProvider(Cloud, random, failureRate, onCall)),
            PassphraseKeys = _keys,
            WriteObserver = observer,
        });
        var (output, error, events) = (new StringWriter(), new StringWriter(), new List<string>());
        var code = await commandLine.RunAsync(
            new CommandInvocation
            {
                Arguments = [.. arguments], WorkingDirectory = Home, Environment = _environment,
                StandardOutput = output, StandardError = error, OnEngineEvent = events.Add,
            },
            CancellationToken.None);
        return new Outcome(code, output.ToString(), error.ToString(), events);
    }

    private static string[] Files(string folder, string pattern) => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, pattern, new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })]
        : [];
}

/// <summary>Something is not as it must be.</summary>
internal sealed class CheckException(string message) : Exception(message);
