using System.Collections.Immutable;
using FogInfra.Embedded.Engine.Backend;
using FogInfra.Embedded.Engine.Deploying;
using FogInfra.Embedded.Engine.Events;
using FogInfra.Embedded.Engine.Monitor;
using FogInfra.Embedded.Engine.Programs;
using FogInfra.Embedded.Engine.Providers;
using FogInfra.Embedded.Engine.Secrets;
using FogInfra.Embedded.Engine.State;
using FogInfra.Embedded.Protocol.Rpc;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.Commands;

/// <summary>Puts the parts of one deployment together, runs it, and takes them apart again.</summary>
internal sealed class OperationRun(
    CommandContext context, OperationRequest request, OpenedStack opened, OperationInputs inputs, bool dryRun) : IAsyncDisposable
{
    private readonly RunControl _control = new(context.Canceled, context.Invocation.Abandon);
    private DeploymentContext? _deployment;

    /// <summary>How many steps of which kind there were.</summary>
    public ImmutableSortedDictionary<string, int> Changes => _deployment?.Changes.ToCounts() ?? ImmutableSortedDictionary<string, int>.Empty;

    /// <summary>Whether anything changed.</summary>
    public bool HasChanges => _deployment?.Changes.HasChanges ?? false;

    /// <summary>The stack's outputs before and after the run.</summary>
    public StackOutputs Outputs { get; private set; } = new(PropertyMap.Empty, PropertyMap.Empty);

    /// <summary>Runs.</summary>
    /// <param name="snapshot">The state; null for a stack without one.</param>
    /// <param name="store">Where the state is written; null for a preview.</param>
    /// <param name="listeners">Who hears of what happens.</param>
    public async Task<OperationResult> RunAsync(Snapshot? snapshot, IStateStore? store, IReadOnlyCollection<IEventListener> listeners)
    {
        var values = request.ShowSecrets ? ValueJson.Shown : ValueJson.Masked;
        var events = new EventStream(listeners, context.Options.Clock, values);
        var redactor = new SecretRedactor();
        foreach (var secret in inputs.SecretTexts)
        {
            redactor.Add(secret);
        }

        // A provider may quote what it was given once, also when it fails to delete it.
        foreach (var resource in (snapshot?.Resources ?? []).Concat((snapshot?.PendingOperations ?? []).Select(operation => operation.Resource)))
        {
            redactor.Add(resource.Inputs);
            redactor.Add(resource.Outputs);
        }

        var diagnostics = new Diagnostics(events, redactor, request.Debug);
        var table = new RegistrationTable();
        await using var engine = await StartEngineServerAsync(diagnostics, context.Options.Version).ConfigureAwait(false);
        await using var providers = new ProviderRegistry(CreateProviderSource(diagnostics, table, engine.Address), dryRun);
        var image = new StateImage(snapshot, keepsPendingCreates: !request.ClearPendingCreates);
        _deployment = new DeploymentContext
        {
            Options = ToOptions(),
            Stack = opened.Name.Name,
            Project = inputs.Project.Name,
            Clock = context.Options.Clock,
            Control = _control,
            Events = events,
            Diagnostics = diagnostics,
            Redactor = redactor,
            Checkpoints = new Checkpointer(image, store),
            Providers = providers,
            Prior = new PriorState(image.Entries),
            InterruptedCreates = image.PendingCreates.ToLookup(resource => resource.Urn),
        };
        using var deployment = new Deployment(_deployment, ToSetup(snapshot, engine.Address), table);
        var result = await deployment.RunAsync().ConfigureAwait(false);
        Outputs = new StackOutputs(snapshot?.Root?.Outputs ?? PropertyMap.Empty, RootOutputs(image));
        return result;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _control.Dispose();
        return ValueTask.CompletedTask;
    }

    private static PropertyMap RootOutputs(StateImage image) =>
        image.Entries.Select(entry => entry.State).FirstOrDefault(state => state.IsStack)?.Outputs ?? PropertyMap.Empty;

    private static async Task<RpcServer> StartEngineServerAsync(Diagnostics diagnostics, string version)
    {
        var service = new RpcService();
        new EngineService(diagnostics, version).AddTo(service);
        return await RpcServer.StartAsync(service, CancellationToken.None).ConfigureAwait(false);
    }

    private ProviderSource CreateProviderSource(Diagnostics diagnostics, RegistrationTable table, string engineAddress) => new(
        new BuiltinProvider(new StackReader(context, opened, table), context.Options.Version),
        context.Options.Providers,
        new ProviderHost(diagnostics),
        new PluginSource(inputs.Project, context.Environment, context.Home, ProgramDirectory, engineAddress, inputs.ToPlainConfig(), diagnostics));

    private string ProgramDirectory
    {
        get
        {
            var path = Path.GetFullPath(Path.Combine(inputs.Project.Directory, inputs.Project.Main));
            return File.Exists(path) ? Path.GetDirectoryName(path)! : path;
        }
    }

    private int Parallel => request.Parallel
        ?? (int.TryParse(context.Environment.GetValueOrDefault("PULUMI_PARALLEL"), out var set) && set > 0 ? set : 4 * Environment.ProcessorCount);

    private DeploymentOptions ToOptions() => new()
    {
        Kind = request.Kind,
        DryRun = dryRun,
        Refresh = request.Refresh ?? (inputs.Project.AlwaysRefresh && request.Kind is not (DeploymentKind.Refresh or DeploymentKind.Import)),
        Parallel = Parallel,
        ContinueOnError = request.ContinueOnError,
        Targets = new UrnTargets(request.Targets),
        TargetDependents = request.TargetDependents,
        Excludes = new UrnTargets(request.Excludes),
        ExcludeDependents = request.ExcludeDependents,
        Replace = new UrnTargets(request.Replace),
        ExcludeProtected = request.ExcludeProtected,
        RunProgram = request.RunProgram,
        Imports = request.Imports,
    };

    private DeploymentSetup ToSetup(Snapshot? snapshot, string engineAddress) => new()
    {
        Info = new RunInfo
        {
            Project = inputs.Project.Name,
            Stack = opened.Name.Name,
            Organization = StackName.Organization,
            RootDirectory = inputs.Project.Directory,
            ProgramDirectory = ProgramDirectory,
            Config = inputs.ToPlainConfig(),
            ConfigSecretKeys = inputs.SecretKeys,
            DryRun = dryRun,
            Parallel = Parallel,
        },
        Program = CreateProgram(),
        EngineAddress = engineAddress,
        MaskedConfig = inputs.ToMaskedConfig(),
        ProviderConfig = inputs.ToProviderConfig(),
        DisabledDefaultProviders = inputs.ReadDisabledDefaultProviders(),
        PendingOperations = snapshot?.PendingOperations ?? [],
    };

    private IProgram CreateProgram() => request.Client is { Length: > 0 } address
        ? new InlineProgram(address, ProgramDirectory)
        : ProgramFactory.Create(inputs.Project, ProgramDirectory, context.Environment);
}

/// <summary>A stack's outputs before and after a run.</summary>
internal sealed record StackOutputs(PropertyMap Before, PropertyMap After);
