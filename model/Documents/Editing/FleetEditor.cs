using System.Collections.Immutable;
using System.Text.Json.Nodes;
using YamlDotNet.Core;

namespace FogInfra.Model.Documents.Editing;

/// <summary>
/// Changes fleet documents in place. Pure: a text comes in, a text comes out. What a change is not about stays as it is, byte for byte,
/// and the new text is read again before it is given back: a document that would be wrong is refused.
/// </summary>
public static class FleetEditor
{
    /// <summary>Changes a document.</summary>
    /// <param name="file">The file as the user named it, for problems.</param>
    /// <param name="text">The file's text, without a byte order mark.</param>
    /// <param name="change">The change.</param>
    /// <returns>The new text (the same one when it says already what is wanted), or why the change is refused.</returns>
    public static ReadResult<string> Apply(string file, string text, FleetChange change)
    {
        var read = FleetReader.Read(file, text);
        if (read.Value is not { } fleet)
        {
            return ReadResult<string>.Failed(read.Problems);
        }

        if (FleetChangeRules.Fault(fleet, change) is { } fault)
        {
            return Refused(file, 1, fault);
        }

        try
        {
            var changed = Apply(text, change);
            var problems = FleetReader.Read(file, changed).Problems;
            return problems.IsEmpty ? ReadResult<string>.Read(changed) : ReadResult<string>.Failed(problems.Select(problem => problem with
            {
                Message = $"{problem.Message} (as the file would read then)",
            }));
        }
        catch (YamlEditException exception)
        {
            return Refused(file, exception.Line, $"{exception.Message} Change it by hand.");
        }
    }

    private static string Apply(string text, FleetChange change)
    {
        var document = new YamlDocumentText(text);
        var tree = YamlTree.Read(text);
        var before = Normal(tree);
        var splice = change switch
        {
            FleetChange.AddApplication(var name, var space, var service) => Set(document, tree, ApplicationYaml(space, service), "applications", name),
            FleetChange.RemoveApplication(var name) => Remove(document, tree, "applications", name),
            FleetChange.AddService(var application, var service) => Set(document, tree, service.ToYaml(), "applications", application, "services", service.Name),
            FleetChange.RemoveService(var application, var service) => Remove(document, tree, "applications", application, "services", service),
            FleetChange.SetVersion(var application, var service, var version) =>
                Set(document, tree, new YamlValue.Scalar(version), "applications", application, "services", service, "version"),
            FleetChange.SetDependencies(var application, var service, { IsEmpty: true }) =>
                Remove(document, tree, "applications", application, "services", service, "dependsOn"),
            FleetChange.SetDependencies(var application, var service, var names) =>
                SetItems(document, tree, names, "applications", application, "services", service, "dependsOn"),
            FleetChange.AddCluster(var cluster) => Set(document, tree, cluster.ToYaml(), "clusters", cluster.Name),
            FleetChange.RemoveCluster(var cluster) => Remove(document, tree, "clusters", cluster),
            FleetChange.MoveCluster(var cluster, var ring) => Set(document, tree, new YamlValue.Scalar(ring), "clusters", cluster, "ring"),
            _ => throw new ArgumentOutOfRangeException(nameof(change), change, null),
        };
        if (splice is null || JsonNode.DeepEquals(before, Normal(tree)))
        {
            return text;
        }

        // YAML can be written in more ways than an editor knows: where the result says anything but what was meant, nothing is changed.
        var changed = splice.Apply(text);
        return Says(changed, tree)
            ? changed
            : throw new YamlEditException(LineOf(text, splice), "The file is written in a way that cannot be changed in place here.");
    }

    private static bool Says(string text, JsonObject tree)
    {
        try
        {
            return JsonNode.DeepEquals(Normal(tree), Normal(YamlTree.Read(text)));
        }
        catch (YamlException)
        {
            return false;
        }
    }

    private static TextSplice Set(YamlDocumentText document, JsonObject tree, YamlValue value, params string[] path)
    {
        YamlTree.Set(tree, value, path);
        return document.Set(value, path);
    }

    private static TextSplice SetItems(YamlDocumentText document, JsonObject tree, ImmutableArray<string> names, params string[] path)
    {
        YamlTree.Set(tree, YamlValue.Texts(names), path);
        return document.SetItems(names, path);
    }

    private static TextSplice? Remove(YamlDocumentText document, JsonObject tree, params string[] path)
    {
        if (!document.Has(path))
        {
            return null;
        }

        YamlTree.Remove(tree, path);
        return document.Remove(path);
    }

    private static YamlValue.Map ApplicationYaml(string? space, NewService service)
    {
        var services = ("services", (YamlValue)new YamlValue.Map([(service.Name, service.ToYaml())], IsBlock: true));
        return new YamlValue.Map(space is null ? [services] : [("namespace", new YamlValue.Scalar(space)), services], IsBlock: true);
    }

    // The order of dependencies says nothing.
    private static JsonNode? Normal(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.Select(entry => KeyValuePair.Create(entry.Key, entry.Key == "dependsOn" && entry.Value is JsonArray list
            ? new JsonArray([.. list.Select(item => (string?)item).Order(StringComparer.Ordinal).Select(item => JsonValue.Create(item))])
            : Normal(entry.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Normal)]),
        _ => node?.DeepClone(),
    };

    private static int LineOf(string text, TextSplice splice) => 1 + text.AsSpan(0, splice.Start).Count('\n');

    private static ReadResult<string> Refused(string file, int line, string message) => ReadResult<string>.Failed([new Problem(file, line, 1, "", message)]);
}
