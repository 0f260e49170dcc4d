namespace Pulumi;

/// <summary>A resource of which no more is known than its name, and perhaps its id.</summary>
internal sealed class DependencyResource : CustomResource
{
    public DependencyResource(string urn, string? id = null)
        : base(Pulumi.Urn.TypeOf(urn))
    {
        Urn = new(Task.FromResult(new OutputState<string>(urn, isKnown: true, isSecret: false, [this])));
        if (id is not null)
        {
            Id = new(Task.FromResult(new OutputState<string>(id, isKnown: id.Length > 0, isSecret: false, [this])));
        }
    }
}

/// <summary>A provider of which no more is known than its reference.</summary>
internal sealed class DependencyProviderResource : ProviderResource
{
    private DependencyProviderResource(string urn, string id)
        : base(Pulumi.Urn.TypeOf(urn).Split(':') is [_, _, var package] ? package : "")
    {
        Urn = new(Task.FromResult(new OutputState<string>(urn, isKnown: true, isSecret: false, [this])));
        Id = new(Task.FromResult(new OutputState<string>(id, isKnown: true, isSecret: false, [this])));
    }

    /// <summary>Reads a reference, <c>URN::ID</c>.</summary>
    /// <exception cref="FormatException">The text is no such reference.</exception>
    public static DependencyProviderResource Parse(string reference)
    {
        var end = reference.LastIndexOf("::", StringComparison.Ordinal);
        return end > 0
            ? new(reference[..end], reference[(end + 2)..])
            : throw new FormatException($"'{reference}' is no reference to a provider; expected URN::ID.");
    }
}
