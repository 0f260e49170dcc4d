using FogInfra.Embedded.Engine.State;
using static FogInfra.Engine.Tests.State.TestStates;

namespace FogInfra.Engine.Tests.State;

public sealed class SnapshotIntegrityTests
{
    private static void ShouldComplain(Snapshot snapshot, string about) =>
        Assert.Contains(SnapshotIntegrity.Check(snapshot), problem => problem.Contains(about, StringComparison.Ordinal));

    [Fact]
    public void Check_SoundState_FindsNothing() => Assert.Empty(SnapshotIntegrity.Check(Snapshot(
        Resource("a"), Resource("b", "a"), Resource("a") with { Delete = true }, Resource("a") with { Delete = true })));

    [Fact]
    public void Check_DependencyAfterItsUser_IsFound() => ShouldComplain(Snapshot(Resource("b", "a"), Resource("a")), "comes after it");

    [Fact]
    public void Check_MissingParent_IsFound() => ShouldComplain(Snapshot(Resource("a") with { Parent = Thing("gone") }), "parent");

    [Fact]
    public void Check_MissingDeletedWith_IsFound() => ShouldComplain(Snapshot(Resource("a") with { DeletedWith = Thing("gone") }), "deleted with");

    [Fact]
    public void Check_MissingPropertyDependency_IsFound() => ShouldComplain(
        Snapshot(Resource("a") with
        {
            PropertyDependencies = ResourceState.NoPropertyDependencies.Add("p", [Thing("gone")]),
        }),
        "dependency");

    [Fact]
    public void Check_TwoAliveEntriesOfOneUrn_AreFound() => ShouldComplain(Snapshot(Resource("a"), Resource("a")), "duplicate resource");

    [Fact]
    public void Check_ComponentWithId_IsFound() => ShouldComplain(Snapshot(Resource("a") with { Custom = false }), "has an id");

    [Fact]
    public void Check_ProviderWithAnotherId_IsFoundUnlessPendingReplacement()
    {
        var provider = UrnOf("pulumi:providers:acme", "p");
        var providerState = new ResourceState { Urn = provider, Type = "pulumi:providers:acme", Custom = true, Id = "1" };
        var user = Resource("a") with { Provider = new ProviderReference(provider, "2") };
        ShouldComplain(Snapshot(providerState, user), "unknown provider");
        Assert.Empty(SnapshotIntegrity.Check(Snapshot(providerState, user with { PendingReplacement = true })));
        Assert.Empty(SnapshotIntegrity.Check(Snapshot(providerState, user with { Provider = new ProviderReference(provider, "1") })));
    }

    [Fact]
    public void Check_WrongMagic_IsFound() => ShouldComplain(
        Snapshot() with { Manifest = new Manifest(DateTimeOffset.UnixEpoch, "v3.260.0", "0000") }, "magic cookie mismatch");
}
