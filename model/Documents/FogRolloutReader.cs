using System.Collections.Immutable;

namespace FogInfra.Model.Documents;

/// <summary>
/// Reads FogRollout documents (<c>apiVersion: paguos.io/v1alpha1</c>): one application, of one service, with its own
/// containers and replicas on each layer.
/// </summary>
public static class FogRolloutReader
{
    /// <summary>The group and version of FogRollout documents.</summary>
    public const string ApiVersion = "paguos.io/v1alpha1";

    /// <summary>The kind of FogRollout documents.</summary>
    public const string Kind = "FogRollout";

    /// <summary>Reads a document.</summary>
    /// <param name="file">The file as the user named it, for problems.</param>
    /// <param name="text">The file's text.</param>
    public static ReadResult<Application> Read(string file, string text)
    {
        var source = new YamlSource(file);
        var application = source.Open(text) is { } root ? ReadRoot(root) : null;
        return application is null || source.Problems.Count > 0
            ? ReadResult<Application>.Failed(source.Problems)
            : ReadResult<Application>.Read(application);
    }

    private static Application? ReadRoot(YamlMap root)
    {
        if (!DocumentHeader.Check(root, ApiVersion, Kind))
        {
            return null;
        }

        var metadata = root.RequiredMap("metadata");
        var name = ReadName(metadata);
        var spec = root.RequiredMap("spec");
        var service = spec is null ? null : ReadService(spec, name);
        root.Map("status"); // What an operator wrote into it is none of our business.
        root.Close();
        return service is null ? null : new Application { Name = name, Namespace = metadata?.Text("namespace") ?? name, Services = [service] };
    }

    private static string ReadName(YamlMap? metadata)
    {
        if (metadata is null)
        {
            return "";
        }

        var name = metadata.RequiredText("name");
        if (name.Length > 0 && !Names.IsLabel(name))
        {
            metadata.Fault("name", $"'{name}' is no name of a rollout; expected {Names.LabelRule}.");
        }

        if (metadata.Text("namespace") is { } @namespace && !Names.IsLabel(@namespace))
        {
            metadata.Fault("namespace", $"'{@namespace}' is no name of a namespace; expected {Names.LabelRule}.");
        }

        metadata.TextEntries("labels");
        metadata.TextEntries("annotations");
        metadata.Close();
        return name;
    }

    private static Service ReadService(YamlMap spec, string name)
    {
        var service = new Service
        {
            Name = name,
            Version = ApplicationReader.ReadVersion(spec),
            Layers = LayersReader.Read(spec, "deployments", new ServiceSettings()),
        };
        spec.Close();
        return service;
    }
}
