namespace Pulumi;

/// <summary>Tells the engine the earlier identities of a resource.</summary>
internal static class AliasWriter
{
    /// <summary>Adds them to a request: as they are where the engine can compute URNs from them, else as URNs.</summary>
    public static async Task AddAsync(Wire.RegisterResourceRequest request, Resource resource, ResourceOptions options, ProgramRun program)
    {
        if (await program.Features.AliasSpecs.ConfigureAwait(false))
        {
            request.Aliases.AddRange(await WriteAsync(options.Aliases).ConfigureAwait(false));
        }
        else
        {
            var urns = await AliasUrns.ComputeAsync(resource, options, program.Settings).ConfigureAwait(false);
            request.AliasURNs.AddRange(urns);
        }
    }

    /// <summary>Writes aliases. Those that are unknown are left out.</summary>
    public static async Task<IReadOnlyList<Wire.Alias>> WriteAsync(IEnumerable<Input<Alias>> aliases)
    {
        var written = new List<Wire.Alias>();
        foreach (var input in aliases)
        {
            if (await input.ToOutput().GetValueAsync(whenUnknown: null!).ConfigureAwait(false) is { } alias)
            {
                Check(alias);
                written.Add(alias.Urn is { } urn
                    ? new() { Urn = urn }
                    : new() { Spec = await WriteSpecAsync(alias).ConfigureAwait(false) });
            }
        }

        return written;
    }

    /// <summary>Reads an alias that the engine sent.</summary>
    public static Alias Read(Wire.Alias alias)
    {
        if (alias.AliasCase == Wire.Alias.AliasOneofCase.Urn)
        {
            return new Alias { Urn = alias.Urn };
        }

        return new Alias
        {
            Name = Given(alias.Spec.Name),
            Type = Given(alias.Spec.Type),
            Stack = Given(alias.Spec.Stack),
            Project = Given(alias.Spec.Project),
            ParentUrn = Given(alias.Spec.ParentUrn),
            NoParent = alias.Spec.NoParent,
        };

        static Input<string>? Given(string text) => text.Length > 0 ? (Input<string>)text : null;
    }

    /// <summary>Fails for an alias that contradicts itself.</summary>
    /// <exception cref="ArgumentException">It does.</exception>
    internal static void Check(Alias alias)
    {
        var hasOther = alias is not { Name: null, Type: null, Stack: null, Project: null, Parent: null, ParentUrn: null, NoParent: false };
        if (alias.Urn is not null && hasOther)
        {
            throw new ArgumentException($"The alias with the URN '{alias.Urn}' must not set anything else.");
        }

        if (new[] { alias.Parent is not null, alias.ParentUrn is not null, alias.NoParent }.Count(set => set) > 1)
        {
            throw new ArgumentException("An alias can set only one of Parent, ParentUrn and NoParent.");
        }
    }

    private static async Task<Wire.Alias.Types.Spec> WriteSpecAsync(Alias alias)
    {
        var spec = new Wire.Alias.Types.Spec
        {
            Name = await ResolveAsync(alias.Name).ConfigureAwait(false),
            Type = await ResolveAsync(alias.Type).ConfigureAwait(false),
            Stack = await ResolveAsync(alias.Stack).ConfigureAwait(false),
            Project = await ResolveAsync(alias.Project).ConfigureAwait(false),
        };
        var parent = await ResolveAsync(alias.Parent is { } resource ? (Input<string>)resource.Urn : alias.ParentUrn).ConfigureAwait(false);
        if (parent.Length > 0)
        {
            spec.ParentUrn = parent;
        }
        else if (alias.Parent is null && alias.ParentUrn is null)
        {
            spec.NoParent = alias.NoParent;
        }

        return spec;
    }

    private static async Task<string> ResolveAsync(Input<string>? input) =>
        input is null ? "" : await input.ToOutput().GetValueAsync(whenUnknown: "").ConfigureAwait(false) ?? "";
}
