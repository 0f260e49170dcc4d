using System.Text.Json.Nodes;

namespace FogInfra.Durability;

/// <summary>A state as another tool reads it: plain JSON, checked by the rules of the format without help of the engine.</summary>
internal sealed class StateCheck
{
    private readonly JsonArray _resources;

    private StateCheck(JsonObject deployment)
    {
        _resources = deployment["resources"]?.AsArray() ?? [];
        Pending = [.. (deployment["pending_operations"]?.AsArray() ?? []).Select(item =>
            new Pending(Text(item!["resource"]!, "urn")!, Text(item, "type")!))];
        Objects = [.. _resources.Where(item => Text(item!, "id") is not null && !Text(item!, "type")!.StartsWith("pulumi:", StringComparison.Ordinal))
            .Select(item => new StateObject(
                Text(item!, "urn")!, Text(item!, "type")!, Text(item!, "id")!, item!["delete"] is not null, item["pendingReplacement"] is not null))];
    }

    /// <summary>What was under way.</summary>
    public IReadOnlyList<Pending> Pending { get; }

    /// <summary>The resources that stand for objects of the cloud.</summary>
    public IReadOnlyList<StateObject> Objects { get; }

    /// <summary>Reads the checkpoint file itself; a stack that was never updated has an empty state.</summary>
    public static StateCheck OfCheckpoint(string file)
    {
        var root = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
        Require(root["version"]!.GetValue<int>() == 3, "the checkpoint is not of version 3");
        return new StateCheck(root["checkpoint"]!["latest"] as JsonObject ?? []).Checked();
    }

    /// <summary>Reads an export.</summary>
    public static StateCheck OfExport(string text) => new StateCheck(JsonNode.Parse(text)!["deployment"]!.AsObject()).Checked();

    private StateCheck Checked()
    {
        var (seen, alive, providers) = (new HashSet<string>(), new HashSet<string>(), new HashSet<string>());
        foreach (var item in _resources.Select(node => node!.AsObject()))
        {
            var urn = Text(item, "urn") ?? throw new CheckException("a resource has no URN");
            Require(Text(item, "type") is not null, $"{urn} has no type");
            Require(item["custom"]!.GetValue<bool>() || item["id"] is null, $"{urn} is a component with an id");
            Require(item["delete"] is not null || alive.Add(urn), $"{urn} is there twice");
            foreach (var (what, other) in References(item))
            {
                Require(seen.Contains(other), $"{what} of {urn} is {other}, which does not stand before it");
            }

            Require(
                Text(item, "provider") is not { } provider || item["pendingReplacement"] is not null || providers.Contains(provider),
                $"the provider of {urn} does not stand before it");
            seen.Add(urn);
            providers.Add($"{urn}::{Text(item, "id")}");
        }

        return this;
    }

    private static IEnumerable<(string What, string Urn)> References(JsonObject item)
    {
        foreach (var name in new[] { "parent", "deletedWith" })
        {
            if (Text(item, name) is { } urn)
            {
                yield return (name, urn);
            }
        }

        foreach (var urn in (item["dependencies"]?.AsArray() ?? []).Concat(item["replaceWith"]?.AsArray() ?? []))
        {
            yield return ("dependency", urn!.GetValue<string>());
        }

        foreach (var urn in (item["propertyDependencies"]?.AsObject() ?? []).SelectMany(pair => pair.Value?.AsArray() ?? []))
        {
            yield return ("property dependency", urn!.GetValue<string>());
        }
    }

    private static string? Text(JsonNode node, string name) => node[name]?.GetValue<string>();

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new CheckException($"the state is not sound: {message}");
        }
    }
}

/// <summary>An operation that is noted as under way.</summary>
internal sealed record Pending(string Urn, string Kind);

/// <summary>A resource of the state.</summary>
internal sealed record StateObject(string Urn, string Type, string Id, bool IsCondemned, bool IsPendingReplacement)
{
    public string Name => Urn.Split("::")[^1];
}
