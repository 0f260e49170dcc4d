using System.Text;
using FogInfra.Embedded.Engine.State;
using YamlDotNet.RepresentationModel;

namespace FogInfra.Embedded.Engine.Backend;

/// <summary>Keeps stacks as files, in the layout of Pulumi's file backend.</summary>
internal sealed class FileBackend
{
    private const int LayoutVersion = 1;

    private readonly string _root;
    private readonly IWriteObserver? _observer;

    private FileBackend(BackendLocation location, IWriteObserver? observer)
    {
        _observer = observer;
        Location = location;
        _root = Path.Combine(location.Directory, ".pulumi");
    }

    /// <summary>Where the files are.</summary>
    public BackendLocation Location { get; }

    /// <summary>Opens the store at a location.</summary>
    /// <param name="location">The location.</param>
    /// <param name="cancellationToken">Ends the opening.</param>
    /// <param name="observer">Who is told of each change of a stack's files before it is made; null for nobody.</param>
    /// <exception cref="BackendException">Its layout is one that this engine does not know.</exception>
    public static async Task<FileBackend> OpenAsync(
        BackendLocation location, CancellationToken cancellationToken, IWriteObserver? observer = null)
    {
        var backend = new FileBackend(location, observer);
        var version = await backend.ReadVersionAsync(cancellationToken).ConfigureAwait(false);
        if (version != LayoutVersion)
        {
            throw new BackendException(version > LayoutVersion
                ? $"the state store '{location.Url}' has version {version}, which is newer than this engine understands ({LayoutVersion})"
                : $"the state store '{location.Url}' has the layout of old versions; upgrade it first with `pulumi state upgrade` of the Pulumi CLI");
        }

        return backend;
    }

    /// <summary>All stacks, sorted by name.</summary>
    /// <param name="project">Only those of a project; null for all.</param>
    public IReadOnlyList<StackName> List(string? project = null)
    {
        var stacks = new DirectoryInfo(Path.Combine(_root, "stacks"));
        return !stacks.Exists ? [] : [.. stacks.EnumerateDirectories()
            .Where(folder => project is null || folder.Name == project)
            .SelectMany(folder => folder.EnumerateFiles("*.json")
                .Where(file => !file.Name.StartsWith('.'))
                .Select(file => StackName.Parse(Path.GetFileNameWithoutExtension(file.Name), folder.Name)))
            .OrderBy(name => name.ToString(), StringComparer.Ordinal)];
    }

    /// <summary>The files of one stack, whether it exists or not.</summary>
    public StackFiles FilesOf(StackName name) => new(_root, name, _observer);

    /// <summary>The files of a stack that exists.</summary>
    /// <exception cref="BackendException">It does not.</exception>
    public StackFiles Require(StackName name, string? project)
    {
        var files = FilesOf(name);
        return files.Exists ? files : throw new BackendException($"no stack named '{name.ToDisplay(project)}' found", BackendProblem.StackNotFound);
    }

    /// <summary>Makes a stack without resources.</summary>
    /// <exception cref="BackendException">It exists already.</exception>
    public async Task<StackFiles> CreateAsync(StackName name, string? project, CancellationToken cancellationToken)
    {
        await WriteVersionAsync(cancellationToken).ConfigureAwait(false);
        var files = FilesOf(name);
        if (files.Exists)
        {
            throw new BackendException($"stack '{name.ToDisplay(project)}' already exists");
        }

        var checkpoint = new SnapshotWriter(ValueJson.Masked).ToCheckpoint(name.ToString(), null);
        await files.WriteCheckpointAsync(checkpoint, cancellationToken).ConfigureAwait(false);
        return files;
    }

    private string VersionFile => Path.Combine(_root, "meta.yaml");

    private async Task<int> ReadVersionAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(VersionFile))
        {
            var stacks = Path.Combine(_root, "stacks");
            return Directory.Exists(stacks) && Directory.EnumerateFiles(stacks, "*.json").Any() ? 0 : LayoutVersion;
        }

        var stream = new YamlStream();
        stream.Load(new StringReader(await File.ReadAllTextAsync(VersionFile, cancellationToken).ConfigureAwait(false)));
        return stream.Documents.Count > 0 && stream.Documents[0].RootNode is YamlMappingNode root
            && root.Children.TryGetValue("version", out var version) && int.TryParse(version.ToString(), out var number)
            ? number
            : throw new BackendException($"could not read '{VersionFile}'; expected version: {LayoutVersion}");
    }

    private async Task WriteVersionAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(VersionFile))
        {
            await AtomicFile.WriteAsync(VersionFile, Encoding.UTF8.GetBytes($"version: {LayoutVersion}\n"), cancellationToken).ConfigureAwait(false);
        }
    }
}
