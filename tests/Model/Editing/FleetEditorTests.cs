using System.Collections.Immutable;
using FogInfra.Model.Documents;
using FogInfra.Model.Documents.Editing;

namespace FogInfra.Tests.Editing;

public sealed class FleetEditorTests
{
    private const string Text = """
        # The fleet.
        apiVersion: foginfra.dev/v1alpha1
        kind: Fleet
        metadata: {name: small}

        applications:
          shop:                            # the only one
            services:
              orders:
                version: '1.0.0'           # in quotes
                containers: [{name: orders, image: shop/orders}]
                layers: {cloud: {replicas: 1}}

              # What people see.
              web:
                version: 1.0.0             # plain
                dependsOn:                 # it asks these
                  - orders                 # for what was bought
                containers:
                  - name: web
                    image: shop/web
                layers:
                  edge: {replicas: 1}

        rings:
          - name: core
          - name: rest

        clusters:
          # The centre.
          cloud-1: {layer: cloud, ring: core}
          # The shops.
          edge-1: {layer: edge, ring: rest, parent: cloud-1}   # Lyon
          edge-2:                                              # Turin
            layer: edge
            ring: core
            parent: cloud-1

        # The end.
        """;

    [Fact]
    public void SetVersion_Plain_ChangesItsCharactersAlone() =>
        Assert.Equal(
            Text.Replace("version: 1.0.0             # plain", "version: 2.0.0             # plain", StringComparison.Ordinal),
            Apply(new FleetChange.SetVersion("shop", "web", "2.0.0")));

    [Fact]
    public void SetVersion_Quoted_KeepsItsQuotes() =>
        Assert.Equal(
            Text.Replace("'1.0.0'", "'2.0.0'", StringComparison.Ordinal),
            Apply(new FleetChange.SetVersion("shop", "orders", "2.0.0")));

    [Theory]
    [InlineData("2", "version: \"2\"")]
    [InlineData("1.10", "version: \"1.10\"")]
    [InlineData("2026-01-01", "version: \"2026-01-01\"")]
    [InlineData("true", "version: \"true\"")]
    [InlineData("v1.10", "version: v1.10 ")]
    public void SetVersion_ThatYamlTakesForSomethingElse_IsQuoted(string version, string expected) =>
        Assert.Contains(expected, Apply(new FleetChange.SetVersion("shop", "web", version)), StringComparison.Ordinal);

    [Fact]
    public void SetVersion_SameAsBefore_ChangesNothing() => Assert.Equal(Text, Apply(new FleetChange.SetVersion("shop", "web", "1.0.0")));

    [Fact]
    public void SetDependencies_BlockList_KeepsTheLinesThatStay()
    {
        var added = Apply(new FleetChange.AddService("shop", Service("stock")));

        var text = Apply(added, new FleetChange.SetDependencies("shop", "web", ["stock", "orders"]));

        Assert.Contains(
            """
                    dependsOn:                 # it asks these
                      - orders                 # for what was bought
                      - stock
                    containers:
            """,
            text,
            StringComparison.Ordinal);
    }

    [Fact]
    public void SetDependencies_None_RemovesTheField() =>
        Assert.DoesNotContain("dependsOn", Apply(new FleetChange.SetDependencies("shop", "web", [])), StringComparison.Ordinal);

    [Fact]
    public void SetDependencies_WhereThereWereNone_AddsTheField() =>
        Assert.Contains(
            "        layers: {cloud: {replicas: 1}}\n        dependsOn: [stock]\n",
            Apply(Apply(new FleetChange.AddService("shop", Service("stock"))), new FleetChange.SetDependencies("shop", "orders", ["stock"])),
            StringComparison.Ordinal);

    [Fact]
    public void AddService_ComesLast_InTheStyleOfTheDocument() =>
        Assert.Contains(
            """
                    layers:
                      edge: {replicas: 1}
                  stock:
                    version: 1.2.3
                    dependsOn: [orders]
                    containers:
                      - name: stock
                        image: shop/stock
                        ports: [{containerPort: 8080}]
                    layers:
                      cloud: {replicas: 2}
                      edge: {replicas: 1}

            rings:
            """,
            Apply(new FleetChange.AddService("shop", Service("stock") with { DependsOn = ["orders"], Ports = [8080] })),
            StringComparison.Ordinal);

    [Fact]
    public void RemoveService_TakesItsLines_AndLeavesTheCommentAbove() =>
        Assert.Contains("      # What people see.\n\nrings:", Apply(new FleetChange.RemoveService("shop", "web")), StringComparison.Ordinal);

    [Fact]
    public void RemoveApplication_TheLast_LeavesAnEmptyMapping() =>
        Assert.Contains("\napplications: {}\n\nrings:", Apply(new FleetChange.RemoveApplication("shop")), StringComparison.Ordinal);

    [Fact]
    public void AddApplication_ToAnEmptyMapping_FitsIn()
    {
        var text = Apply(Apply(new FleetChange.RemoveApplication("shop")), new FleetChange.AddApplication("bank", "money", Service("vault")));

        var fleet = FleetReader.Read("fleet.yaml", text).Value!;
        Assert.Equal(("bank", "money", "vault"), (fleet.Applications[0].Name, fleet.Applications[0].Namespace, fleet.Applications[0].Services[0].Name));
    }

    [Fact]
    public void AddCluster_IsOneLine() =>
        Assert.Contains(
            "    parent: cloud-1\n  edge-3: {layer: edge, ring: rest, parent: cloud-1, kubeconfig: ~/x.yaml}\n".Replace("~/x.yaml", "\"~/x.yaml\"", StringComparison.Ordinal),
            Apply(new FleetChange.AddCluster(new NewCluster { Name = "edge-3", Layer = "edge", Ring = "rest", Parent = "cloud-1", Kubeconfig = "~/x.yaml" })),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("edge-1", "edge-1: {layer: edge, ring: core, parent: cloud-1}   # Lyon", "core")]
    [InlineData("edge-2", "    ring: rest\n    parent: cloud-1", "rest")]
    public void MoveCluster_ChangesItsRingAlone(string cluster, string expected, string ring) =>
        Assert.Contains(expected, Apply(new FleetChange.MoveCluster(cluster, ring)), StringComparison.Ordinal);

    [Fact]
    public void RemoveCluster_OfAFlowMapping_TakesItsComma()
    {
        var text = Text[..Text.IndexOf("clusters:", StringComparison.Ordinal)]
            + "clusters: {cloud-1: {layer: cloud, ring: core}, edge-1: {layer: edge, ring: rest}, edge-2: {layer: edge, ring: rest}}";

        Assert.EndsWith("clusters: {cloud-1: {layer: cloud, ring: core}, edge-2: {layer: edge, ring: rest}}", Apply(text, new FleetChange.RemoveCluster("edge-1")), StringComparison.Ordinal);
        Assert.EndsWith("clusters: {cloud-1: {layer: cloud, ring: core}, edge-1: {layer: edge, ring: rest}}", Apply(text, new FleetChange.RemoveCluster("edge-2")), StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_WindowsLineEnds_StayWindowsLineEnds()
    {
        var text = Text.ReplaceLineEndings("\r\n");

        var changed = Apply(text, new FleetChange.AddService("shop", Service("stock")));

        Assert.Equal(changed, changed.ReplaceLineEndings("\r\n"));
        Assert.Equal(changed.ReplaceLineEndings("\n"), Apply(Text, new FleetChange.AddService("shop", Service("stock"))));
    }

    [Fact]
    public void AddCluster_WithoutALineEndAtTheEnd_AddsNoneEither()
    {
        var text = Text[..Text.IndexOf("\n\n# The end.", StringComparison.Ordinal)];

        Assert.EndsWith(
            "    parent: cloud-1\n  edge-3: {layer: edge, ring: rest}",
            Apply(text, new FleetChange.AddCluster(new NewCluster { Name = "edge-3", Layer = "edge", Ring = "rest" })),
            StringComparison.Ordinal);
    }

    public static TheoryData<FleetChange, string> Refused => new()
    {
        { new FleetChange.SetVersion("shop", "webb", "2"), "There is no service 'webb'; did you mean 'web'?" },
        { new FleetChange.SetVersion("shopp", "web", "2"), "There is no application 'shopp'; did you mean 'shop'?" },
        { new FleetChange.SetVersion("shop", "web", "not a version"), "'not a version' is no version" },
        { new FleetChange.SetDependencies("shop", "orders", ["web"]), "The services depend on each other in a circle" },
        { new FleetChange.SetDependencies("shop", "web", ["nothing"]), "There is no service 'nothing'" },
        { new FleetChange.RemoveService("shop", "orders"), "There is no service 'orders'" },
        { new FleetChange.AddService("shop", Service("web")), "There is a service 'web' already." },
        { new FleetChange.AddService("shop", Service("Web")), "'Web' is no name of a service" },
        { new FleetChange.AddApplication("shop", null, Service("web")), "There is an application 'shop' already." },
        { new FleetChange.RemoveCluster("cloud-1"), "Cluster 'cloud-1' is the parent of edge-1, edge-2" },
        { new FleetChange.RemoveCluster("edge-9"), "There is no cluster 'edge-9'; did you mean 'edge-1'?" },
        { new FleetChange.MoveCluster("edge-1", "restt"), "There is no ring 'restt'; did you mean 'rest'?" },
        { new FleetChange.MoveCluster("cloud-1", "rest"), "a cluster never goes before its parent" },
        { new FleetChange.AddCluster(new NewCluster { Name = "edge-3", Layer = "edgee", Ring = "rest" }), "'edgee' is no layer; did you mean 'edge'?" },
        { new FleetChange.AddCluster(new NewCluster { Name = "edge-3: {}\nx", Layer = "edge", Ring = "rest" }), "is no name of a cluster" },
        { new FleetChange.AddCluster(new NewCluster { Name = "edge-1", Layer = "edge", Ring = "rest" }), "There is a cluster 'edge-1' already." },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Apply_WhatWouldBeWrong_IsRefused_AndSaysWhy(FleetChange change, string message)
    {
        var result = FleetEditor.Apply("fleet.yaml", Text, change);

        Assert.Null(result.Value);
        Assert.Contains(result.Problems, problem => problem.Message.Contains(message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("clusters:", "clusters: &all", "uses an anchor")]
    [InlineData("# The end.", "# The end.\u2028", "neither LF nor CR LF")]
    [InlineData("version: 1.0.0 ", "version: |-\n          1.0.0\n        #", "a block of text")]
    public void Apply_WhatCannotBeChangedInPlace_IsRefused_AndSaysWhere(string found, string instead, string message)
    {
        var result = FleetEditor.Apply("fleet.yaml", Text.Replace(found, instead, StringComparison.Ordinal), new FleetChange.SetVersion("shop", "web", "2.0.0"));

        Assert.Contains(message, Assert.Single(result.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_ToADocumentWithFaults_TellsThem()
    {
        var result = FleetEditor.Apply("fleet.yaml", Text.Replace("ring: core", "ring: cor", StringComparison.Ordinal), new FleetChange.SetVersion("shop", "web", "2.0.0"));

        Assert.Contains(result.Problems, problem => problem.Message.StartsWith("There is no ring 'cor'", StringComparison.Ordinal));
    }

    private static NewService Service(string name) => new()
    {
        Name = name,
        Version = "1.2.3",
        Image = $"shop/{name}",
        Replicas = ImmutableSortedDictionary.CreateRange(new Dictionary<string, int> { ["cloud"] = 2, ["edge"] = 1 }),
    };

    private static string Apply(FleetChange change) => Apply(Text, change);

    private static string Apply(string text, FleetChange change)
    {
        var result = FleetEditor.Apply("fleet.yaml", text, change);
        Assert.True(result.Problems.IsEmpty, string.Join('\n', result.Problems));
        return result.Value!;
    }
}
