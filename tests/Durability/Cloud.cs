using System.Text.Json;

namespace FogInfra.Durability;

/// <summary>An object that exists, whatever becomes of the engine.</summary>
/// <param name="Id">Its id: its kind and name.</param>
/// <param name="Owner">The URN of the resource that made it.</param>
/// <param name="Size">A property that can be changed.</param>
/// <param name="Zone">A property that cannot.</param>
internal sealed record CloudObject(string Id, string Owner, double Size, double Zone);

/// <summary>
/// What a provider manages: one file for each object, each written in one piece, so that the end of a process leaves an object made
/// or not made, never half.
/// </summary>
internal sealed class Cloud(string folder)
{
    /// <summary>All objects by their ids.</summary>
    public IReadOnlyDictionary<string, CloudObject> Objects => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*.json").Select(file => JsonSerializer.Deserialize<CloudObject>(File.ReadAllText(file))!).ToDictionary(item => item.Id)
        : new Dictionary<string, CloudObject>();

    /// <summary>An object; null when there is none of that id.</summary>
    public CloudObject? Find(string id) => File.Exists(PathOf(id)) ? JsonSerializer.Deserialize<CloudObject>(File.ReadAllText(PathOf(id))) : null;

    /// <summary>Writes an object, new or changed.</summary>
    public void Put(CloudObject item)
    {
        Directory.CreateDirectory(folder);
        var temporary = Path.Combine(folder, $"{Guid.NewGuid():N}.tmp");
        File.WriteAllText(temporary, JsonSerializer.Serialize(item));
        File.Move(temporary, PathOf(item.Id), overwrite: true);
    }

    /// <summary>Deletes an object; one that is gone already is no error, as in Kubernetes.</summary>
    public void Delete(string id)
    {
        if (Directory.Exists(folder))
        {
            File.Delete(PathOf(id));
        }
    }

    private string PathOf(string id) => Path.Combine(folder, id + ".json");
}
