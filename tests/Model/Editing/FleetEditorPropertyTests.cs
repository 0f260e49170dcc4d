using System.Collections.Immutable;
using System.Text.RegularExpressions;
using FogInfra.Model;
using FogInfra.Model.Documents;
using FogInfra.Model.Documents.Editing;
using FsCheck;
using FsCheck.Fluent;

namespace FogInfra.Tests.Editing;

/// <summary>
/// Documents of many forms, with comments and blank lines strewn in, and random changes one after the other: what a change is not about
/// stays byte for byte, and the document then says what it said before, and the change.
/// </summary>
public sealed partial class FleetEditorPropertyTests
{
    private const string Head = "apiVersion: foginfra.dev/v1alpha1\nkind: Fleet\nmetadata: {name: any}\n";

    private static readonly string[] Applications =
    [
        """
        applications:
          shop:
            services:
              orders:
                version: 1.0.0
                containers: [{name: orders, image: shop/orders}]
                layers: {cloud: {replicas: 1}, edge: {replicas: 1}}
              web:
                version: "1.0.0"
                dependsOn: [orders]
                containers:
                  - name: web
                    image: shop/web
                    env:
                      - {name: TEXT, value: "a # b: {c}"}
                layers:
                  cloud: {}
                  edge: {replicas: 1}
              stock:
                dependsOn:
                  - web
                  - "orders"
                containers: [{name: stock, image: shop/stock}]
                layers: {edge: {replicas: 2}}
                version: '3'

        """,
        """
        applications: {shop: {services: {orders: {version: 1.0.0, containers: [{name: orders, image: shop/orders}], layers: {cloud: , edge: {}}},
          "web": {layers: {edge: {replicas: 1}}, 'version': '1.0.0', containers: [{name: web, image: shop/web}]},
          stock: {version: "3", containers: [{name: stock, image: shop/stock}], layers: {edge: {}}, dependsOn: [web, orders]}}}}

        """,
        """
        applications:
            shop:
                namespace: "s-h-o-p"
                services:
                    "orders":
                        version:   1.0.0
                        containers:
                        -   name: orders
                            image: shop/orders
                            command:
                            - sh
                            - -c
                            - |
                              echo "# no comment"

                              exec orders
                        layers: {cloud: {replicas: 1}, edge: {replicas: 1}}
                    web: {version: 1.0.0, containers: [{name: web, image: shop/web}], layers: {edge: {replicas: 1}}}
                    stock:
                        containers: [{name: stock, image: shop/stock}]
                        layers:
                            edge:
                        version: >-
                            3

        """,
    ];

    private static readonly string[] Clusters =
    [
        """
        clusters:
          cloud-1: {layer: cloud, ring: core}
          edge-1: {layer: edge, ring: rest, parent: cloud-1}
          edge-2:
            layer: edge
            ring: "rest"

        """,
        "clusters: {cloud-1: {layer: cloud, ring: core}, edge-1: {layer: edge, ring: rest, parent: cloud-1}, edge-2: {layer: edge, ring: rest}}\n",
        "clusters:\n  cloud-1: {layer: cloud, ring: core}\n  edge-1:\n    parent: cloud-1\n    ring: rest\n    layer: edge\n  edge-2: {layer: edge, ring: rest}",
    ];

    private const string Rings = "rings:\n  - name: core\n  - name: middle\n  - name: rest\n";

    [Fact]
    public void Apply_AnyChanges_ToAnyDocument() =>
        Prop.ForAll(AnyDocument().ToArbitrary(), AnyChange().ListOf(6).ToArbitrary(), (document, changes) =>
        {
            var text = document;
            foreach (var change in changes)
            {
                text = Check(text, change);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(600));

    private static string Check(string text, FleetChange change)
    {
        var before = FleetReader.Read("fleet.yaml", text).Value!;
        var result = FleetEditor.Apply("fleet.yaml", text, change);
        if (result.Value is not { } after)
        {
            Assert.NotEmpty(result.Problems);
            Assert.DoesNotContain(result.Problems, problem => problem.Message.Contains("cannot be changed in place here", StringComparison.Ordinal));
            return text;
        }

        // One splice: what is before and after it is untouched, and nothing but lines of the entry goes.
        var prefix = text.Zip(after).TakeWhile(pair => pair.First == pair.Second).Count();
        var suffix = text.Reverse().Zip(after.Reverse()).Take(Math.Min(text.Length, after.Length) - prefix).TakeWhile(pair => pair.First == pair.Second).Count();
        var gone = text[prefix..^suffix];
        if (change is FleetChange.AddApplication or FleetChange.AddService or FleetChange.AddCluster)
        {
            Assert.Equal("", gone);
        }

        if (change is not (FleetChange.RemoveApplication or FleetChange.RemoveService or FleetChange.RemoveCluster or FleetChange.SetDependencies))
        {
            Assert.DoesNotContain('\n', gone);
            Assert.Equal(Comments().Matches(text).Select(match => match.Value.TrimEnd()), Comments().Matches(after).Select(match => match.Value.TrimEnd()));
        }

        Assert.Equal(Expected(Describe(before), before, change), Describe(FleetReader.Read("fleet.yaml", after).Value!));
        return after;
    }

    // Each fact of a fleet as a line, so that a change is lines that go and lines that come.
    private static ImmutableSortedSet<string> Describe(Fleet fleet) =>
    [
        .. from application in fleet.Applications
           from line in application.Services.SelectMany(service => Describe(application.Name, service)).Prepend($"app {application.Name} {application.Namespace}")
           select line,
        .. fleet.Clusters.Select(cluster => $"cluster {cluster.Name} {cluster.Layer} {cluster.Ring} {cluster.Parent} {cluster.Nodes} {cluster.Engine}"),
        .. fleet.Rings.Select((ring, index) => $"ring {index} {ring.Name}"),
    ];

    private static IEnumerable<string> Describe(string application, Service service) =>
    [
        $"service {application}/{service.Name} version {service.Version}",
        .. service.DependsOn.Select(dependency => $"service {application}/{service.Name} on {dependency}"),
        .. service.Layers.Select(layer => $"service {application}/{service.Name} layer {layer.Key} {layer.Value.Replicas} "
            + string.Join(' ', layer.Value.Containers.Select(container => $"{container.Name} {container.Image} {string.Join(' ', container.Command)} {string.Join(' ', container.Env)} {string.Join(' ', container.Ports)}"))),
    ];

    private static ImmutableSortedSet<string> Expected(ImmutableSortedSet<string> facts, Fleet before, FleetChange change)
    {
        ImmutableSortedSet<string> Without(string start) => facts.Except(facts.Where(fact => fact.StartsWith(start, StringComparison.Ordinal)));
        return change switch
        {
            FleetChange.AddApplication(var name, var space, var service) => facts.Union(Describe(name, service)).Add($"app {name} {space ?? name}"),
            FleetChange.RemoveApplication(var name) => Without($"service {name}/").Remove(facts.First(fact => fact.StartsWith($"app {name} ", StringComparison.Ordinal))),
            FleetChange.AddService(var application, var service) => facts.Union(Describe(application, service)),
            FleetChange.RemoveService(var application, var service) => Without($"service {application}/{service} "),
            FleetChange.SetVersion(var application, var service, var version) => Without($"service {application}/{service} version").Add($"service {application}/{service} version {version}"),
            FleetChange.SetDependencies(var application, var service, var names) =>
                Without($"service {application}/{service} on ").Union(names.Select(name => $"service {application}/{service} on {name}")),
            FleetChange.AddCluster(var cluster) => facts.Add(
                $"cluster {cluster.Name} {LayerNames.Find(cluster.Layer)} {cluster.Ring} {cluster.Parent} {(cluster.Layer == "cloud" ? 2 : 1)} {new ClusterEngine.Simulated()}"),
            FleetChange.RemoveCluster(var name) => Without($"cluster {name} "),
            FleetChange.MoveCluster(var name, var ring) => Without($"cluster {name} ").Add(
                before.FindCluster(name) is { } cluster ? $"cluster {cluster.Name} {cluster.Layer} {ring} {cluster.Parent} {cluster.Nodes} {cluster.Engine}" : ""),
            _ => facts,
        };
    }

    private static IEnumerable<string> Describe(string application, NewService service) => Describe(application, new Service
    {
        Name = service.Name,
        Version = service.Version,
        DependsOn = service.DependsOn,
        Layers = service.Replicas.ToImmutableSortedDictionary(layer => LayerNames.Find(layer.Key)!.Value, layer => new ServiceLayer
        {
            Replicas = layer.Value,
            Containers = [new Container { Name = service.Name, Image = service.Image, Ports = [.. service.Ports.Select(port => new ContainerPort(port))] }],
        }),
    });

    private static Gen<string> AnyDocument() =>
        from application in Gen.Elements(Applications)
        from cluster in Gen.Elements(Clusters)
        from order in Gen.Shuffle(new[] { application, Rings, cluster.EndsWith('\n') ? cluster : cluster + "\n" })
        from strewn in Strewn(Head + string.Concat(order))
        from crlf in Gen.Elements(true, false)
        from ended in Gen.Elements(true, false)
        select (ended ? strewn : strewn.TrimEnd('\n')).ReplaceLineEndings(crlf ? "\r\n" : "\n");

    // Comments and blank lines between lines, and comments behind them; not inside of flow mappings of several lines or blocks of text.
    private static Gen<string> Strewn(string text) =>
        from choices in Gen.Choose(0, 9).ListOf(text.Count(letter => letter == '\n'))
        select string.Concat(text.TrimEnd('\n').Split('\n').Zip(choices, (line, choice) => InBlock().IsMatch(line) ? $"{line}\n" : choice switch
        {
            0 => $"{line}\n\n",
            1 => $"# note: é 🚀 {{ [ , ' \"\n{line}\n",
            2 => $"          # deep\n{line}\n",
            3 => $"{line}   # behind: it\n",
            4 => $"{line}  \n",
            _ => $"{line}\n",
        }));

    private static Gen<FleetChange> AnyChange()
    {
        var services = Gen.Elements("orders", "web", "stock", "mail");
        var clusters = Gen.Elements("cloud-1", "edge-1", "edge-2", "edge-3");
        var rings = Gen.Elements("core", "middle", "rest");
        var versions = Gen.Elements("2.0.0", "2", "1.10", "v3", "true", "2026-01-01", "x_y-z.0");
        var dependencies = services.ListOf(2).Select(names => names.Distinct().ToImmutableArray());
        var service = from name in services
                      from version in versions
                      from dependsOn in dependencies
                      from port in Gen.Elements(0, 8080)
                      select new NewService
                      {
                          Name = name, Version = version, Image = $"reg.example:5000/{name}", DependsOn = [.. dependsOn.Remove(name)], Ports = port == 0 ? [] : [port],
                          Replicas = ImmutableSortedDictionary.CreateRange(new Dictionary<string, int> { ["edge"] = 2 }),
                      };
        return Gen.OneOf(
            from application in Gen.Elements("shop", "bank") from space in Gen.Elements(null, "money") from first in service select (FleetChange)new FleetChange.AddApplication(application, space, first),
            from application in Gen.Elements("shop", "bank", "bank") select (FleetChange)new FleetChange.RemoveApplication(application),
            from application in Gen.Elements("shop", "bank") from added in service select (FleetChange)new FleetChange.AddService(application, added),
            from name in services select (FleetChange)new FleetChange.RemoveService("shop", name),
            from name in services from version in versions select (FleetChange)new FleetChange.SetVersion("shop", name, version),
            from name in services from dependsOn in dependencies select (FleetChange)new FleetChange.SetDependencies("shop", name, dependsOn),
            from name in clusters from layer in Gen.Elements("cloud", "fog", "edge") from ring in rings from parent in Gen.Elements(null, "cloud-1")
            select (FleetChange)new FleetChange.AddCluster(new NewCluster { Name = name, Layer = layer, Ring = ring, Parent = parent }),
            from name in clusters select (FleetChange)new FleetChange.RemoveCluster(name),
            from name in clusters from ring in rings select (FleetChange)new FleetChange.MoveCluster(name, ring));
    }

    [GeneratedRegex("(?<=^|\\s)# (?:note|deep|behind).*$", RegexOptions.Multiline)]
    private static partial Regex Comments();

    [GeneratedRegex("""echo|exec|^$|- \||^\s*"web": \{layers|stock: \{version: "3"|applications: \{shop|^ {28}3|>-""")]
    private static partial Regex InBlock();
}
