using System.Collections.Immutable;

namespace Pulumi.Automation;

/// <summary>Who uses the backend.</summary>
public class WhoAmIResult
{
    /// <summary>Makes a result.</summary>
    public WhoAmIResult(string user, string? url, ImmutableArray<string> organizations)
    {
        User = user;
        Url = url;
        Organizations = organizations;
    }

    /// <summary>The user's name.</summary>
    public string User { get; }

    /// <summary>Where the backend is.</summary>
    public string? Url { get; }

    /// <summary>The organizations that the user belongs to.</summary>
    public ImmutableArray<string> Organizations { get; }
}
