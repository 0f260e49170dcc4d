using System.Collections.Immutable;
using FogInfra.Clusters.Arguments;
using FogInfra.Clusters.Docker;
using FogInfra.Clusters.Nodes;
using FogInfra.Clusters.Records;
using FogInfra.Clusters.Tools;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;
using FogInfra.Model;

namespace FogInfra.Clusters.Provider;

/// <summary>The package <c>fog</c>: clusters, and images in them.</summary>
public sealed class FogProvider : ResourceProvider
{
    private const string ClusterType = "fog:index:Cluster";
    private const string ImagesType = "fog:index:ClusterImages";
    private const string Folder = "folder";
    private static readonly TimeSpan CreateLimit = TimeSpan.FromMinutes(10);

    private readonly IProviderHost _host;
    private readonly FogProviderOptions _options;
    private readonly IToolRunner _tools;
    private readonly CancellationTokenSource _cancelled = new();
    private ClusterManager? _clusters;
    private ImagesResource? _images;

    /// <summary>Makes a provider for the tools of this machine.</summary>
    public FogProvider(IProviderHost host, FogProviderOptions? options = null)
        : this(host, options ?? new FogProviderOptions(), tools: null)
    {
    }

    internal FogProvider(IProviderHost host, FogProviderOptions options, IToolRunner? tools)
    {
        (_host, _options) = (host, options);
        _tools = tools ?? new SharedLooks(new CliWrapRunner(options.Time));
    }

    private ClusterManager Clusters => _clusters ?? throw new ProviderException("The provider is not configured yet.");

    private ImagesResource Images => _images ?? throw new ProviderException("The provider is not configured yet.");

    /// <inheritdoc/>
    public override Task<string> GetVersionAsync(CancellationToken cancellationToken) => Task.FromResult(FogProviderOptions.Version);

    /// <inheritdoc/>
    public override Task<CheckResult> CheckConfigAsync(CheckRequest request, CancellationToken cancellationToken)
    {
        var unknown = request.NewInputs.Names.Where(name => name is not (Folder or "version" or "pluginDownloadURL"));
        return Task.FromResult(new CheckResult(
            request.NewInputs, [.. unknown.Select(name => new CheckFailure(name, $"There is no such setting; expected '{Folder}'."))]));
    }

    /// <inheritdoc/>
    public override Task<DiffResult> DiffConfigAsync(DiffRequest request, CancellationToken cancellationToken) => Task.FromResult(
        Equals(request.OldInputs[Folder], request.NewInputs[Folder])
            ? DiffResult.NoChanges
            : new DiffResult { Changes = DiffChanges.Some, Diffs = [Folder] }); // A project that was moved is still the same.

    /// <inheritdoc/>
    public override Task<ProviderFeatures> ConfigureAsync(ConfigureRequest request, CancellationToken cancellationToken)
    {
        var records = new RecordStore(Path.GetFullPath(request.Inputs.GetText(Folder) ?? ".fog"));
        var engines = _options.Engines(records, _tools);
        _clusters = new ClusterManager(engines, records, new NodeApi(_options.Time), _options.Time);
        _images = new ImagesResource(engines, new LocalImages(_tools));
        return Task.FromResult(new ProviderFeatures { AcceptsSecrets = true, SupportsPreview = true });
    }

    /// <inheritdoc/>
    public override async Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancellationToken)
    {
        if (request.NewInputs.Values.Any(value => value.ContainsUnknowns))
        {
            return CheckResult.Passed(request.NewInputs);
        }

        if (request.Urn.Type == ImagesType)
        {
            return await Images.CheckAsync(request.NewInputs, cancellationToken).ConfigureAwait(false);
        }

        RequireCluster(request.Urn);
        var faults = new List<CheckFailure>();
        var arguments = ClusterArgumentsReader.Read(request.NewInputs, faults);
        var inputs = ClusterArgumentsWriter.Write(arguments);
        if (faults.Count == 0 && (request.OldInputs.Count == 0 || NeedsMaking(request.OldInputs, inputs)))
        {
            faults.AddRange(await Explained(() => Clusters.CheckAsync(request.Urn.ToString(), arguments, cancellationToken)).ConfigureAwait(false));
        }

        return new CheckResult(faults.Count == 0 ? inputs : request.NewInputs, [.. faults]);
    }

    /// <inheritdoc/>
    public override Task<DiffResult> DiffAsync(DiffRequest request, CancellationToken cancellationToken) => Task.FromResult(
        request.Urn.Type == ImagesType
            ? ImagesResource.Compare(request.OldInputs, request.NewInputs)
            : ClusterDiff.Compare(request.OldInputs, request.OldOutputs, request.NewInputs));

    /// <inheritdoc/>
    public override async Task<CreateResult> CreateAsync(CreateRequest request, CancellationToken cancellationToken)
    {
        if (request.Preview)
        {
            return new CreateResult("", Foretold(request.Urn, request.Inputs));
        }

        using var limit = Limit(request.Timeout, cancellationToken);
        if (request.Urn.Type == ImagesType)
        {
            var loaded = await Explained(() => Images.LoadAsync(PropertyMap.Empty, request.Inputs, ProgressOf(request.Urn), limit.Token)).ConfigureAwait(false);
            return new CreateResult($"{request.Inputs.GetText("engine")}/{request.Inputs.GetText("cluster")}/images", loaded);
        }

        var arguments = ClusterArgumentsReader.Read(request.Inputs);
        var outputs = await Explained(() => Clusters.CreateAsync(request.Urn.ToString(), arguments, ProgressOf(request.Urn), limit.Token)).ConfigureAwait(false);
        return new CreateResult($"{arguments.Engine.Name}/{arguments.Name}", outputs);
    }

    /// <inheritdoc/>
    public override async Task<ReadResult> ReadAsync(ReadRequest request, CancellationToken cancellationToken)
    {
        if (request.Urn.Type == ImagesType)
        {
            return new ReadResult(request.Id, request.Inputs, request.Outputs);
        }

        RequireCluster(request.Urn);
        if (request.Inputs.Count == 0)
        {
            return await ImportAsync(request, cancellationToken).ConfigureAwait(false);
        }

        var arguments = ClusterArgumentsReader.Read(request.Inputs);
        var outputs = await Explained(() => Clusters.ReadAsync(arguments, cancellationToken)).ConfigureAwait(false);
        return outputs is null ? ReadResult.Gone : new ReadResult(request.Id, request.Inputs, outputs);
    }

    /// <inheritdoc/>
    public override async Task<UpdateResult> UpdateAsync(UpdateRequest request, CancellationToken cancellationToken)
    {
        if (request.Preview)
        {
            return new UpdateResult(request.OldOutputs);
        }

        using var limit = Limit(request.Timeout, cancellationToken);
        return new UpdateResult(await Explained(() => request.Urn.Type == ImagesType
            ? Images.LoadAsync(request.OldInputs, request.NewInputs, ProgressOf(request.Urn), limit.Token)
            : Clusters.UpdateAsync(
                ClusterArgumentsReader.Read(request.OldInputs), ClusterArgumentsReader.Read(request.NewInputs), ProgressOf(request.Urn), limit.Token)).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public override async Task DeleteAsync(DeleteRequest request, CancellationToken cancellationToken)
    {
        // Images go with the nodes that they are in.
        if (request.Urn.Type != ImagesType)
        {
            using var limit = Limit(request.Timeout, cancellationToken);
            await Explained(async () =>
            {
                await Clusters.DeleteAsync(request.Urn.ToString(), NameIn(request.Id), ProgressOf(request.Urn), limit.Token).ConfigureAwait(false);
                return true;
            }).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public override Task CancelAsync(CancellationToken cancellationToken) => _cancelled.CancelAsync();

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        _cancelled.Dispose();
        return base.DisposeAsync();
    }

    private async Task<ReadResult> ImportAsync(ReadRequest request, CancellationToken cancellationToken)
    {
        var engine = request.Id.Split('/', 2)[0] switch
        {
            "kind" => (ClusterEngine)new ClusterEngine.Kind(),
            "k3d" => new ClusterEngine.K3d(),
            "simulated" => new ClusterEngine.Simulated(),
            _ => throw new ProviderException($"'{request.Id}' is no id of a cluster; expected kind/NAME, k3d/NAME or simulated/NAME."),
        };
        return await Explained(() => Clusters.ImportAsync(request.Urn.ToString(), engine, NameIn(request.Id), cancellationToken)).ConfigureAwait(false) is var (arguments, outputs)
            ? new ReadResult(request.Id, ClusterArgumentsWriter.Write(arguments), outputs)
            : ReadResult.Gone;
    }

    private static string NameIn(string id) => id[(id.IndexOf('/') + 1)..];

    // Whether the new inputs lead to a cluster that is not there yet.
    private static bool NeedsMaking(PropertyMap old, PropertyMap wanted) => ClusterDiff.Compare(old, PropertyMap.Empty, wanted).IsReplace;

    private static PropertyMap Foretold(Urn urn, PropertyMap inputs)
    {
        string[] names = urn.Type == ImagesType ? ["loaded"] : ["instance", "kubeconfig", "kubeconfigFile", "context", "server", "serverVersion", "ready", "nodes", "endpoints"];
        return PropertyMap.Of(
        [
            .. new[] { "name", "engine" }.Where(inputs.Contains).Select(name => (name, inputs[name]!)),
            .. names.Select(name => (name, PropertyValue.Unknown)),
        ]);
    }

    private static void RequireCluster(Urn urn)
    {
        if (urn.Type != ClusterType)
        {
            throw new ProviderException($"The package fog has no type '{urn.Type}'; it has {ClusterType} and {ImagesType}.");
        }
    }

    private CancellationTokenSource Limit(TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _cancelled.Token);
        limit.CancelAfter(timeout ?? CreateLimit);
        return limit;
    }

    private ProgressLog ProgressOf(Urn urn) => new(_host, urn);

    private static async Task<T> Explained<T>(Func<Task<T>> action)
    {
        try
        {
            return await action().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is ToolException or ClusterException or IOException or UnauthorizedAccessException)
        {
            throw new ProviderException(exception.Message, exception);
        }
    }

    private sealed class ProgressLog(IProviderHost host, Urn urn) : IProgress<string>
    {
        private string _last = "";

        public void Report(string value)
        {
            if (value.Length > 0 && value != _last)
            {
                _last = value;
                host.Log(LogSeverity.Info, urn, value, ephemeral: true);
            }
        }
    }
}

/// <summary>What a provider works with.</summary>
public sealed record FogProviderOptions
{
    /// <summary>The version of the package.</summary>
    public const string Version = "0.1.0";

    /// <summary>The clock of waiting and of time limits.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    internal ClusterEngines Engines(RecordStore records, IToolRunner tools)
    {
        var docker = new DockerMachines(tools, Time);
        return new ClusterEngines(records, tools, docker, new DockerChecks(tools, docker, DockerChecks.PortsInUse), Time);
    }
}
