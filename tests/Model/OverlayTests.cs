using System.Collections.Immutable;
using FogInfra.Model;
using FsCheck;
using FsCheck.Fluent;

namespace FogInfra.Tests;

/// <summary>Settings laid over each other: the laws that make the order of layers and clusters the only thing that matters.</summary>
public sealed class OverlayTests
{
    private static readonly ServiceSettings Full = new()
    {
        Replicas = 3,
        Containers = [new Container { Name = "a", Image = "a:1" }],
        Config = Map("A", "1"),
        Files = Map("/a", "1"),
        Secrets = ImmutableSortedDictionary<string, SecretSource>.Empty.Add("S", new SecretSource(SecretKind.Environment, "S")),
        Autoscaling = new Autoscaling(1, 2, 50),
        Disruption = new Disruption("1"),
        Spread = new Spread { Over = ["host"] },
        Update = new UpdateStrategy(true),
        Expose = new Exposure { Kind = ExposureKind.NodePort },
        Ingress = new IngressRoute(),
        Volumes = [new Volume { Name = "v", ConfigMap = "c" }],
        Access = [new AccessRule { ApiGroups = [""], Resources = ["pods"], Verbs = ["get"] }],
        Egress = [new EgressRule { Cidr = "10.0.0.0/8" }],
        NodeSelector = Map("disk", "ssd"),
        Tolerations = [new Toleration("gpu")],
        Architectures = ["arm64"],
    };

    [Fact]
    public void Over_Nothing_IsTheSame() => Assert.Equal(Json(Full), Json(Full.Over(new ServiceSettings())));

    [Fact]
    public void Nothing_OverSomething_IsThat() => Assert.Equal(Json(Full), Json(new ServiceSettings().Over(Full)));

    [Fact]
    public void Over_Itself_IsTheSame() => Assert.Equal(Json(Full), Json(Full.Over(Full)));

    [Fact]
    public void Over_EveryProperty_IsTakenAlong()
    {
        // A property that Over forgets would come back empty here.
        foreach (var property in typeof(ServiceSettings).GetProperties().Where(property => property.CanWrite))
        {
            Assert.Equal(property.GetValue(Full), property.GetValue(new ServiceSettings().Over(Full)));
        }
    }

    [Fact]
    public void Over_IsAssociative() => Prop
        .ForAll(Settings.Three(), three => Json(three.Item1.Over(three.Item2.Over(three.Item3))) == Json(three.Item1.Over(three.Item2).Over(three.Item3)))
        .Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Over_TheUpperValueWins() => Prop
        .ForAll(Settings.Three(), three =>
        {
            var (upper, lower) = (three.Item1, three.Item2);
            var both = upper.Over(lower);
            return both.Replicas == (upper.Replicas ?? lower.Replicas)
                && upper.Config.All(pair => both.Config[pair.Key] == pair.Value)
                && lower.Config.All(pair => both.Config.ContainsKey(pair.Key))
                && upper.Containers.All(container => both.Containers.Single(other => other.Name == container.Name).Image is var image
                    && (container.Image.Length == 0 || image == container.Image));
        })
        .Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Workload_WrittenAndRead_IsTheSame_WhateverItsSettings() => Prop
        .ForAll(Settings.Three(), three =>
        {
            var json = Json(three.Item1.Over(Full));
            return json == WorkloadJson.Write(WorkloadJson.Read(json));
        })
        .Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Containers_OfTheSameName_AreMergedFieldByField()
    {
        var lower = new Container
        {
            Name = "web", Image = "web:1", Command = ["run"], WorkingDir = "/srv", Ports = [new ContainerPort(80)],
            LivenessProbe = new Probe { TcpPort = "80" }, SecurityContext = new ContainerSecurity { RunAsUser = 1 },
        };
        var merged = new Container { Name = "web", Image = "", Args = ["fast"], ImagePullPolicy = "Always" }.Over(lower);

        Assert.Equal(("web:1", "Always", "/srv"), (merged.Image, merged.ImagePullPolicy, merged.WorkingDir));
        Assert.Equal(["run"], merged.Command);
        Assert.Equal(["fast"], merged.Args);
        Assert.Equal((80, "80", 1), (merged.Ports[0].Number, merged.LivenessProbe!.TcpPort, merged.SecurityContext!.RunAsUser));
    }

    [Theory]
    [InlineData(Layer.Cloud, 2, true, true)]
    [InlineData(Layer.Fog, 1, true, true)]
    [InlineData(Layer.Edge, 1, false, false)]
    public void Defaults_AreThoseOfTheLayer(Layer layer, int replicas, bool spread, bool disruption)
    {
        var defaults = LayerDefaults.Of(layer);

        Assert.Equal((replicas, spread, disruption), (defaults.Replicas, defaults.Spread is not null, defaults.Disruption is not null));
        Assert.Contains(defaults.Tolerations, toleration => toleration.Key == LayerDefaults.LayerTaint && toleration.Value == layer.Name());
        Assert.Equal("0", defaults.Update.MaxUnavailable);
    }

    private static string Json(ServiceSettings settings) => WorkloadJson.Write(new ClusterWorkload
    {
        Application = "a",
        Namespace = "a",
        Cluster = "c",
        Layer = Layer.Edge,
        Services = [new ServiceWorkload { Name = "s", Version = "1", Replicas = 1, Containers = [], Settings = settings }],
    });

    private static ImmutableSortedDictionary<string, string> Map(string name, string value) => ImmutableSortedDictionary<string, string>.Empty.Add(name, value);

    private static class Settings
    {
        public static Arbitrary<(ServiceSettings, ServiceSettings, ServiceSettings)> Three() =>
            (from first in Any() from second in Any() from third in Any() select (first, second, third)).ToArbitrary();

        private static Gen<ServiceSettings> Any() =>
            from replicas in Gen.Elements<int?>(null, 1, 5)
            from config in Gen.SubListOf("A", "B", "C")
            from value in Gen.Elements("1", "2")
            from containers in Gen.SubListOf("web", "side")
            from image in Gen.Elements("", "x:1", "x:2")
            from limits in Gen.SubListOf("cpu", "memory")
            from update in Gen.Elements(null, new UpdateStrategy(true), new UpdateStrategy(false, "1"))
            from tolerations in Gen.SubListOf(new Toleration("a"), new Toleration("b"))
            select new ServiceSettings
            {
                Replicas = replicas,
                Config = config.ToImmutableSortedDictionary(name => name, _ => value),
                Containers =
                [
                    .. containers.Select(name => new Container
                    {
                        Name = name,
                        Image = image,
                        Resources = new Resources { Limits = limits.ToImmutableSortedDictionary(limit => limit, _ => value) },
                    }),
                ],
                Update = update,
                Tolerations = [.. tolerations],
            };
    }

    [Fact]
    public void Workload_With_LaysSettingsOverWhatRuns()
    {
        var service = new ServiceWorkload
        {
            Name = "web",
            Version = "1",
            Replicas = 1,
            Containers = [new Container { Name = "web", Image = "shop/web:1", WorkingDir = "/app" }],
            Settings = new ServiceSettings { Architectures = ["amd64"] },
        };

        var with = service.With(new ServiceSettings { Replicas = 3, Containers = [new Container { Name = "web", Image = "", WorkingDir = "/srv" }] });

        Assert.Equal((3, "shop/web:1", "/srv"), (with.Replicas, with.Containers[0].Image, with.Containers[0].WorkingDir));
        Assert.Equal(["amd64"], with.Settings.Architectures);
        Assert.Null(with.Settings.Replicas);
        Assert.Equal(1, service.With(new ServiceSettings()).Replicas);
    }
}
