using System.Collections.Immutable;

namespace FogInfra.Model.Documents;

/// <summary>Reads fleet documents (<c>apiVersion: foginfra.dev/v1alpha1, kind: Fleet</c>).</summary>
public static class FleetReader
{
    /// <summary>The group and version of fleet documents.</summary>
    public const string ApiVersion = "foginfra.dev/v1alpha1";

    /// <summary>The kind of fleet documents.</summary>
    public const string Kind = "Fleet";

    /// <summary>Reads a document.</summary>
    /// <param name="file">The file as the user named it, for problems.</param>
    /// <param name="text">The file's text.</param>
    public static ReadResult<Fleet> Read(string file, string text)
    {
        var source = new YamlSource(file);
        var fleet = source.Open(text) is { } root ? ReadRoot(root) : null;
        return fleet is null || source.Problems.Count > 0 ? ReadResult<Fleet>.Failed(source.Problems) : ReadResult<Fleet>.Read(fleet);
    }

    internal static Fleet? ReadRoot(YamlMap root)
    {
        if (!DocumentHeader.Check(root, ApiVersion, Kind))
        {
            return null;
        }

        var rings = RingsReader.Read(root);
        var fleet = new Fleet
        {
            Name = ReadName(root),
            Applications = ReadApplications(root),
            Rings = rings,
            Clusters = ClustersReader.Read(root, rings),
            Policy = PolicyReader.Read(root),
            SimulatedImages = ReadSimulatedImages(root),
        };
        ClusterOverrides.Check(root, fleet);
        root.Close();
        return fleet;
    }

    private static string ReadName(YamlMap root)
    {
        if (root.RequiredMap("metadata") is not { } metadata)
        {
            return "";
        }

        var name = metadata.RequiredText("name");
        if (name.Length > 0 && !Names.IsLabel(name))
        {
            metadata.Fault("name", $"'{name}' is no name of a fleet; expected {Names.LabelRule}.");
        }

        metadata.Close();
        return name;
    }

    private static ImmutableArray<Application> ReadApplications(YamlMap root)
    {
        root.RequiredMap("applications");
        var entries = root.Entries("applications");
        foreach (var (name, _) in entries.Where(entry => !Names.IsLabel(entry.Name)))
        {
            root.Map("applications")!.FaultName(name, $"'{name}' is no name of an application; expected {Names.LabelRule}.");
        }

        return
        [
            .. entries.Select(entry => entry.Map.Has(ProgramReader.Field)
                ? ProgramReader.Read(entry.Name, entry.Map)
                : ApplicationReader.Read(entry.Name, entry.Map)),
        ];
    }

    private static ImmutableArray<string> ReadSimulatedImages(YamlMap root)
    {
        if (root.Map("simulator") is not { } simulator)
        {
            return [];
        }

        var images = simulator.Texts("images").ToImmutableArray();
        simulator.Close();
        return images;
    }
}
