using FogInfra.Embedded.Engine.State;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;

namespace FogInfra.Embedded.Engine.Providers;

/// <summary>What the engine's own package reads of stacks and of the run.</summary>
internal interface IStackReader
{
    /// <summary>The state of a stack; null when there is no such stack.</summary>
    Task<Snapshot?> ReadAsync(string name, CancellationToken cancellationToken);

    /// <summary>A resource of this run as it is now; null when it is not registered, or not done.</summary>
    ResourceState? FindRegistered(Urn urn);
}

/// <summary>The package <c>pulumi</c>, which the engine provides by itself: references to stacks, stashes, and functions about both.</summary>
internal sealed class BuiltinProvider(IStackReader stacks, string version) : ResourceProvider
{
    /// <summary>The package.</summary>
    public const string Package = "pulumi";

    private const string StackReferenceType = "pulumi:pulumi:StackReference";
    private const string StashType = "pulumi:index:Stash";

    /// <inheritdoc/>
    public override Task<string> GetVersionAsync(CancellationToken cancellationToken) => Task.FromResult(version);

    /// <inheritdoc/>
    public override Task<ProviderFeatures> ConfigureAsync(ConfigureRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(new ProviderFeatures { AcceptsSecrets = true, AcceptsReferences = true, SupportsPreview = true });

    /// <inheritdoc/>
    public override Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancellationToken)
    {
        var required = request.Urn.Type switch
        {
            StackReferenceType => "name",
            StashType => "input",
            var type => throw new ProviderException($"unrecognized resource type '{type}'"),
        };
        return Task.FromResult(request.NewInputs.Contains(required)
            ? CheckResult.Passed(request.NewInputs)
            : new CheckResult(request.NewInputs, [new CheckFailure(required, $"missing required property '{required}'")]));
    }

    /// <inheritdoc/>
    public override Task<DiffResult> DiffAsync(DiffRequest request, CancellationToken cancellationToken) => Task.FromResult(request.Urn.Type switch
    {
        StackReferenceType when !Equals(request.OldInputs["name"], request.NewInputs["name"]) =>
            new DiffResult { Changes = DiffChanges.Some, Replaces = ["name"], Diffs = ["name"] },
        StackReferenceType => DiffResult.NoChanges,
        _ => new DiffResult { Changes = DiffChanges.Unknown },
    });

    /// <inheritdoc/>
    public override async Task<CreateResult> CreateAsync(CreateRequest request, CancellationToken cancellationToken)
    {
        if (request.Urn.Type == StashType)
        {
            return new CreateResult(request.Preview ? "" : Guid.NewGuid().ToString(), request.Inputs.With("output", request.Inputs["input"]!));
        }

        var outputs = await ReadStackReferenceAsync(request.Inputs, cancellationToken).ConfigureAwait(false);
        return new CreateResult(request.Preview ? "" : Guid.NewGuid().ToString(), outputs);
    }

    /// <inheritdoc/>
    public override Task<UpdateResult> UpdateAsync(UpdateRequest request, CancellationToken cancellationToken) => request.Urn.Type == StashType
        ? Task.FromResult(new UpdateResult(request.NewInputs.With("output", request.OldOutputs["output"] ?? request.NewInputs["input"]!)))
        : throw new ProviderException("unexpected update for builtin resource");

    /// <inheritdoc/>
    public override Task DeleteAsync(DeleteRequest request, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public override async Task<ReadResult> ReadAsync(ReadRequest request, CancellationToken cancellationToken) =>
        request.Urn.Type == StackReferenceType
            ? new ReadResult(request.Id, request.Inputs, await ReadStackReferenceAsync(request.Inputs, cancellationToken).ConfigureAwait(false))
            : new ReadResult(request.Id, request.Inputs, request.Outputs);

    /// <inheritdoc/>
    public override async Task<InvokeResult> InvokeAsync(InvokeRequest request, CancellationToken cancellationToken) => request.Token switch
    {
        "pulumi:pulumi:readStackOutputs" => new InvokeResult(await ReadStackReferenceAsync(request.Arguments, cancellationToken).ConfigureAwait(false), []),
        "pulumi:pulumi:readStackResourceOutputs" => await ReadResourceOutputsAsync(request.Arguments, cancellationToken).ConfigureAwait(false),
        "pulumi:pulumi:getResource" => GetResource(request.Arguments),
        _ => throw new ProviderException($"unrecognized function name: '{request.Token}'"),
    };

    private async Task<PropertyMap> ReadStackReferenceAsync(PropertyMap arguments, CancellationToken cancellationToken)
    {
        var name = arguments["name"] ?? throw new ProviderException("missing required property 'name'");
        var outputs = (await ReadStackAsync(name, cancellationToken).ConfigureAwait(false)).Root?.Outputs ?? PropertyMap.Empty;
        var secretNames = outputs.Where(pair => pair.Value.ContainsSecrets).Select(pair => pair.Key).Order(StringComparer.Ordinal);
        return PropertyMap.Of(
            ("name", name),
            ("outputs", outputs),
            ("secretOutputNames", PropertyValue.ListOf(secretNames.Select(secret => (PropertyValue)secret))));
    }

    private async Task<InvokeResult> ReadResourceOutputsAsync(PropertyMap arguments, CancellationToken cancellationToken)
    {
        var name = arguments["stackName"] ?? throw new ProviderException("missing required property 'stackName'");
        var resources = (await ReadStackAsync(name, cancellationToken).ConfigureAwait(false)).Resources.Where(resource => !resource.Delete);
        var outputs = new PropertyMap(resources.Select(resource => KeyValuePair.Create(
            resource.Urn.ToString(),
            (PropertyValue)PropertyMap.Of(("type", resource.Type), ("id", resource.Id), ("outputs", resource.Outputs)))));
        return new InvokeResult(PropertyMap.Of(("name", name), ("outputs", outputs)), []);
    }

    private async Task<Snapshot> ReadStackAsync(PropertyValue name, CancellationToken cancellationToken)
    {
        var text = name.Unwrap() is PropertyValue.Text given ? given.Value : throw new ProviderException("the name of a stack must be a text");
        return await stacks.ReadAsync(text, cancellationToken).ConfigureAwait(false) ?? throw new ProviderException($"unknown stack \"{text}\"");
    }

    private InvokeResult GetResource(PropertyMap arguments)
    {
        var text = arguments.GetText("urn") ?? throw new ProviderException("missing required property 'urn'");
        var state = (Urn.TryParse(text) is { } urn ? stacks.FindRegistered(urn) : null) ?? throw new ProviderException($"unknown resource {text}");
        return new InvokeResult(PropertyMap.Of(("urn", text), ("id", state.Id), ("state", state.Outputs)), []);
    }
}
