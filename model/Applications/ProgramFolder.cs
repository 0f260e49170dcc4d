using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace FogInfra.Model;

/// <summary>A Pulumi project in a folder, in any language, that is rolled out in the place of the built-in program.</summary>
public sealed partial record ProgramFolder
{
    /// <summary>The folder, relative to the fleet document. Its <c>Pulumi.yaml</c> bears the application's name.</summary>
    public required string Folder { get; init; }

    /// <summary>
    /// Configuration that each stack is given besides that of <see cref="StackContract"/>. In the values <c>${version}</c>, <c>${cluster}</c>,
    /// <c>${layer}</c>, <c>${site}</c> and <c>${label.NAME}</c> stand for what they are in the cluster; what it has not is empty.
    /// </summary>
    public ImmutableSortedDictionary<string, string> Config { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The same with what the values stand for in a cluster.</summary>
    public ProgramFolder For(Cluster cluster, string version) => this with
    {
        Config = Config.ToImmutableSortedDictionary(
            pair => pair.Key,
            pair => Placeholder().Replace(pair.Value, match => match.Groups["name"].Value switch
            {
                "version" => version,
                "cluster" => cluster.Name,
                var label => cluster.Label(label.StartsWith("label.", StringComparison.Ordinal) ? label["label.".Length..] : label) ?? "",
            }),
            StringComparer.Ordinal),
    };

    [GeneratedRegex(@"\$\{(?<name>version|cluster|layer|site|label\.[^}]+)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}
