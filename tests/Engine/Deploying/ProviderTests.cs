using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;
using FogInfra.Engine.Tests.Harness;

namespace FogInfra.Engine.Tests.Deploying;

public sealed class ProviderTests : DeployingTest
{
    private const string DefaultUrn = "urn:pulumi:dev::proj::pulumi:providers:acme::default_1_2_0";

    [Fact]
    public async Task Default_PerVersion_IsInTheStateAndNotCounted()
    {
        var outcome = (await Workspace.UpAsync(async program =>
        {
            await Thing(program, "a", 1, request => request.Version = "1.2.0");
            await Thing(program, "b", 1, request => request.Version = "1.2.0");
            await Thing(program, "c");
        })).ShouldSucceed();
        Assert.Equal(4, outcome.Changes["create"]);
        var provider = Workspace.Resources()["default_1_2_0"];
        Assert.Equal("""{"__internal":{},"version":"1.2.0"}""", provider["inputs"]!.ToJsonString());
        Assert.Equal("""{"version":"1.2.0"}""", provider["outputs"]!.ToJsonString());
        Assert.Equal($"{DefaultUrn}::{provider["id"]}", Workspace.Resources()["a"]["provider"]!.GetValue<string>());
        Assert.Contains("default", Workspace.Resources().Keys);
        Assert.Equal(2, Provider.Configurations.Count);
        Assert.DoesNotContain("default_1_2_0", outcome.Out);
    }

    [Fact]
    public async Task Default_GetsTheConfigurationOfItsNamespace()
    {
        (await Workspace.RunAsync("config", "set", "acme:region", "eu")).ShouldSucceed();
        (await Workspace.RunAsync("config", "set", "--secret", "acme:token", "hunter2")).ShouldSucceed();
        (await Workspace.UpAsync(program => Thing(program, "thing"))).ShouldSucceed();
        Assert.Equal(PropertyMap.Of(("region", "eu"), ("token", new PropertyValue.Secret("hunter2"))), Provider.Configurations.Single());
        Assert.NotNull(Workspace.Resources()["default"]["inputs"]!["token"]!["ciphertext"]);
    }

    [Fact]
    public async Task Default_NewVersion_KeepsResourcesUnlessTheProviderSaysOtherwise()
    {
        Task Program(ProgramClient program, string version) => Thing(program, "thing", 1, request => request.Version = version);
        (await Workspace.UpAsync(program => Program(program, "1.2.0"))).ShouldSucceed();
        var outcome = (await Workspace.UpAsync(program => Program(program, "1.3.0"))).ShouldSucceed();
        Assert.Equal(2, outcome.Changes["same"]);
        Assert.DoesNotContain("default_1_2_0", Workspace.Resources().Keys);
        Assert.Contains("default_1_3_0", Workspace.Resources()["thing"]["provider"]!.GetValue<string>());
        await ShouldBeSoundAsync();

        Provider.OnDiffConfig = _ => new DiffResult { Changes = DiffChanges.Some, Replaces = ["version"] };
        (await Workspace.UpAsync(program => Program(program, "1.4.0"))).ShouldSucceed();
        Assert.Equal(["create thing", "create thing", "delete thing-1"], Provider.Changes);
    }

    [Fact]
    public async Task Default_Disabled_IsAnErrorThatNamesPackageAndResource()
    {
        (await Workspace.RunAsync("config", "set", "pulumi:disable-default-providers", "[\"acme\"]")).ShouldSucceed();
        var outcome = await Workspace.UpAsync(program => Thing(program, "thing"));
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains($"Default provider for 'acme' disabled. '{UrnPrefix}thing' must use an explicit provider.", outcome.Messages("error"));
    }

    [Fact]
    public async Task Explicit_IsConfiguredOnceAndUsed()
    {
        (await Workspace.UpAsync(async program =>
        {
            var provider = await program.CustomAsync("pulumi:providers:acme", "edge", PropertyMap.Of(("token", "t")), request => request.Version = "2.0.0");
            await Thing(program, "thing", 1, request => request.Provider = provider.ProviderReference);
        })).ShouldSucceed();
        Assert.Equal(PropertyMap.Of(("token", "t"), ("version", "2.0.0")), Provider.Configurations.Single());
        Assert.DoesNotContain("default", Workspace.Resources().Keys);
    }

    [Fact]
    public async Task Explicit_ChangedConfiguration_UpdatesTheProviderAndKeepsItsResources()
    {
        async Task Program(ProgramClient program, string token)
        {
            var provider = await program.CustomAsync("pulumi:providers:acme", "edge", PropertyMap.Of(("token", token)));
            await Thing(program, "thing", 1, request => request.Provider = provider.ProviderReference);
        }

        (await Workspace.UpAsync(program => Program(program, "one"))).ShouldSucceed();
        var outcome = (await Workspace.UpAsync(program => Program(program, "two"))).ShouldSucceed();
        Assert.Equal(new Dictionary<string, int> { ["same"] = 2, ["update"] = 1 }, outcome.Changes);
        Assert.Equal("two", Provider.Configurations.Last().GetText("token"));
        Assert.Equal(["create thing"], Provider.Changes);
    }

    [Fact]
    public async Task Explicit_Replaced_ReplacesItsResources()
    {
        async Task Program(ProgramClient program, string cluster)
        {
            var provider = await program.CustomAsync("pulumi:providers:acme", "edge", PropertyMap.Of(("cluster", cluster)));
            await Thing(program, "thing", 1, request => request.Provider = provider.ProviderReference);
        }

        Provider.OnDiffConfig = request => Equals(request.OldInputs["cluster"], request.NewInputs["cluster"])
            ? DiffResult.NoChanges
            : new DiffResult { Changes = DiffChanges.Some, Replaces = ["cluster"] };
        (await Workspace.UpAsync(program => Program(program, "one"))).ShouldSucceed();
        var outcome = (await Workspace.UpAsync(program => Program(program, "two"))).ShouldSucceed();
        Assert.Equal(2, outcome.Changes["replace"]);
        Assert.Equal(["create thing", "create thing", "delete thing-1"], Provider.Changes);
        await ShouldBeSoundAsync();
    }

    [Fact]
    public async Task Component_ProvidersMap_IsHandedDownToChildren()
    {
        (await Workspace.UpAsync(async program =>
        {
            var provider = await program.CustomAsync("pulumi:providers:acme", "edge", PropertyMap.Of(("token", "t")));
            var outer = await program.ComponentAsync("acme:index:Group", "outer", request => request.Providers["acme"] = provider.ProviderReference);
            var inner = await program.ComponentAsync("acme:index:Group", "inner", request => request.Parent = outer.Urn);
            await Thing(program, "thing", 1, request => request.Parent = inner.Urn);
        })).ShouldSucceed();
        Assert.Contains("::edge::", Workspace.Resources()["thing"]["provider"]!.GetValue<string>());
        Assert.Equal(
            "urn:pulumi:dev::proj::acme:index:Group$acme:index:Group$acme:index:Thing::thing",
            Workspace.Resources()["thing"]["urn"]!.GetValue<string>());
    }

    [Fact]
    public async Task Preview_ConfigurationUnknown_CallsNeitherConfigureNorTheResourceMethods()
    {
        Registered? thing = null;
        var outcome = (await Workspace.PreviewAsync(async program =>
        {
            var cluster = await Thing(program, "cluster");
            var provider = await program.CustomAsync("pulumi:providers:acme", "edge", PropertyMap.Of(("kubeconfig", cluster.Outputs["serial"]!)));
            thing = await Thing(program, "thing", 1, request => request.Provider = provider.ProviderReference);
        })).ShouldSucceed();
        Assert.Single(Provider.Configurations); // That of the default provider.
        Assert.DoesNotContain("preview-create thing", Provider.Calls);
        Assert.Empty(thing!.Outputs.Names);
        Assert.Equal(4, outcome.Changes["create"]);
    }

    [Fact]
    public async Task Destroy_ProviderOnlyInTheState_IsLoadedFromThere()
    {
        (await Workspace.UpAsync(async program =>
        {
            var provider = await program.CustomAsync("pulumi:providers:acme", "edge", PropertyMap.Of(("token", new PropertyValue.Secret("hunter2"))));
            await Thing(program, "thing", 1, request => request.Provider = provider.ProviderReference);
        })).ShouldSucceed();
        (await Workspace.RunAsync("destroy", "--yes", "--skip-preview")).ShouldSucceed();
        Assert.Equal(new PropertyValue.Secret("hunter2"), Provider.Configurations.Last()["token"]);
        Assert.Empty(Provider.Existing);
    }

    [Fact]
    public async Task Reference_ToNoProvider_IsAnError()
    {
        var outcome = await Workspace.UpAsync(program => Thing(program, "thing", 1, request => request.Provider = DefaultUrn + "::nowhere"));
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains(outcome.Messages("error"), message => message.StartsWith($"unknown provider '{DefaultUrn}::nowhere'"));
    }

    [Fact]
    public async Task Log_OfAProvider_IsADiagnosticOfItsResource()
    {
        Workspace.Provide("chatty", host => new ChattyProvider(host));
        var outcome = (await Workspace.UpAsync(program => program.CustomAsync("chatty:index:Thing", "thing", PropertyMap.Empty))).ShouldSucceed();
        var diagnostic = outcome.EventObjects.Select(item => item["diagnosticEvent"]).First(item => item is not null)!;
        Assert.Equal(("warning", "urn:pulumi:dev::proj::chatty:index:Thing::thing"), (diagnostic["severity"]!.GetValue<string>(), diagnostic["urn"]!.GetValue<string>()));
        Assert.Contains("  chatty:index:Thing (thing):\n    warning: mind the gap\n", outcome.Out);
    }

    private sealed class ChattyProvider(IProviderHost host) : ResourceProvider
    {
        public override Task<string> GetVersionAsync(CancellationToken cancellationToken) => Task.FromResult("");

        public override Task<ProviderFeatures> ConfigureAsync(ConfigureRequest request, CancellationToken cancellationToken) =>
            Task.FromResult(new ProviderFeatures());

        public override Task<CreateResult> CreateAsync(CreateRequest request, CancellationToken cancellationToken)
        {
            host.Log(LogSeverity.Warning, request.Urn, "mind the gap");
            return Task.FromResult(new CreateResult("1", request.Inputs));
        }
    }
}
