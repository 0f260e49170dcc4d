using System.Text.Json.Nodes;
using FogInfra.Clusters.Arguments;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;

namespace FogInfra.Tests;

/// <summary>Descriptions of clusters that tests share.</summary>
internal static class Generated
{
    public const string Everything = """
        {"name":"cloud-1","engine":"kind","layer":"cloud","version":"1.33.1","topology":{"controlPlanes":1,"workers":1},
         "controlPlane":{"cpu":"1","memory":"1Gi","labels":{"site":"a"},"taints":["a=b:NoSchedule"]},"worker":{"cpu":"1","memory":"1Gi"},
         "ports":[{"host":8080,"node":30080},{"host":8053,"node":30053,"protocol":"UDP","address":"0.0.0.0"}],
         "mounts":[{"host":"/srv/data","node":"/data","readOnly":true}],"mirrors":{"docker.io":["http://mirror:5000"]},
         "podNetwork":false,"featureGates":{"SidecarContainers":true,"InPlacePodVerticalScaling":false},"subnet":"172.30.0.0/16",
         "link":{"delayMilliseconds":50,"bandwidthKilobits":512},"architecture":"arm64"}
        """;

    public static PropertyMap Map(string json) => PlainJson.FromJson(JsonNode.Parse(json)!.AsObject());

    /// <summary>So many random descriptions that have no fault. The same seed gives the same ones.</summary>
    public static IEnumerable<ClusterArguments> Random(int seed, int count, string engine)
    {
        var random = new Random(seed);
        while (count > 0)
        {
            var faults = new List<CheckFailure>();
            var arguments = ClusterArgumentsReader.Read(Map(One(random, engine).ToJsonString()), faults);
            if (faults.Count == 0)
            {
                count--;
                yield return arguments;
            }
        }
    }

    private static JsonObject One(Random random, string engine)
    {
        bool Coin() => random.Next(2) == 0;
        var workers = random.Next(4);
        var inputs = new JsonObject
        {
            ["name"] = $"c{random.Next(1000)}-{random.Next(1000)}",
            ["engine"] = engine,
            ["layer"] = new[] { "cloud", "fog", "edge" }[random.Next(3)],
            ["topology"] = new JsonObject { ["controlPlanes"] = random.Next(2) * 2 + 1, ["workers"] = workers },
            ["podNetwork"] = Coin(),
        };
        if (Coin())
        {
            inputs["version"] = $"1.{random.Next(25, 35)}.{random.Next(10)}";
        }

        if (Coin())
        {
            inputs["controlPlane"] = Group(random);
        }

        if (workers > 0 && Coin())
        {
            inputs["worker"] = Group(random);
        }

        inputs["ports"] = new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(number => new JsonObject
        {
            ["host"] = 20000 + number * 100 + random.Next(100),
            ["node"] = random.Next(30000, 32768),
            ["protocol"] = new[] { "TCP", "UDP", "SCTP" }[random.Next(3)],
            ["address"] = Coin() ? "127.0.0.1" : "0.0.0.0",
        })]);
        inputs["mounts"] = new JsonArray([.. Enumerable.Range(0, random.Next(3)).Select(number => new JsonObject
        {
            ["host"] = $"/tmp/m {number}", ["node"] = $"/data/{number}", ["readOnly"] = Coin(),
        })]);
        if (Coin())
        {
            inputs["featureGates"] = new JsonObject { ["SidecarContainers"] = Coin(), [$"Gate{random.Next(9)}"] = Coin() };
        }

        if (Coin())
        {
            inputs["mirrors"] = new JsonObject { ["docker.io"] = new JsonArray("http://mirror:5000", "https://other.example/"), ["quay.io"] = new JsonArray("http://10.0.0.1:80") };
        }

        if (Coin())
        {
            inputs["subnet"] = $"10.{random.Next(256)}.0.0/{random.Next(9, 25)}";
        }

        return inputs;
    }

    private static JsonObject Group(Random random) => new()
    {
        ["cpu"] = new[] { "500m", "1", "1.5", "2" }[random.Next(4)],
        ["memory"] = new[] { "512Mi", "1Gi", "2G", "1.5Gi" }[random.Next(4)],
        ["labels"] = new JsonObject { ["site"] = $"s{random.Next(9)}", ["example.org/line"] = "true" },
        ["taints"] = new JsonArray("dedicated=x:NoSchedule", "soft:PreferNoSchedule"),
    };
}
