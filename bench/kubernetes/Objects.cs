using System.Text.Json.Nodes;

namespace FogInfra.Bench.Kubernetes;

/// <summary>An object to be brought about.</summary>
/// <param name="Token">Its type as Pulumi names it.</param>
/// <param name="Path">The path of its kind below a namespace, from the group version on.</param>
/// <param name="Json">The object.</param>
internal sealed record Wanted(string Token, string Path, JsonObject Json)
{
    public string Name => Json["metadata"]!["name"]!.GetValue<string>();
}

/// <summary>The objects of the comparison: ConfigMaps, Services and Deployments without pods, in equal parts.</summary>
internal static class Objects
{
    public static IReadOnlyList<Wanted> Make(int count, string @namespace, string label) =>
        [.. Enumerable.Range(0, count).Select(number => (number % 3) switch
        {
            0 => Of("core/v1:ConfigMap", "/api/v1", "configmaps", "v1", "ConfigMap", number, @namespace, label, ("data", $$"""{"number":"{{number}}","text":"{{new string('x', 200)}}"}""")),
            1 => Of("core/v1:Service", "/api/v1", "services", "v1", "Service", number, @namespace, label, ("spec", $$"""{"ports":[{"name":"http","port":80,"protocol":"TCP"}],"selector":{"app":"app-{{number}}"} }""")),
            _ => Of("apps/v1:Deployment", "/apis/apps/v1", "deployments", "apps/v1", "Deployment", number, @namespace, label, ("spec", $$"""
                {"replicas":0,"selector":{"matchLabels":{"app":"app-{{number}}"} },"template":{"metadata":{"labels":{"app":"app-{{number}}"} },
                 "spec":{"containers":[{"name":"web","image":"web:1","ports":[{"containerPort":8080,"protocol":"TCP"}],"env":[{"name":"A","value":"1"}]}]} } }
                """)),
        })];

    private static Wanted Of(
        string token, string root, string plural, string apiVersion, string kind, int number, string @namespace, string label, (string Name, string Json) content)
    {
        var json = new JsonObject
        {
            ["apiVersion"] = apiVersion,
            ["kind"] = kind,
            ["metadata"] = new JsonObject { ["name"] = $"thing-{number}", ["namespace"] = @namespace, ["labels"] = new JsonObject { ["wave"] = label } },
            [content.Name] = JsonNode.Parse(content.Json),
        };
        return new Wanted($"kubernetes:{token}", $"{root}/namespaces/{@namespace}/{plural}", json);
    }
}
