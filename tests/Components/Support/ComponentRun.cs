using FogInfra.Components;
using FogInfra.Model;
using Pulumi;
using Pulumi.Testing;

namespace FogInfra.Tests;

/// <summary>A program run under Pulumi's mocks, and what it made.</summary>
internal sealed class ComponentRun
{
    private static readonly AsyncLocal<(Action Program, ComponentRun Run)> Current = new();

    private readonly List<(Resource Resource, Resource? Parent)> _made = [];

    private ComponentRun(ClusterMocks mocks) => Mocks = mocks;

    public ClusterMocks Mocks { get; }

    /// <summary>All resources, with the parents that their options name.</summary>
    public IReadOnlyList<(Resource Resource, Resource? Parent)> Made => _made;

    /// <summary>Runs a program.</summary>
    public static async Task<ComponentRun> Of(Action program, ClusterMocks? mocks = null)
    {
        var run = new ComponentRun(mocks ?? new ClusterMocks());
        Current.Value = (program, run);
        await Deployment.TestAsync<Recorder>(run.Mocks, new TestOptions { IsPreview = false });
        return run;
    }

    /// <summary>Runs an application of some services.</summary>
    public static Task<ComponentRun> Of(params ServiceWorkload[] services) => Of(Samples.Workload(services));

    /// <summary>Runs an application.</summary>
    public static Task<ComponentRun> Of(ClusterWorkload workload, ClusterMocks? mocks = null) => Of(
        () => _ = new LayeredApplication(workload.ResourceName, new LayeredApplicationArgs
        {
            Workload = workload,
            ReadSecret = source => $"value of {source.Name}",
            FindUpstream = upstream => Output.Create(upstream.Service == "named" ? "named.example.org:443" : "192.0.2.9:8443"),
        }),
        mocks);

    /// <summary>The only resource of a type.</summary>
    public T Single<T>()
        where T : Resource => Assert.Single(_made.Select(made => made.Resource).OfType<T>());

    /// <summary>A value in the inputs of the resource of a type and name, by its path.</summary>
    public object? At(string type, string name, string path) => Tree.At(Mocks.Inputs(type, name), path);

    private sealed class Recorder : Stack
    {
        public Recorder()
            : base(new StackOptions
            {
                ResourceTransformations =
                {
                    args =>
                    {
                        lock (Current.Value.Run._made)
                        {
                            Current.Value.Run._made.Add((args.Resource, args.Options.Parent));
                        }

                        return null;
                    },
                },
            })
        {
            Current.Value.Program();
        }
    }
}
