using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FogInfra.Embedded.Engine.Secrets;
using FogInfra.Embedded.Engine.State;
using FogInfra.Embedded.Protocol.Values;
using static FogInfra.Engine.Tests.State.TestStates;

namespace FogInfra.Engine.Tests.State;

public sealed class SnapshotJsonTests
{
    private static Snapshot ReadCheckpoint(ReadOnlyMemory<byte> file, ISecretsManager? secrets = null) =>
        SnapshotReader.Read(SnapshotReader.OpenCheckpoint(file)!.Value, new ValueJsonReader(secrets));

    private static ResourceState Full { get; } = Resource("full", "base") with
    {
        Inputs = PropertyMap.Of(
            ("text", "a<b>&c \"ü\""), ("number", 3d), ("fraction", 0.1), ("flag", true), ("nothing", PropertyValue.Null),
            ("list", PropertyValue.ListOf(1d, "two", PropertyMap.Of(("x", PropertyValue.ListOf())))),
            ("notANumber", double.NaN), ("infinite", double.NegativeInfinity),
            ("asset", new PropertyValue.Asset(PropertyValue.ContentKind.Text, "content", "abc")),
            ("archive", new PropertyValue.Archive(PropertyValue.ContentKind.Path, "dir", null, "def")),
            ("assets", new PropertyValue.Archive(PropertyValue.ContentKind.Text, null, PropertyMap.Of(("f", new PropertyValue.Asset(PropertyValue.ContentKind.Uri, "https://x", null))), null)),
            ("reference", new PropertyValue.Reference(Thing("base").ToString(), "base-id", "1.0.0")),
            ("component", new PropertyValue.Reference(Thing("base").ToString(), null, ""))),
        Outputs = PropertyMap.Of(("out", "value")),
        Parent = Root,
        PropertyDependencies = ResourceState.NoPropertyDependencies.Add("text", [Thing("base")]).Add("number", []),
        Protect = true,
        Taint = true,
        External = true,
        Delete = true,
        PendingReplacement = true,
        RetainOnDelete = true,
        InitErrors = ["not ready"],
        AdditionalSecretOutputs = ["out"],
        Timeouts = new CustomTimeouts(TimeSpan.FromSeconds(90), null, TimeSpan.FromMinutes(2), null),
        ImportId = "imported",
        DeletedWith = Thing("base"),
        ReplaceWith = [Thing("base")],
        Created = new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero),
        Modified = new DateTimeOffset(2026, 1, 2, 3, 4, 6, TimeSpan.Zero),
        SourcePosition = "project:///index.ts#3,4",
        StackTrace = ["project:///index.ts#3,4", "project:///other.ts#1"],
        IgnoreChanges = ["a.b"],
        HideDiff = ["a[0]", "x.y"],
        ReplaceOnChanges = ["*"],
        ReplacementTrigger = "v1",
    };

    [Fact]
    public void Checkpoint_EveryField_SurvivesWritingAndReading()
    {
        var snapshot = Snapshot(Resource("base"), Full) with { PendingOperations = [new PendingOperation(Resource("p"), OperationKind.Deleting)] };
        var file = new SnapshotWriter(ValueJson.Shown).ToCheckpoint("organization/proj/dev", snapshot);
        var again = new SnapshotWriter(ValueJson.Shown).ToCheckpoint("organization/proj/dev", ReadCheckpoint(file));
        Assert.Equal(Encoding.UTF8.GetString(file.Span), Encoding.UTF8.GetString(again.Span));
        var read = ReadCheckpoint(file).Resources[1];
        Assert.Equal(Full.Inputs, read.Inputs);
        Assert.Equal(Full.Timeouts, read.Timeouts);
        Assert.Equal(Full.Created, read.Created);
    }

    [Fact]
    public void Checkpoint_OutputsThatRepeatInputs_AreReadOnce()
    {
        var labels = PropertyMap.Of(("app", "web"));
        var resource = Resource("a") with { Inputs = PropertyMap.Of(("labels", labels)), Outputs = PropertyMap.Of(("labels", labels), ("address", "10.0.0.1")) };
        var read = ReadCheckpoint(new SnapshotWriter(ValueJson.Shown).ToCheckpoint("organization/proj/dev", Snapshot(resource))).Resources[0];
        Assert.Equal(resource.Outputs, read.Outputs);
        Assert.Same(read.Inputs["labels"], read.Outputs["labels"]);
    }

    [Fact]
    public void Checkpoint_SmallState_HasTheFormOfPulumi()
    {
        var provider = new ResourceState
        {
            Urn = UrnOf("pulumi:providers:acme", "default_1_2_0"), Type = "pulumi:providers:acme", Custom = true, Id = "5f0c",
            Inputs = PropertyMap.Of(("version", "1.2.0"), ("__internal", PropertyMap.Empty)), Outputs = PropertyMap.Of(("version", "1.2.0")),
        };
        var thing = Resource("t") with
        {
            Id = "t-1", Inputs = PropertyMap.Of(("size", 3d)), Outputs = PropertyMap.Of(("size", 3d), ("address", "<10.0.0.1>")), Parent = Root,
            Provider = new ProviderReference(provider.Urn, provider.Id), PropertyDependencies = ResourceState.NoPropertyDependencies.Add("size", []),
        };
        var file = new SnapshotWriter(ValueJson.Masked).ToCheckpoint("organization/proj/dev", Snapshot(provider, thing) with
        {
            SecretsProvider = new SecretsProviderState("passphrase", new JsonObject { ["salt"] = "v1:AAAAAAAAAAA=:v1:nonce:ciphertext" }),
        });
        Assert.Equal(
            """
            {"version":3,"checkpoint":{"stack":"organization/proj/dev","latest":{"manifest":{"time":"1970-01-01T00:00:00Z","magic":"7dff0d166258e7f1d265e8e044021ea087795d58a0c6415ab6fe8b7c790e447f","version":"v3.260.0"},"secrets_providers":{"type":"passphrase","state":{"salt":"v1:AAAAAAAAAAA=:v1:nonce:ciphertext"}},"resources":[{"urn":"urn:pulumi:dev::proj::pulumi:providers:acme::default_1_2_0","custom":true,"id":"5f0c","type":"pulumi:providers:acme","inputs":{"__internal":{},"version":"1.2.0"},"outputs":{"version":"1.2.0"}},{"urn":"urn:pulumi:dev::proj::acme:index:Thing::t","custom":true,"id":"t-1","type":"acme:index:Thing","inputs":{"size":3},"outputs":{"address":"<10.0.0.1>","size":3},"parent":"urn:pulumi:dev::proj::pulumi:pulumi:Stack::proj-dev","provider":"urn:pulumi:dev::proj::pulumi:providers:acme::default_1_2_0::5f0c","propertyDependencies":{"size":[]}}],"metadata":{}}}}
            """,
            Encoding.UTF8.GetString(file.Span));
    }

    [Fact]
    public async Task Secrets_AreEncryptedJsonTexts()
    {
        var secrets = await PassphraseSecrets.CreateAsync("p", new PassphraseKeyCache());
        var resource = Resource("s") with { Inputs = PropertyMap.Of(("pw", new PropertyValue.Secret("hunter2")), ("n", new PropertyValue.Secret(42d))) };
        var file = new SnapshotWriter(ValueJson.Encrypted(secrets)).ToCheckpoint("organization/proj/dev", Snapshot(resource));
        Assert.DoesNotContain("hunter2", Encoding.UTF8.GetString(file.Span));
        var json = JsonNode.Parse(file.Span)!["checkpoint"]!["latest"]!["resources"]![0]!["inputs"]!;
        Assert.Equal("\"hunter2\"", secrets.Decrypt(json["pw"]!["ciphertext"]!.GetValue<string>()));
        Assert.Equal("42", secrets.Decrypt(json["n"]!["ciphertext"]!.GetValue<string>()));
        Assert.Equal(resource.Inputs, ReadCheckpoint(file, secrets).Resources[0].Inputs);
    }

    [Fact]
    public void Read_PlaintextSecret_IsASecret()
    {
        using var json = JsonDocument.Parse($$"""{"{{Signatures.Key}}":"{{Signatures.Secret}}","plaintext":"\"hunter2\""}""");
        Assert.Equal(new PropertyValue.Secret("hunter2"), new ValueJsonReader(null).Read(json.RootElement));
    }

    [Fact]
    public void Read_PlaintextSecretThatIsNoJson_FailsWithoutQuotingIt()
    {
        using var json = JsonDocument.Parse($$"""{"{{Signatures.Key}}":"{{Signatures.Secret}}","plaintext":"hunter2"}""");
        Assert.DoesNotContain("hunter2", Assert.Throws<FormatException>(() => new ValueJsonReader(null).Read(json.RootElement)).ToString());
    }

    [Fact]
    public void OpenCheckpoint_NewStack_HasNoDeployment() =>
        Assert.Null(SnapshotReader.OpenCheckpoint(new SnapshotWriter(ValueJson.Masked).ToCheckpoint("organization/proj/dev", null)));

    [Theory]
    [InlineData("""{"version":5,"checkpoint":{}}""", "newer than this engine understands")]
    [InlineData("""{"version":2,"checkpoint":{}}""", "only versions 3 and 4")]
    [InlineData("""{"version":4,"features":["views","taint"],"checkpoint":{}}""", "does not support: views")]
    [InlineData("""{"version":3}""", "lacks its 'checkpoint'")]
    [InlineData("""[]""", "not a JSON object")]
    [InlineData("{\"version\":3,\n  \"checkpoint\": nope}", "line 2, column 1")]
    public void OpenCheckpoint_WhatItDoesNotKnow_IsRefused(string file, string message) => Assert.Contains(
        message, Assert.Throws<SnapshotException>(() => SnapshotReader.OpenCheckpoint(Encoding.UTF8.GetBytes(file))).Message);

    [Theory]
    [InlineData("""{"urn":"nonsense","custom":true,"type":"t"}""", "'nonsense' is no URN")]
    [InlineData("""{"urn":"urn:pulumi:d::p::a:b:C::n","custom":true}""", "'type' is missing")]
    [InlineData("""{"urn":"urn:pulumi:d::p::a:b:C::n","custom":"yes","type":"a:b:C"}""", "'custom' must be true or false")]
    [InlineData("""{"urn":"urn:pulumi:d::p::a:b:C::n","custom":true,"type":"a:b:C","provider":"x"}""", "no reference to a provider")]
    [InlineData("""{"urn":"urn:pulumi:d::p::a:b:C::n","custom":true,"type":"a:b:C","created":"yesterday"}""", "must be a time")]
    public void Read_MalformedResource_NamesItAndWhatIsWrong(string resource, string message)
    {
        using var json = JsonDocument.Parse($$"""{"manifest":{},"resources":[{{resource}}]}""");
        Assert.Contains(message, Assert.Throws<SnapshotException>(() => SnapshotReader.Read(json.RootElement, new ValueJsonReader(null))).Message);
    }
}
