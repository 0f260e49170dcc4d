using System.Collections.Immutable;

namespace FogInfra.Model.Documents;

/// <summary>Reads an application that is a Pulumi project of its own: <c>{program, version, layers, config}</c>.</summary>
internal static class ProgramReader
{
    /// <summary>The field by which such an application is known.</summary>
    public const string Field = "program";

    public static Application Read(string name, YamlMap map)
    {
        var folder = map.RequiredText(Field);
        var layers = map.Texts("layers");
        for (var index = 0; index < layers.Count; index++)
        {
            if (LayerNames.Find(layers[index]) is null)
            {
                map.FaultItem("layers", index, $"'{layers[index]}' is no layer{Suggestion.For(layers[index], LayerNames.All.Select(LayerNames.Name))}");
            }
        }

        var service = new Service
        {
            Name = name,
            Version = ApplicationReader.ReadVersion(map),
            Layers = (layers.Count == 0 ? LayerNames.All : layers.Select(LayerNames.Find).OfType<Layer>())
                .Distinct()
                .ToImmutableSortedDictionary(layer => layer, _ => new ServiceLayer { Replicas = 0, Containers = [] }),
        };
        var application = new Application
        {
            Name = name,
            Namespace = name,
            Services = [service],
            Program = new ProgramFolder { Folder = folder, Config = map.TextEntries("config").ToImmutableSortedDictionary(StringComparer.Ordinal) },
        };
        map.Close();
        return application;
    }
}
