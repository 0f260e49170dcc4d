using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using FogInfra.Model;
using FogInfra.Model.Documents.Editing;

namespace FogInfra.Rollout.Commands;

/// <summary>The options that say what a new service is.</summary>
internal sealed class NewServiceOptions
{
    private readonly Option<string> _version = new("--version") { Description = "Its version.", HelpName = "VERSION", Required = true };

    private readonly Option<string?> _image = new("--image")
    {
        Description = "Its image; without a tag it takes the version as its tag. Default: the service's name.",
        HelpName = "IMAGE",
    };

    private readonly Option<int[]> _ports = new("--port")
    {
        Description = "A port that it listens on. May be given more than once.",
        HelpName = "NUMBER",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string[]> _dependsOn = new("--depends-on")
    {
        Description = "A service that must be ready first. May be given more than once.",
        HelpName = "SERVICE",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string[]> _layers = new("--layer")
    {
        Description = "A layer that it runs on (cloud, fog, edge), with the number of pods in each cluster if it is not 1. May be given more than once.",
        HelpName = "LAYER[=REPLICAS]",
        Required = true,
    };

    public NewServiceOptions() => _layers.Validators.Add(result =>
    {
        foreach (var token in result.Tokens.Where(token => ParseLayer(token.Value) is null))
        {
            result.AddError($"--layer: '{token.Value}' is not of the form LAYER[=REPLICAS].");
        }
    });

    /// <summary>The options.</summary>
    public IEnumerable<Option> All => [_version, _image, _ports, _dependsOn, _layers];

    /// <summary>The service that was asked for.</summary>
    public NewService Read(ParseResult arguments, string name) => new()
    {
        Name = name,
        Version = arguments.GetRequiredValue(_version),
        Image = arguments.GetValue(_image) ?? name,
        Ports = [.. arguments.GetValue(_ports) ?? []],
        DependsOn = [.. (arguments.GetValue(_dependsOn) ?? []).Distinct()],
        Replicas = arguments.GetRequiredValue(_layers).Select(text => ParseLayer(text)!.Value)
            .GroupBy(layer => layer.Layer)
            .ToImmutableSortedDictionary(group => group.Key, group => group.Last().Replicas, Comparer<string>.Create(ByLayer)),
    };

    // From the centre outwards; unknown ones last, for the reader of documents to refuse.
    private static int ByLayer(string left, string right)
    {
        static (int, string) Key(string name) => ((int?)LayerNames.Find(name) ?? int.MaxValue, name);
        return Key(left).CompareTo(Key(right));
    }

    private static (string Layer, int Replicas)? ParseLayer(string text) => text.Split('=') switch
    {
        [{ Length: > 0 } layer] => (layer, 1),
        [{ Length: > 0 } layer, var number] when int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var replicas) => (layer, replicas),
        _ => null,
    };
}
