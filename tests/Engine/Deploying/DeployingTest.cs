using FogInfra.Embedded.Protocol.Messages;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Engine.Tests.Harness;

namespace FogInfra.Engine.Tests.Deploying;

/// <summary>A workspace with a stack and a recording provider of the package acme.</summary>
public abstract class DeployingTest : IAsyncLifetime
{
    internal TestWorkspace Workspace { get; } = new();

    internal RecordingProvider Provider { get; } = new();

    protected const string Type = "acme:index:Thing";

    protected const string UrnPrefix = "urn:pulumi:dev::proj::acme:index:Thing::";

    public async ValueTask InitializeAsync()
    {
        Workspace.Provide("acme", () => Provider);
        await Workspace.WithStackAsync();
    }

    public ValueTask DisposeAsync()
    {
        Workspace.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    internal static Task<Registered> Thing(
        ProgramClient program, string name, double size = 1, Action<RegisterResourceRequest>? configure = null, params Registered[] dependsOn) =>
        program.CustomAsync(Type, name, PropertyMap.Of(("size", size)), configure, dependsOn);

    /// <summary>A resource whose input <c>of</c> comes from another.</summary>
    internal static Task<Registered> User(ProgramClient program, string name, Registered of, Action<RegisterResourceRequest>? configure = null) =>
        program.CustomAsync(
            Type,
            name,
            PropertyMap.Of(("of", of.Outputs["serial"] ?? PropertyValue.Unknown)),
            request =>
            {
                request.PropertyDependencies["of"] = new RegisterResourceRequest.Types.PropertyDependencies { Urns = { of.Urn } };
                configure?.Invoke(request);
            },
            [of]);

    /// <summary>Fails the test when the state on disk breaks the rules.</summary>
    internal async Task ShouldBeSoundAsync()
    {
        (await Workspace.RunAsync("stack", "export")).ShouldSucceed();
        Assert.False(File.Exists(Workspace.PathOf("store/.pulumi/stacks/proj/dev.json.journal")));
        (await Workspace.RunAsync("stack", "output", "--json", "--show-secrets")).ShouldSucceed();
        Assert.Empty(Directory.EnumerateFiles(Workspace.PathOf("store/.pulumi/locks/organization/proj/dev")));
    }
}
