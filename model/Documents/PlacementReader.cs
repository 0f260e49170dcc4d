using System.Collections.Immutable;
using System.Net;

namespace FogInfra.Model.Documents;

/// <summary>Reads where pods may run and what they may reach.</summary>
internal static class PlacementReader
{
    private static readonly string[] Operators = ["Exists", "Equal"];
    private static readonly string[] Effects = ["NoSchedule", "PreferNoSchedule", "NoExecute"];

    // The values of the node label kubernetes.io/arch that Kubernetes is released for.
    private static readonly string[] KnownArchitectures = ["amd64", "arm64", "arm", "ppc64le", "s390x"];

    public static ImmutableArray<Toleration> ReadTolerations(YamlMap owner) => [.. owner.Maps("tolerations").Select(ReadToleration)];

    public static ImmutableArray<string> ReadArchitectures(YamlMap owner)
    {
        var architectures = owner.Texts("architectures").ToImmutableArray();
        for (var index = 0; index < architectures.Length; index++)
        {
            if (!KnownArchitectures.Contains(architectures[index]))
            {
                owner.FaultItem(
                    "architectures", index, $"'{architectures[index]}' is no architecture{Suggestion.For(architectures[index], KnownArchitectures)}");
            }
        }

        return architectures;
    }

    public static ImmutableArray<AccessRule> ReadAccess(YamlMap owner) => [.. owner.Maps("access").Select(ReadAccessRule)];

    public static ImmutableArray<EgressRule> ReadEgress(YamlMap owner) => [.. owner.Maps("egress").Select(ReadEgressRule)];

    private static Toleration ReadToleration(YamlMap map)
    {
        var value = map.Text("value");
        var toleration = new Toleration(
            map.Text("key"),
            map.Choice("operator", Operators) ?? (value is null ? "Exists" : "Equal"),
            value,
            map.Choice("effect", Effects),
            map.WholeNumber("tolerationSeconds", 0));
        map.Close();
        if (toleration is { Operator: "Exists", Value: not null })
        {
            map.Fault("value", "With the operator Exists there is no value.");
        }

        if (toleration is { Operator: "Equal", Key: null })
        {
            map.FaultHere("The field 'key' is missing; only the operator Exists can do without.");
        }

        if (toleration is { Key: { } key } && !Names.IsQualifiedName(key))
        {
            map.Fault("key", $"'{key}' is no key of a taint; expected {Names.QualifiedNameRule}.");
        }

        if (toleration is { Seconds: not null, Effect: not "NoExecute" })
        {
            map.Fault("tolerationSeconds", "Only the effect NoExecute can be tolerated for a time.");
        }

        return toleration;
    }

    private static AccessRule ReadAccessRule(YamlMap map)
    {
        var rule = new AccessRule
        {
            ApiGroups = map.Has("apiGroups") ? [.. map.Texts("apiGroups")] : [""],
            Resources = ReadSome(map, "resources"),
            Verbs = ReadSome(map, "verbs"),
            Names = [.. map.Texts("names")],
        };
        map.Close();
        return rule;
    }

    private static ImmutableArray<string> ReadSome(YamlMap map, string field)
    {
        var texts = map.Texts(field);
        if (texts.Count == 0)
        {
            map.FaultHere($"The field '{field}' is missing or empty.");
        }

        return [.. texts];
    }

    private static EgressRule ReadEgressRule(YamlMap map)
    {
        var cidr = map.RequiredText("cidr");
        if (cidr.Length > 0 && (!cidr.Contains('/') || !IPNetwork.TryParse(cidr, out _)))
        {
            map.Fault("cidr", $"'{cidr}' is no range of addresses; expected CIDR notation such as 10.20.0.0/16.");
        }

        var rule = new EgressRule { Cidr = cidr, Ports = [.. map.WholeNumbers("ports", 1, 65535)] };
        map.Close();
        return rule;
    }
}
