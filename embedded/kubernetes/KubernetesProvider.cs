using System.Collections.Concurrent;
using FogInfra.Embedded.Kubernetes.Client;
using FogInfra.Embedded.Kubernetes.Configuration;
using FogInfra.Embedded.Kubernetes.Connection;
using FogInfra.Embedded.Kubernetes.Diffs;
using FogInfra.Embedded.Kubernetes.Inputs;
using FogInfra.Embedded.Kubernetes.Objects;
using FogInfra.Embedded.Kubernetes.Operations;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;

namespace FogInfra.Embedded.Kubernetes;

/// <summary>
/// The provider of the package <c>kubernetes</c>: manages the objects of one cluster, for programs written against Pulumi.Kubernetes.
/// Type tokens, ids, inputs, outputs, configuration and annotations are those of pulumi-kubernetes, so that a stack can move from one to
/// the other.
/// </summary>
public sealed class KubernetesProvider : ResourceProvider
{
    private readonly IProviderHost _host;
    private readonly KubernetesProviderOptions _options;
    private readonly CancellationTokenSource _cancelled = new();
    private readonly Lock _lock = new();

    // Kinds that this run defines, known before the cluster knows them: what is said here is whether their objects lie in namespaces.
    private readonly ConcurrentDictionary<(string Group, string Kind), bool> _defined = new();
    private ProviderSettings _settings = new();
    private ClusterSession? _session;
    private Task<bool>? _reachable;

    /// <summary>Makes a provider.</summary>
    /// <param name="host">The engine that runs it.</param>
    /// <param name="options">What the host sets; null for the defaults.</param>
    public KubernetesProvider(IProviderHost host, KubernetesProviderOptions? options = null)
    {
        _host = host;
        _options = options ?? new KubernetesProviderOptions();
    }

    /// <inheritdoc/>
    public override Task<string> GetVersionAsync(CancellationToken cancellationToken) =>
        Task.FromResult(typeof(KubernetesProvider).Assembly.GetName().Version?.ToString(3) ?? "");

    /// <inheritdoc/>
    public override Task<CheckResult> CheckConfigAsync(CheckRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(ConfigurationCheck.Check(request, _options.Environment));

    /// <inheritdoc/>
    public override async Task<DiffResult> DiffConfigAsync(DiffRequest request, CancellationToken cancellationToken) =>
        await new ConfigurationDiff(
            _options.Environment, _host, (connection, token) => ConfigurationDiff.AskClusterAsync(connection, _options.Time, token))
            .CompareAsync(request, cancellationToken).ConfigureAwait(false);

    /// <summary>Takes the configuration. Nothing is read or sent yet: the kubeconfig may only be written by the update itself.</summary>
    public override Task<ProviderFeatures> ConfigureAsync(ConfigureRequest request, CancellationToken cancellationToken)
    {
        _settings = ProviderSettings.Read(request.Inputs, _options.Environment);
        return Task.FromResult(new ProviderFeatures { AcceptsSecrets = true, SupportsPreview = true });
    }

    /// <inheritdoc/>
    public override async Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancellationToken)
    {
        var type = TypeOf(request.Urn);
        if (_settings.SkipUpdateUnreachable && request.OldInputs.Count > 0 && !await IsReachableAsync().ConfigureAwait(false))
        {
            _host.Log(LogSeverity.Warning, request.Urn, "The cluster cannot be reached; the resource is left as it is (skipUpdateUnreachable).");
            return CheckResult.Passed(request.OldInputs);
        }

        RememberDefinition(type, request.NewInputs);
        var context = new CheckContext(DefaultNamespace(), await IsNamespacedAsync(type, cancellationToken).ConfigureAwait(false), ServerIsNewer: false);
        var result = InputCheck.Run(type, request, context);
        if (!result.Failures.IsEmpty && await IsServerNewerAsync(cancellationToken).ConfigureAwait(false))
        {
            result = InputCheck.Run(type, request, context with { ServerIsNewer = true });
        }

        foreach (var warning in result.Warnings)
        {
            _host.Log(LogSeverity.Warning, request.Urn, warning);
        }

        return new CheckResult(result.Inputs, result.Failures);
    }

    /// <inheritdoc/>
    public override Task<DiffResult> DiffAsync(DiffRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(ResourceDiff.Compare(TypeOf(request.Urn), request, _settings.Mutable));

    /// <inheritdoc/>
    public override Task<CreateResult> CreateAsync(CreateRequest request, CancellationToken cancellationToken) =>
        GuardAsync(request.Inputs, async token =>
        {
            var type = TypeOf(request.Urn);
            return request.Preview
                ? await InPreviewAsync(new CreateResult("", request.Inputs), context => new ObjectCreator(context).PreviewAsync(type, request, token)).ConfigureAwait(false)
                : await new ObjectCreator(Context()).CreateAsync(type, request, token).ConfigureAwait(false);
        }, cancellationToken);

    /// <inheritdoc/>
    public override Task<UpdateResult> UpdateAsync(UpdateRequest request, CancellationToken cancellationToken) =>
        GuardAsync(request.NewInputs, async token =>
        {
            var type = TypeOf(request.Urn);
            return request.Preview
                ? await InPreviewAsync(new UpdateResult(request.NewInputs), context => new ObjectUpdater(context).PreviewAsync(type, request, token)).ConfigureAwait(false)
                : await new ObjectUpdater(Context()).UpdateAsync(type, request, token).ConfigureAwait(false);
        }, cancellationToken);

    /// <inheritdoc/>
    public override Task<ReadResult> ReadAsync(ReadRequest request, CancellationToken cancellationToken) =>
        GuardAsync(request.Inputs, async token =>
        {
            try
            {
                return await new ObjectReader(Context()).ReadAsync(TypeOf(request.Urn), request, token).ConfigureAwait(false);
            }
            catch (Exception error) when (IsUnreachable(error) && (_settings.DeleteUnreachable || _settings.SkipUpdateUnreachable))
            {
                if (_settings.DeleteUnreachable)
                {
                    _host.Log(LogSeverity.Warning, request.Urn, $"{error.Message} The resource counts as gone (deleteUnreachable).");
                    return ReadResult.Gone;
                }

                _host.Log(LogSeverity.Warning, request.Urn, $"{error.Message} The last known state is kept (skipUpdateUnreachable).");
                return new ReadResult(request.Id, request.Inputs, request.Outputs);
            }
        }, cancellationToken);

    /// <inheritdoc/>
    public override Task DeleteAsync(DeleteRequest request, CancellationToken cancellationToken) =>
        GuardAsync(request.OldInputs, async token =>
        {
            try
            {
                await new ObjectDeleter(Context()).DeleteAsync(TypeOf(request.Urn), request, token).ConfigureAwait(false);
            }
            catch (Exception error) when (IsUnreachable(error) && _settings.DeleteUnreachable)
            {
                _host.Log(LogSeverity.Warning, request.Urn, $"{error.Message} The resource is dropped all the same (deleteUnreachable).");
            }

            return true;
        }, cancellationToken);

    /// <inheritdoc/>
    public override async Task CancelAsync(CancellationToken cancellationToken) => await _cancelled.CancelAsync().ConfigureAwait(false);

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        _session?.Dispose();
        _cancelled.Dispose();
        return base.DisposeAsync();
    }

    private static ResourceType TypeOf(Urn urn) =>
        ResourceType.TryParse(urn.Type) ?? throw new ProviderException(
            $"The resource type {urn.Type} is not supported: expected kubernetes:GROUP/VERSION:KIND, for example kubernetes:apps/v1:Deployment.");

    private static bool IsUnreachable(Exception error) => error is ClusterUnreachableException or KubeconfigException;

    // What goes wrong becomes the one kind of error that engines know; what is secret in the inputs does not get into it.
    private async Task<T> GuardAsync<T>(PropertyMap inputs, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _cancelled.Token);
        try
        {
            return await call(either.Token).ConfigureAwait(false);
        }
        catch (ClusterUnreachableException error)
        {
            throw new ProviderException(
                $"{error.Message} If the cluster is gone for good, set PULUMI_K8S_DELETE_UNREACHABLE=true to drop its resources.", error)
            {
                StateUnknown = error.MayHaveTakenEffect,
            };
        }
        catch (Exception error) when (error is ApiException or KubeconfigException)
        {
            throw new ProviderException(SecretText.Redact(error.Message, inputs), error) { StateUnknown = error is ApiException { IsServerFailure: true } };
        }
    }

    // A preview does not fail because the cluster is not there yet, or not any more.
    private async Task<T> InPreviewAsync<T>(T asTheyAre, Func<OperationContext, Task<T>> foretell)
    {
        try
        {
            return await foretell(Context()).ConfigureAwait(false);
        }
        catch (Exception error) when (IsUnreachable(error))
        {
            _host.Log(LogSeverity.Debug, null, $"The preview goes on without the cluster: {error.Message}");
            return asTheyAre;
        }
    }

    private OperationContext Context() => new(Session(), _settings, _options, _host);

    private ClusterSession Session()
    {
        lock (_lock)
        {
            if (_session is null)
            {
                _session = ClusterSession.Open(_settings, _options);
                _host.Log(LogSeverity.Info, null, $"using the {_session.Client.Connection.Describe()}", ephemeral: true);
            }

            return _session;
        }
    }

    private string DefaultNamespace()
    {
        try
        {
            return _settings.Namespace ?? Session().Client.Connection.Namespace ?? "default";
        }
        catch (KubeconfigException)
        {
            return "default"; // The operation that needs the cluster tells what is wrong.
        }
    }

    private void RememberDefinition(ResourceType type, PropertyMap inputs)
    {
        if (type.IsDefinition && inputs.TextAt("spec", "group") is { } group && inputs.TextAt("spec", "names", "kind") is { } kind)
        {
            _defined[(group, kind)] = inputs.TextAt("spec", "scope") != "Cluster";
        }
    }

    private async Task<bool> IsNamespacedAsync(ResourceType type, CancellationToken cancellationToken)
    {
        if (type.Known is { } known)
        {
            return known.Namespaced;
        }

        if (_defined.TryGetValue((type.ApiVersion.Split('/')[0], type.Kind), out var namespaced))
        {
            return namespaced;
        }

        try
        {
            return (await new KindResolver(Context()).FindAsync(type, cancellationToken).ConfigureAwait(false))?.Namespaced ?? true;
        }
        catch (Exception error) when (IsUnreachable(error) || error is ApiException)
        {
            return true; // Most kinds are.
        }
    }

    // Found out once: a run that goes on without the cluster should not wait for it at each resource.
    private Task<bool> IsReachableAsync()
    {
        lock (_lock)
        {
            return _reachable ??= TryReachAsync();
        }
    }

    private async Task<bool> TryReachAsync()
    {
        try
        {
            await Session().Client.GetServerVersionAsync(_cancelled.Token).ConfigureAwait(false);
            return true;
        }
        catch (ApiException)
        {
            return true; // It answers.
        }
        catch (Exception error) when (IsUnreachable(error))
        {
            return false;
        }
    }

    private async Task<bool> IsServerNewerAsync(CancellationToken cancellationToken)
    {
        try
        {
            var server = await Session().Client.GetServerVersionAsync(cancellationToken).ConfigureAwait(false);
            return server > Version.Parse(Schema.KubernetesSchema.BuiltIn.Release);
        }
        catch (Exception error) when (IsUnreachable(error) || error is ApiException)
        {
            return false;
        }
    }
}
