using System.Text.Json;
using System.Text.Json.Serialization;

namespace FogInfra.Model;

/// <summary>How far the making or removal of a cluster has come.</summary>
public enum ClusterPhase
{
    /// <summary>It is being made.</summary>
    Creating,

    /// <summary>It is made.</summary>
    Made,

    /// <summary>It is being removed.</summary>
    Deleting,
}

/// <summary>
/// What the project remembers of a cluster that it makes, in a file next to its kubeconfig. It is written before anything is made and
/// removed after everything is gone, so that whatever is left after a crash is known by it.
/// </summary>
public sealed record ClusterRecord
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>The cluster's name.</summary>
    public required string Name { get; init; }

    /// <summary>Its engine.</summary>
    public required string Engine { get; init; }

    /// <summary>The URN of the resource that it belongs to.</summary>
    public required string Owner { get; init; }

    /// <summary>Differs for each cluster that is made, also for two of the same name.</summary>
    public required string Instance { get; init; }

    /// <summary>How far it has come.</summary>
    public required ClusterPhase Phase { get; init; }

    /// <summary>The network of its containers; null where there is none.</summary>
    public string? Network { get; init; }

    /// <summary>Reads a record; null when the text is none.</summary>
    public static ClusterRecord? Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<ClusterRecord>(json, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Reads the record of a file; null when there is none.</summary>
    public static ClusterRecord? ReadFile(string path)
    {
        try
        {
            return Read(File.ReadAllText(path));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Writes a record as text.</summary>
    public string Write() => JsonSerializer.Serialize(this, Options);

    /// <summary>The project and stack of the resource that it belongs to, <c>PROJECT/STACK</c>.</summary>
    // urn:pulumi:STACK::PROJECT::TYPES::NAME
    public string OwnerStack() => Owner.Split("::") is [var first, var project, ..] ? $"{project}/{first[(first.LastIndexOf(':') + 1)..]}" : Owner;
}
