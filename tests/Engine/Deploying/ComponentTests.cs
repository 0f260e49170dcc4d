using FogInfra.Embedded.Protocol.Messages;
using FogInfra.Embedded.Protocol.Rpc;
using FogInfra.Embedded.Protocol.Services;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider.Plugins;
using FogInfra.Engine.Tests.Harness;
using Google.Protobuf.WellKnownTypes;

namespace FogInfra.Engine.Tests.Deploying;

public sealed class ComponentTests : DeployingTest
{
    private sealed class Building : Embedded.Provider.ResourceProvider, IComponentProvider
    {
        public ConstructRequest? Constructed { get; private set; }

        public CallRequest? Called { get; private set; }

        public override Task<string> GetVersionAsync(CancellationToken cancellationToken) => Task.FromResult("1.0.0");

        public override Task<Embedded.Provider.ProviderFeatures> ConfigureAsync(Embedded.Provider.ConfigureRequest request, CancellationToken cancellationToken) =>
            Task.FromResult(new Embedded.Provider.ProviderFeatures { AcceptsSecrets = true, AcceptsReferences = true });

        public async Task<ConstructResponse> ConstructAsync(ConstructRequest request, CancellationToken cancellationToken)
        {
            Constructed = request;
            await using var monitor = new RpcChannel(request.MonitorEndpoint);
            var component = await monitor.CallAsync(
                ResourceMonitorMethods.RegisterResource,
                new RegisterResourceRequest { Type = request.Type, Name = request.Name, Parent = request.Parent, Object = new Struct(), AcceptSecrets = true },
                cancellationToken);
            return new ConstructResponse { Urn = component.Urn, State = WireCodec.ToStruct(PropertyMap.Of(("made", "yes")), WireOptions.KeepAll) };
        }

        public Task<CallResponse> CallAsync(CallRequest request, CancellationToken cancellationToken)
        {
            Called = request;
            return Task.FromResult(new CallResponse { Return = WireCodec.ToStruct(PropertyMap.Of(("answer", "42")), WireOptions.KeepAll) });
        }
    }

    private readonly Building _builder = new();

    public ComponentTests() => Workspace.Provide("build", () => _builder);

    private static Task<Registered> Component(ProgramClient program, Action<RegisterResourceRequest>? configure = null) =>
        program.ComponentAsync("build:index:House", "house", request =>
        {
            request.Remote = true;
            configure?.Invoke(request);
        });

    [Fact]
    public async Task Register_RemoteComponent_IsBuiltByItsProviderAndAnswersItsOutputs()
    {
        Registered? house = null;
        (await Workspace.UpAsync(async program => house = await Component(program))).ShouldSucceed();
        Assert.Equal("urn:pulumi:dev::proj::build:index:House::house", house!.Urn);
        Assert.Equal((PropertyValue)"yes", house.Outputs["made"]);
        Assert.False(Workspace.Resources()["house"]["custom"]!.GetValue<bool>());
        Assert.Equal("proj", _builder.Constructed!.Project);
        Assert.False(_builder.Constructed.DryRun);
    }

    [Fact]
    public async Task Register_RemoteComponentWithOptions_ProviderHearsOfThem()
    {
        (await Workspace.UpAsync(async program =>
        {
            var group = await program.ComponentAsync("test:index:Group", "group", it => it.Protect = true);
            await Component(program, it =>
            {
                it.Parent = group.Urn;
                it.CustomTimeouts = new RegisterResourceRequest.Types.CustomTimeouts { Create = "5m" };
                it.Hooks = new() { AfterCreate = { "h" } };
            });
        })).ShouldSucceed();
        Assert.True(_builder.Constructed!.Protect);
        Assert.Equal("5m", _builder.Constructed.CustomTimeouts.Create);
        Assert.Equal("h", Assert.Single(_builder.Constructed.ResourceHooks.AfterCreate));
    }

    [Fact]
    public async Task Register_RemoteComponentOfProviderWithoutComponents_IsAnError()
    {
        var outcome = await Workspace.UpAsync(program => program.ComponentAsync("acme:index:House", "house", request => request.Remote = true));
        Assert.NotEqual(0, outcome.ExitCode);
        Assert.Contains("builds no components", outcome.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_MethodOfProvider_GivesItsResultWithoutOutputValuesForOneThatHasNone()
    {
        CallResponse? response = null;
        (await Workspace.UpAsync(async program => response = await program.CallAsync(ResourceMonitorMethods.Call, new ResourceCallRequest
        {
            Tok = "build:index:House/open",
            Args = WireCodec.ToStruct(PropertyMap.Of(("word", new PropertyValue.Output("sesame", true, []))), WireOptions.KeepAll),
        }))).ShouldSucceed();
        Assert.Equal("42", response!.Return.Fields["answer"].StringValue);
        Assert.Equal(((PropertyValue)"sesame").AsSecret(), WireCodec.FromStruct(_builder.Called!.Args)["word"]);
    }

    [Fact]
    public async Task RegisterPackage_SameTwice_SameReferenceThatResourcesCanUse()
    {
        var references = new List<string>();
        (await Workspace.UpAsync(async program =>
        {
            for (var number = 0; number < 2; number++)
            {
                references.Add((await program.CallAsync(
                    ResourceMonitorMethods.RegisterPackage, new RegisterPackageRequest { Name = "acme", Version = "1.0.0" })).Ref);
            }

            await Thing(program, "thing", configure: it => it.PackageRef = references[0]);
        })).ShouldSucceed();
        Assert.Equal(references[0], references[1]);
        Assert.Contains("::default_1_0_0::", Workspace.Resources()["thing"]["provider"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Register_PackageReferenceThatNobodyGaveOut_IsAnError()
    {
        var outcome = await Workspace.UpAsync(program => Thing(program, "thing", configure: it => it.PackageRef = "nonsense"));
        Assert.NotEqual(0, outcome.ExitCode);
        Assert.Contains("unknown provider package 'nonsense'", outcome.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(">=3.100.0 <4.0.0", true)]
    [InlineData("^3.0.0", true)]
    [InlineData("~3.259.0", false)]
    [InlineData("3.x", true)]
    [InlineData("2.x || 3.260", true)]
    [InlineData(">=99.0.0", false)]
    [InlineData("whatever", false)]
    public async Task RequirePulumiVersion_Range_HoldsOrFails(string range, bool holds)
    {
        var outcome = await Workspace.UpAsync(program => program.CallEngineAsync(
            EngineMethods.RequirePulumiVersion, new RequirePulumiVersionRequest { PulumiVersionRange = range }));
        Assert.Equal(holds, outcome.ExitCode == 0);
    }
}
