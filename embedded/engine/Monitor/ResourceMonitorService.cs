using FogInfra.Embedded.Engine.Deploying;
using FogInfra.Embedded.Engine.Providers;
using FogInfra.Embedded.Engine.State;
using FogInfra.Embedded.Engine.Values;
using FogInfra.Embedded.Protocol.Messages;
using FogInfra.Embedded.Protocol.Rpc;
using FogInfra.Embedded.Protocol.Services;
using FogInfra.Embedded.Protocol.Values;
using Google.Protobuf.WellKnownTypes;

namespace FogInfra.Embedded.Engine.Monitor;

/// <summary>The service that a program talks to. Answers each call when what it asks for is done; thousands may be open at once.</summary>
internal sealed class ResourceMonitorService(
    DeploymentContext context,
    RegistrationTable table,
    Registrar registrar,
    OutputRegistrar outputs,
    ProviderResolver providers,
    InvokeService invokes,
    ComponentService components,
    ProgramTransforms transforms,
    RegisteredHooks hooks,
    RegisteredPackages packages,
    RequestUrns urns,
    RunInfo info)
{
    private readonly InFlightCalls _calls = new();
    private readonly GoalReader _reader = new(info.RootDirectory, new AssetHashes(info.ProgramDirectory), urns);
    private readonly TaskCompletionSource _signaled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Done when the program says that it will register nothing more.</summary>
    public Task Signaled => _signaled.Task;

    /// <summary>Adds the service's methods to a server.</summary>
    public void AddTo(RpcService service) => service
        .Unary(ResourceMonitorMethods.SupportsFeature, (request, _) => Task.FromResult(
            new SupportsFeatureResponse { HasSupport = MonitorFeatures.Has(request.Id) }))
        .Unary(ResourceMonitorMethods.GetDeploymentInfo, (_, _) => Task.FromResult(ToDeploymentInfo()))
        .Unary(ResourceMonitorMethods.RegisterResource, (request, _) => CountedAsync(() => RegisterAsync(request)))
        .Unary(ResourceMonitorMethods.RegisterResourceOutputs, (request, _) => CountedAsync(() => SetOutputsAsync(request)))
        .Unary(ResourceMonitorMethods.ReadResource, (request, _) => CountedAsync(() => ReadAsync(request)))
        .Unary(ResourceMonitorMethods.Invoke, (request, _) => CountedAsync(async () =>
            await invokes.InvokeAsync(await transforms.ApplyAsync(request).ConfigureAwait(false)).ConfigureAwait(false)))
        .Unary(ResourceMonitorMethods.Call, (request, _) => CountedAsync(() => components.CallAsync(request)))
        .Unary(ResourceMonitorMethods.RegisterPackage, (request, _) => Task.FromResult(packages.Register(request)))
        .Unary(ResourceMonitorMethods.RegisterStackTransform, (request, _) => Noted(() => transforms.AddForStack(request)))
        .Unary(ResourceMonitorMethods.RegisterStackInvokeTransform, (request, _) => Noted(() => transforms.AddForInvokes(request)))
        .Unary(ResourceMonitorMethods.RegisterResourceHook, (request, _) => Noted(() => hooks.Add(request)))
        .Unary(ResourceMonitorMethods.RegisterErrorHook, (request, _) => Noted(() => hooks.Add(request)))
        .Unary(ResourceMonitorMethods.SignalAndWaitForShutdown, (_, cancellation) => WaitForShutdownAsync(cancellation));

    /// <summary>Tells where the monitor listens, which providers of components need to know.</summary>
    public void ListensAt(string address) => components.MonitorAddress = address;

    /// <summary>Takes no more calls, and is done when those under way have ended.</summary>
    public Task CloseAsync() => _calls.CloseAsync();

    /// <summary>Lets a program go that waits for the end of the run.</summary>
    /// <param name="succeeded">The run went to its end; otherwise it has stopped.</param>
    public void Release(bool succeeded) => _released.TrySetResult(succeeded);

    private async Task<RegisterResourceResponse> RegisterAsync(RegisterResourceRequest request)
    {
        var parent = FindParent(request.Parent);
        request = await transforms.ApplyAsync(request, parent?.Goal).ConfigureAwait(false);
        transforms.Remember(Urn.Create(context.Stack, context.Project, parent?.Urn, request.Type, request.Name), parent?.Urn, request.Transforms);
        if (request.Remote)
        {
            return await components.ConstructAsync(request, parent?.Goal).ConfigureAwait(false);
        }

        var goal = _reader.Read(request, parent?.Goal);
        request.Object = null; // The goal has it; of the thousands that wait for their turn one copy is enough.
        if (goal is { Custom: true, IsProvider: false })
        {
            var wanted = packages.Resolve(request.PackageRef, goal.Type, request.Version, request.PluginDownloadURL);
            var user = Urn.Create(context.Stack, context.Project, goal.Parent, goal.Type, goal.Name).ToString();
            goal = goal with
            {
                Provider = await providers.ResolveAsync(request.Provider, request.Providers, goal.Parent, wanted, user).ConfigureAwait(false)
                    ?? throw MonitorShutdown.DuringStep(),
            };
        }

        var outcome = await registrar.RegisterAsync(goal).ConfigureAwait(false);
        if (outcome is RegistrationOutcome.Done { State: var registered } && !goal.Custom)
        {
            providers.Remember(registered.Urn, goal.Parent, request.Providers);
            WarnOfIgnoredOptions(registered.Urn, goal, request);
        }

        return outcome switch
        {
            RegistrationOutcome.Done done => ToResponse(request, done.State, Result.Success, done.IsUnknown),
            RegistrationOutcome.Failed failed => ToResponse(request, failed.State, Result.Fail, false),
            RegistrationOutcome.Skipped skipped => ToResponse(request, skipped.State, Result.Skip, false),
            _ => throw MonitorShutdown.DuringStep(),
        };
    }

    private static RegisterResourceResponse ToResponse(RegisterResourceRequest request, ResourceState state, Result result, bool isUnknown)
    {
        if (result != Result.Success && !request.SupportsResultReporting)
        {
            throw new RpcException(RpcStatusCode.Internal, "resource registration failed");
        }

        // The outputs of a local component are those that it sets itself; what the state holds may refer to what is not there yet.
        var shown = request.Custom ? state.Outputs : PropertyMap.Empty;
        return new RegisterResourceResponse
        {
            Urn = state.Urn.ToString(),
            Id = state.Id,
            Object = WireValues.ToResponse(shown, request.AcceptSecrets, request.AcceptResources, request.SupportsPartialValues),
            Result = result,
            Unknown = isUnknown,
        };
    }

    private async Task<Empty> SetOutputsAsync(RegisterResourceOutputsRequest request)
    {
        var urn = urns.ReadOptional(request.Urn, "resource") ?? throw new RpcException(RpcStatusCode.InvalidArgument, "the URN is missing");
        try
        {
            await outputs.SetAsync(urn, WireValues.FromRequest(request.Outputs)).ConfigureAwait(false);
            return new Empty();
        }
        catch (RegistrationException exception)
        {
            context.Diagnostics.Error(urn, exception.Message);
            context.Control.Fail(context.Options.ContinueOnError);
            throw new RpcException(RpcStatusCode.Unknown, exception.Message);
        }
    }

    private async Task<ReadResourceResponse> ReadAsync(ReadResourceRequest request)
    {
        FindParent(request.Parent);
        var wanted = _reader.Read(request, context.Stack, context.Project);
        var package = packages.Resolve(request.PackageRef, wanted.Type, request.Version, request.PluginDownloadURL);
        wanted = wanted with
        {
            Provider = await providers.ResolveAsync(
                request.Provider, new Dictionary<string, string>(), wanted.Parent, package, wanted.Urn.ToString()).ConfigureAwait(false) ?? throw MonitorShutdown.DuringStep(),
        };
        return await registrar.ReadAsync(wanted).ConfigureAwait(false) switch
        {
            RegistrationOutcome.Done done => new ReadResourceResponse
            {
                Urn = done.State.Urn.ToString(),
                Properties = WireValues.ToResponse(done.State.Outputs, request.AcceptSecrets, request.AcceptResources),
            },
            RegistrationOutcome.Stopped => throw MonitorShutdown.DuringStep(),
            _ => throw new RpcException(RpcStatusCode.Internal, "resource read failed"),
        };
    }

    private async Task<Empty> WaitForShutdownAsync(CancellationToken cancellationToken)
    {
        if (!_signaled.TrySetResult())
        {
            throw new RpcException(RpcStatusCode.Unknown, "Already waiting for shutdown");
        }

        return await _released.Task.WaitAsync(cancellationToken).ConfigureAwait(false) ? new Empty() : throw MonitorShutdown.DuringStep();
    }

    private Registration? FindParent(string text)
    {
        if (urns.ReadOptional(text, "parent") is not { } urn)
        {
            return null;
        }

        // A parent that was removed from the program is found in the state when its child is no target.
        return table.TryGet(urn, out var registration) ? registration
            : context.Prior.Find(urn) is not null && (context.Options.Targets.IsConstrained || context.Options.Excludes.IsConstrained) ? null
            : throw new RpcException(RpcStatusCode.Unknown, $"could not find parent resource {urn}");
    }

    private static Task<Empty> Noted(Action note)
    {
        note();
        return Task.FromResult(new Empty());
    }

    private async Task<T> CountedAsync<T>(Func<Task<T>> call)
    {
        if (context.Control.Stopping.IsCancellationRequested || !_calls.TryBegin())
        {
            throw MonitorShutdown.DuringStep();
        }

        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (RegistrationException exception)
        {
            if (!exception.IsReported)
            {
                context.Diagnostics.Error(null, exception.Message);
            }

            context.Control.Fail(context.Options.ContinueOnError);
            throw new RpcException(RpcStatusCode.Unknown, exception.Message);
        }
        finally
        {
            _calls.End();
        }
    }

    private void WarnOfIgnoredOptions(Urn urn, Goal goal, RegisterResourceRequest request)
    {
        void Warn(string option, bool isSet)
        {
            if (isSet)
            {
                context.Diagnostics.Warning(urn, $"The option '{option}' has no automatic effect on component resources.");
            }
        }

        Warn("ignoreChanges", !goal.IgnoreChanges.IsEmpty);
        Warn("customTimeouts", goal.Timeouts with { Read = null } != CustomTimeouts.None);
        Warn("additionalSecretOutputs", !goal.AdditionalSecretOutputs.IsEmpty);
        Warn("replaceOnChanges", !goal.ReplaceOnChanges.IsEmpty);
        Warn("retainOnDelete", request.RetainOnDelete);
        Warn("deletedWith", request.DeletedWith.Length > 0);
        Warn("replaceWith", !goal.ReplaceWith.IsEmpty);
    }

    private DeploymentInfo ToDeploymentInfo() => new()
    {
        Project = info.Project,
        Stack = info.Stack,
        Organization = info.Organization,
        Config = { info.Config },
        ConfigSecretKeys = { info.ConfigSecretKeys },
        DryRun = info.DryRun,
        Parallel = info.Parallel,
        SupportedFeatures = { MonitorFeatures.All },
    };
}
