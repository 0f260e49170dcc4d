using System.Collections.Immutable;
using FogInfra.Embedded.Engine.Events;
using FogInfra.Embedded.Engine.Monitor;
using FogInfra.Embedded.Engine.Programs;
using FogInfra.Embedded.Engine.State;
using FogInfra.Embedded.Engine.Steps;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.Deploying;

/// <summary>One run over a stack, from its first event to its last: refresh, program, deletes, as its options say.</summary>
internal sealed class Deployment : IDisposable
{
    private readonly DeploymentContext _context;
    private readonly DeploymentSetup _setup;
    private readonly RegistrationTable _table;
    private readonly Limiter _operations;
    private readonly Limiter _planning;
    private readonly Limiter _ahead;
    private readonly Registrar _registrar;
    private readonly OutputRegistrar _outputs;
    private readonly Refresher _refresher;
    private readonly Deleter _deleter;

    /// <summary>Puts the parts of a run together.</summary>
    public Deployment(DeploymentContext context, DeploymentSetup setup, RegistrationTable table)
    {
        _context = context;
        _setup = setup;
        _table = table;
        _operations = new Limiter(context.Options.Parallel);
        _planning = new Limiter(context.Options.Parallel);
        _ahead = new Limiter(context.Options.Parallel); // As many as may end at the same moment.
        var actions = new StepActions(context);
        var executor = new StepExecutor(context, actions, _operations, _ahead);
        var planner = new StepPlanner(
            context,
            table,
            new TargetSelection(context.Options, context.Prior),
            actions,
            new ChangeFinder(context, table),
            new ReplacementPlanner(context, table, actions),
            _planning);
        _registrar = new Registrar(context, table, planner, executor, new RegisteredRefresh(table));
        _outputs = new OutputRegistrar(context, table);
        _refresher = new Refresher(context, actions, _operations);
        _deleter = new Deleter(context, table, executor);
    }

    /// <summary>Runs.</summary>
    /// <returns>How it ended; what went wrong has been told.</returns>
    public async Task<OperationResult> RunAsync()
    {
        var started = _context.Clock.GetTimestamp();
        _context.Events.Emit(new EngineEvent.Prelude(_setup.MaskedConfig));
        using var cancellation = _context.Control.Canceled.Register(() => _ = _context.Providers.CancelAsync());
        await RunPhasesAsync().ConfigureAwait(false);
        await _outputs.FinishAsync().ConfigureAwait(false);
        await _context.Checkpoints.FlushAsync().ConfigureAwait(false);

        // What is given up fails, too; but that it was given up is the reason.
        var result = _context.Control.Abandoned.IsCancellationRequested ? OperationResult.Canceled
            : _context.Control.HasFailed ? OperationResult.Failed
            : _context.Control.Canceled.IsCancellationRequested ? OperationResult.Canceled
            : OperationResult.Succeeded;
        if (result != OperationResult.Succeeded)
        {
            var kind = _context.Options.DryRun ? "preview" : "update";
            _context.Diagnostics.Error(null, result == OperationResult.Failed ? $"{kind} failed" : $"{kind} canceled");
        }

        _context.Events.Emit(new EngineEvent.Summary(
            _context.Options.DryRun, _context.Control.MaybeCorrupt, _context.Clock.GetElapsedTime(started), _context.Changes.ToCounts(), result));
        _context.Events.Emit(new EngineEvent.End());
        return result;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _operations.Dispose();
        _planning.Dispose();
        _ahead.Dispose();
    }

    private bool IsStopped => _context.Control.Stopping.IsCancellationRequested;

    private async Task RunPhasesAsync()
    {
        var options = _context.Options;
        var isProgramNeeded = options.Kind == DeploymentKind.Update || options.RunProgram;
        if (options.Refresh || (options.Kind == DeploymentKind.Refresh && !isProgramNeeded))
        {
            await RefreshAsync().ConfigureAwait(false);
        }
        else if (!options.DryRun && !_setup.PendingOperations.IsEmpty)
        {
            _context.Diagnostics.Warning(null, PendingOperationsWarning.ToText(_setup.PendingOperations));
        }

        if (options.Kind == DeploymentKind.Import)
        {
            var defaults = new DefaultProviders(_registrar, _setup.ProviderConfig, _setup.DisabledDefaultProviders);
            await new Importer(_context, _registrar, defaults).RunAsync(options.Imports).ConfigureAwait(false);
            return;
        }

        CheckTargets(options.Replace);
        if (IsStopped || (options.Kind == DeploymentKind.Refresh && !isProgramNeeded))
        {
            return;
        }

        if (isProgramNeeded)
        {
            await RunProgramAsync().ConfigureAwait(false);
        }
        else
        {
            await FinishAsync().ConfigureAwait(false);
        }
    }

    private async Task RefreshAsync()
    {
        CheckTargets(_context.Options.Targets);
        CheckTargets(_context.Options.Excludes);
        if (IsStopped)
        {
            return;
        }

        await _refresher.RunAsync().ConfigureAwait(false);
        if (_context.Control.HasFailed)
        {
            _context.Control.Fail(goOn: false); // What the providers could not say must not be acted on.
        }
    }

    private async Task RunProgramAsync()
    {
        var defaults = new DefaultProviders(_registrar, _setup.ProviderConfig, _setup.DisabledDefaultProviders);
        var providers = new ProviderResolver(defaults);
        await using var callbacks = new ProgramCallbacks();
        var packages = new RegisteredPackages();
        var hooks = new RegisteredHooks(_context, callbacks);
        _context.Hooks = hooks;
        var urns = new RequestUrns();
        var monitor = new ResourceMonitorService(
            _context,
            _table,
            _registrar,
            _outputs,
            providers,
            new InvokeService(_context, _table, providers, packages, urns),
            new ComponentService(_context, providers, packages, urns, _setup.Info),
            new ProgramTransforms(callbacks, _context.Control.Abandoned),
            hooks,
            packages,
            urns,
            _setup.Info);
        await using var session = await ProgramSession.StartAsync(_context, monitor, _setup).ConfigureAwait(false);
        await session.WaitForRegistrationsAsync().ConfigureAwait(false);
        if (!IsStopped && !session.HasProgramFailed)
        {
            await FinishAsync().ConfigureAwait(false);
        }

        await session.WaitForExitAsync().ConfigureAwait(false);
    }

    // What is left to do when everything is registered.
    private async Task FinishAsync()
    {
        CheckTargets(_context.Options.Targets);
        if (IsStopped)
        {
            return;
        }

        if (_context.Options.Kind == DeploymentKind.Refresh)
        {
            _context.Prior = new PriorState(_context.Checkpoints.Image.Entries);
            await _refresher.RunAsync().ConfigureAwait(false);
            return;
        }

        if (_context.Options.Kind == DeploymentKind.Destroy)
        {
            _context.Prior = new PriorState(_context.Checkpoints.Image.Entries); // With what the program has registered anew.
        }

        await _deleter.RunAsync().ConfigureAwait(false);
    }

    private void CheckTargets(UrnTargets targets)
    {
        var unknown = targets.Literals.Where(target =>
            Urn.TryParse(target) is not { } urn || (_context.Prior.Find(urn) is null && !_table.TryGet(urn, out _))).ToArray();
        foreach (var target in unknown)
        {
            _context.Diagnostics.Error(
                null,
                $"Target '{target}' could not be found in the stack."
                + (target.Contains('$', StringComparison.Ordinal) ? "" : " Did you forget to escape $ in your shell?"));
        }

        if (unknown.Length > 0)
        {
            _context.Control.Fail(goOn: false);
        }
    }
}

/// <summary>What a run needs to know that does not change while it goes on.</summary>
internal sealed record DeploymentSetup
{
    /// <summary>What the program is told.</summary>
    public required RunInfo Info { get; init; }

    /// <summary>The program; needed for an update, and where the options ask for it.</summary>
    public required IProgram Program { get; init; }

    /// <summary>Where programs and plugins send messages.</summary>
    public required string EngineAddress { get; init; }

    /// <summary>The configuration with secrets masked.</summary>
    public required ImmutableSortedDictionary<string, string> MaskedConfig { get; init; }

    /// <summary>The configuration by namespace, for default providers.</summary>
    public required ImmutableDictionary<string, PropertyMap> ProviderConfig { get; init; }

    /// <summary>Packages that must not have default providers.</summary>
    public required ImmutableHashSet<string> DisabledDefaultProviders { get; init; }

    /// <summary>What was under way when the state was written.</summary>
    public required ImmutableArray<PendingOperation> PendingOperations { get; init; }
}
