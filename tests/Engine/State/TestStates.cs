using System.Collections.Immutable;
using FogInfra.Embedded.Engine.State;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Engine.Tests.State;

/// <summary>Resources for tests of states.</summary>
internal static class TestStates
{
    public static readonly Urn Root = UrnOf(Urn.StackType, "proj-dev");

    public static Urn UrnOf(string type, string name) => Urn.Create("dev", "proj", null, type, name);

    public static Urn Thing(string name) => UrnOf("acme:index:Thing", name);

    public static ResourceState Resource(string name, params string[] dependencies) => new()
    {
        Urn = Thing(name),
        Type = "acme:index:Thing",
        Custom = true,
        Id = $"{name}-id",
        Dependencies = [.. dependencies.Select(Thing)],
    };

    public static Snapshot Snapshot(params IEnumerable<ResourceState> resources) => new()
    {
        Manifest = Manifest.Create(DateTimeOffset.UnixEpoch, "v3.260.0"), Resources = [.. resources],
    };

    public static ImmutableArray<string> Names(this Snapshot snapshot) => [.. snapshot.Resources.Select(resource => resource.Urn.Name)];

    public static Snapshot ToSnapshot(this StateImage image) =>
        image.ToSnapshot(Manifest.Create(DateTimeOffset.UnixEpoch, "v3.260.0"), null);
}
