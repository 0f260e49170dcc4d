using System.Collections.Immutable;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;

namespace FogInfra.Durability;

/// <summary>
/// A provider of objects of four kinds: named by the program; named by the provider when they are first checked; named by the program
/// and to be deleted before they are replaced; and named by the cloud when they are made, so that only the answer tells the name.
/// </summary>
/// <param name="cloud">Where the objects are.</param>
/// <param name="random">Decides how long calls take and which fail.</param>
/// <param name="failureRate">How many calls of a thousand that change something fail.</param>
/// <param name="onCall">Called at the first call.</param>
internal sealed class CloudProvider(Cloud cloud, Random random, int failureRate, Action onCall) : ResourceProvider
{
    public const string Package = "cloud";
    public const string Named = "cloud:index:Named";
    public const string Auto = "cloud:index:Auto";
    public const string Fixed = "cloud:index:Fixed";
    public const string Server = "cloud:index:Server";

    private readonly Lock _lock = new();

    public override Task<string> GetVersionAsync(CancellationToken cancellationToken) => Task.FromResult("1.0.0");

    public override Task<ProviderFeatures> ConfigureAsync(ConfigureRequest request, CancellationToken cancellationToken)
    {
        onCall();
        return Task.FromResult(new ProviderFeatures { AcceptsSecrets = true, AcceptsReferences = true, SupportsPreview = false });
    }

    public override Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancellationToken)
    {
        onCall();
        if (request.Urn.Type != Auto)
        {
            return Task.FromResult(CheckResult.Passed(request.NewInputs));
        }

        var name = request.OldInputs.GetText("name") ?? $"{request.Urn.Name}-{Convert.ToHexStringLower(request.RandomSeed.AsSpan()[..4])}";
        return Task.FromResult(CheckResult.Passed(request.NewInputs.With("name", name)));
    }

    public override Task<DiffResult> DiffAsync(DiffRequest request, CancellationToken cancellationToken)
    {
        var changed = request.NewInputs.Names.Union(request.OldInputs.Names)
            .Where(name => !Equals(request.OldInputs[name], request.NewInputs[name])).ToImmutableArray();
        var mustBeNew = request.Urn.Type switch
        {
            Auto or Server => changed.Intersect(["zone", "name"]),
            Fixed => changed.Intersect(["zone", "from0"]),
            _ => [],
        };
        return Task.FromResult(new DiffResult
        {
            Changes = changed.IsEmpty ? DiffChanges.None : DiffChanges.Some,
            Diffs = changed,
            Replaces = [.. mustBeNew],
            DeleteBeforeReplace = request.Urn.Type == Fixed,
        });
    }

    public override async Task<CreateResult> CreateAsync(CreateRequest request, CancellationToken cancellationToken)
    {
        await BeginAsync(request.Inputs, cancellationToken);
        var name = request.Urn.Type == Server ? $"{request.Urn.Name}-{Guid.NewGuid():N}" : request.Inputs.GetText("name") ?? request.Urn.Name;
        var made = new CloudObject($"{request.Urn.Type.Split(':')[^1]}~{name}", request.Urn.ToString(), Number(request.Inputs, "size"), Number(request.Inputs, "zone"));
        if (cloud.Find(made.Id) is { } found && !(request.MayExist && found.Owner == made.Owner))
        {
            throw new ProviderException($"'{made.Id}' exists already");
        }

        cloud.Put(made);
        return new CreateResult(made.Id, Outputs(request.Inputs, made.Id));
    }

    public override async Task<UpdateResult> UpdateAsync(UpdateRequest request, CancellationToken cancellationToken)
    {
        await BeginAsync(request.NewInputs, cancellationToken);
        var found = cloud.Find(request.Id) ?? throw new ProviderException($"'{request.Id}' does not exist");
        cloud.Put(found with { Size = Number(request.NewInputs, "size"), Zone = Number(request.NewInputs, "zone") });
        return new UpdateResult(Outputs(request.NewInputs, request.Id));
    }

    public override async Task DeleteAsync(DeleteRequest request, CancellationToken cancellationToken)
    {
        await BeginAsync(request.OldInputs, cancellationToken);
        cloud.Delete(request.Id);
    }

    public override Task<ReadResult> ReadAsync(ReadRequest request, CancellationToken cancellationToken)
    {
        onCall();
        if (cloud.Find(request.Id) is not { } found)
        {
            return Task.FromResult(ReadResult.Gone);
        }

        var inputs = request.Inputs.With("size", found.Size).With("zone", found.Zone);
        return Task.FromResult(new ReadResult(request.Id, inputs, Outputs(inputs, request.Id)));
    }

    private static PropertyMap Outputs(PropertyMap inputs, string id) => inputs.With("address", id);

    private static double Number(PropertyMap inputs, string name) => inputs[name] is PropertyValue.Number number ? number.Value : 0;

    // Calls take different times, so that steps end in other orders than they began.
    private async Task BeginAsync(PropertyMap inputs, CancellationToken cancellationToken)
    {
        int wait;
        bool fails;
        lock (_lock)
        {
            wait = random.Next(4);
            fails = random.Next(1000) < failureRate;
        }

        await Task.Delay(wait, cancellationToken);
        if (fails)
        {
            // Providers quote what they were given.
            throw new ProviderException($"cannot log in with {(inputs["password"]?.Reveal() as PropertyValue.Text)?.Value}");
        }
    }
}
