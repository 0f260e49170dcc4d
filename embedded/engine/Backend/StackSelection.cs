using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FogInfra.Embedded.Engine.Backend;

/// <summary>Which stack of a project is selected: a file in Pulumi's home folder.</summary>
/// <param name="home">Pulumi's home folder.</param>
/// <param name="project">The project's name.</param>
/// <param name="projectFile">The path of its Pulumi.yaml.</param>
/// <param name="backendUrl">The backend; each has its own selection.</param>
internal sealed class StackSelection(string home, string project, string projectFile, string backendUrl)
{
    private string FilePath => Path.Combine(home, "workspaces", $"{project}-{Hash(projectFile)}-workspace.json");

    /// <summary>The selected stack's name as it was written; null when none is selected.</summary>
    public async Task<string?> ReadAsync(CancellationToken cancellationToken)
    {
        var json = await ReadFileAsync(cancellationToken).ConfigureAwait(false);
        return (json["stacks"]?[backendUrl] ?? json["stack"]) is JsonValue value && value.TryGetValue<string>(out var name) && name.Length > 0
            ? name
            : null;
    }

    /// <summary>Selects a stack; null selects none.</summary>
    public async Task WriteAsync(StackName? stack, CancellationToken cancellationToken)
    {
        var before = await ReadFileAsync(cancellationToken).ConfigureAwait(false);
        var json = before.DeepClone().AsObject();
        var stacks = json["stacks"]?.DeepClone().AsObject() ?? [];
        if (stack is null)
        {
            stacks.Remove(backendUrl);
            json.Remove("stack");
        }
        else
        {
            stacks[backendUrl] = stack.ToString();
            json["stack"] = stack.ToString();
        }

        json["stacks"] = stacks;
        if (JsonNode.DeepEquals(before, json))
        {
            return; // Clients select the stack before every operation.
        }

        await AtomicFile.WriteAsync(FilePath, JsonSerializer.SerializeToUtf8Bytes(json), cancellationToken).ConfigureAwait(false);
    }

    private async Task<JsonObject> ReadFileAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(FilePath))
        {
            return [];
        }

        try
        {
            return JsonNode.Parse(await File.ReadAllBytesAsync(FilePath, cancellationToken).ConfigureAwait(false)) as JsonObject ?? [];
        }
        catch (JsonException)
        {
            return []; // Only a selection: it is made anew.
        }
    }

#pragma warning disable CA5350 // SHA-1 only names the file; the real command line names it so.
    private static string Hash(string path) => Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(path)));
#pragma warning restore CA5350
}
