using System.Text.Json;
using FogInfra.Embedded.Kubernetes.Client;

namespace FogInfra.Embedded.Kubernetes.Readiness;

/// <summary>Label selectors of objects in the form that queries take.</summary>
internal static class LabelSelectors
{
    /// <summary>The query for a <c>LabelSelector</c> object.</summary>
    public static string ToQuery(JsonElement selector)
    {
        var labels = Labels(KubeObject.Child(selector, "matchLabels"));
        var expressions = KubeObject.ItemsOf(KubeObject.Child(selector, "matchExpressions")).Select(Expression);
        return string.Join(',', labels.Concat(expressions));
    }

    /// <summary>The query for a plain map of labels.</summary>
    public static string FromLabels(JsonElement labels) => string.Join(',', Labels(labels));

    private static IEnumerable<string> Labels(JsonElement labels) =>
        labels.ValueKind == JsonValueKind.Object ? labels.EnumerateObject().Select(label => $"{label.Name}={label.Value.GetString()}") : [];

    private static string Expression(JsonElement expression)
    {
        var key = KubeObject.TextOf(expression, "key");
        var values = string.Join(',', KubeObject.ItemsOf(KubeObject.Child(expression, "values")).Select(value => value.GetString()));
        return KubeObject.TextOf(expression, "operator") switch
        {
            "In" => $"{key} in ({values})",
            "NotIn" => $"{key} notin ({values})",
            "DoesNotExist" => $"!{key}",
            _ => $"{key}",
        };
    }
}
