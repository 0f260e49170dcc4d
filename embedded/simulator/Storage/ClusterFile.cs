using System.Buffers;
using System.Text.Json;
using FogInfra.Embedded.Simulator.Clusters;
using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Storage;

/// <summary>The file in which a cluster is kept while its process does not run. It holds Secrets, so only its owner may read it.</summary>
internal sealed class ClusterFile(string path)
{
    private const int Layout = 1;

    /// <summary>Where it is.</summary>
    public string Path { get; } = path;

    /// <summary>Reads the cluster.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or of a layout that this version does not know.</exception>
    public (ClusterSpec Spec, ObjectStore Store) Read()
    {
        try
        {
            var file = JsonReading.Parse(File.ReadAllBytes(Path));
            if (file.Long("layout") != Layout) throw new InvalidDataException($"{Path} has layout {file["layout"]}; this version reads layout {Layout}.");
            var spec = JsonSerializer.Deserialize<ClusterSpec>(JsonWriting.ToUtf8(file.Map("spec")), SimulatorJson.Options)!;
            return (spec, new ObjectStore(file.Long("revision") ?? 1, file.Maps("resources").SelectMany(ReadObjects)));
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{Path} is damaged: {error.Message} Delete it to do without the cluster.", error);
        }
    }

    /// <summary>Writes the cluster: to a file beside it first, so that there is always a whole one.</summary>
    public async Task WriteAsync(ClusterSpec spec, ObjectStore store, CancellationToken cancellationToken)
    {
        var (resources, revision) = store.ReadAll();
        var output = new ArrayBufferWriter<byte>(64 * 1024);
        output.Write(JsonSerializer.SerializeToUtf8Bytes(new { layout = Layout, revision }).AsSpan()[..^1]);
        output.Write(",\n\"spec\":"u8);
        output.Write(JsonSerializer.SerializeToUtf8Bytes(spec, SimulatorJson.Options));
        output.Write(",\n\"resources\":["u8);
        var separator = "\n"u8;
        foreach (var objects in resources.Select(objects => objects.All.ToList()).Where(objects => objects.Count > 0))
        {
            output.Write(separator);
            WriteObjects(output, objects);
            separator = ",\n"u8;
        }
        output.Write("]}\n"u8);
        await AtomicFile.WriteAsync(Path, output.WrittenMemory, cancellationToken).ConfigureAwait(false);
    }

    private static IEnumerable<StoredObject> ReadObjects(JsonMap resource)
    {
        var name = new GroupResource(resource.Text("group") ?? "", resource.Text("plural") ?? "");
        foreach (var value in resource.Maps("objects"))
        {
            var revision = long.TryParse(value.Metadata.Text("resourceVersion"), out var version) ? version : 1;
            yield return new StoredObject(name, new ObjectKey(value.Namespace, value.Name), revision, value);
        }
    }

    private static void WriteObjects(IBufferWriter<byte> output, List<StoredObject> objects)
    {
        var name = JsonWriting.ToUtf8(JsonMap.Of(("group", objects[0].Resource.Group), ("plural", objects[0].Resource.Plural)));
        output.Write(name.AsSpan()[..^1]);
        output.Write(",\"objects\":["u8);
        for (var i = 0; i < objects.Count; i++)
        {
            output.Write(i == 0 ? "\n"u8 : ",\n"u8);
            output.Write(objects[i].Utf8.Span);
        }
        output.Write("]}"u8);
    }
}
