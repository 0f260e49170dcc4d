using System.Collections.Immutable;
using Pulumi.Testing;

namespace Pulumi;

// Programs under test: no engine is called, mocks answer in its place.
public sealed partial class Deployment
{
    /// <summary>Runs a stack's class against mocks.</summary>
    /// <typeparam name="TStack">The class.</typeparam>
    /// <param name="mocks">What answers in place of the engine.</param>
    /// <param name="options">What runs.</param>
    /// <returns>The resources, the stack among them.</returns>
    /// <exception cref="RunException">The program failed.</exception>
    /// <exception cref="AggregateException">The program failed with several errors.</exception>
    public static Task<ImmutableArray<Resource>> TestAsync<TStack>(IMocks mocks, TestOptions? options = null)
        where TStack : Stack, new() => RunTestAsync(mocks, options, () => CreateStack<TStack>().RegisterPropertyOutputs());

    /// <summary>Runs a stack's class against mocks.</summary>
    /// <typeparam name="TStack">The class.</typeparam>
    /// <param name="mocks">What answers in place of the engine.</param>
    /// <param name="serviceProvider">Makes the stack.</param>
    /// <param name="options">What runs.</param>
    /// <returns>The resources, the stack among them.</returns>
    /// <exception cref="RunException">The program failed.</exception>
    /// <exception cref="AggregateException">The program failed with several errors.</exception>
    public static Task<ImmutableArray<Resource>> TestWithServiceProviderAsync<TStack>(
        IMocks mocks, IServiceProvider serviceProvider, TestOptions? options = null)
        where TStack : Stack =>
        RunTestAsync(mocks, options, () => CreateStack(typeof(TStack), serviceProvider).RegisterPropertyOutputs());

    /// <summary>Runs a function against mocks.</summary>
    /// <param name="testMocks">What answers in place of the engine.</param>
    /// <param name="testOptions">What runs.</param>
    /// <param name="createResources">Makes the resources.</param>
    /// <returns>The resources.</returns>
    /// <exception cref="RunException">The program failed.</exception>
    /// <exception cref="AggregateException">The program failed with several errors.</exception>
    public static Task<ImmutableArray<Resource>> TestAsync(IMocks testMocks, TestOptions testOptions, Action createResources) =>
        TestAsync(testMocks, testOptions, () =>
        {
            createResources();
            return Task.CompletedTask;
        });

    /// <summary>Runs a function against mocks.</summary>
    /// <param name="testMocks">What answers in place of the engine.</param>
    /// <param name="testOptions">What runs.</param>
    /// <param name="createResources">Makes the resources.</param>
    /// <returns>The resources.</returns>
    /// <exception cref="RunException">The program failed.</exception>
    /// <exception cref="AggregateException">The program failed with several errors.</exception>
    public static async Task<ImmutableArray<Resource>> TestAsync(IMocks testMocks, TestOptions testOptions, Func<Task> createResources)
    {
        var (resources, _) = await TestAsync(testMocks, testOptions, async () =>
        {
            await createResources().ConfigureAwait(false);
            return (IDictionary<string, object?>)new Dictionary<string, object?>();
        }).ConfigureAwait(false);
        return resources;
    }

    /// <summary>Runs a function against mocks.</summary>
    /// <param name="testMocks">What answers in place of the engine.</param>
    /// <param name="testOptions">What runs.</param>
    /// <param name="createResources">Makes the resources and returns the stack's outputs.</param>
    /// <returns>The resources, and the outputs that the function returned.</returns>
    /// <exception cref="RunException">The program failed.</exception>
    /// <exception cref="AggregateException">The program failed with several errors.</exception>
    public static Task<(ImmutableArray<Resource> Resources, IDictionary<string, object?> Outputs)> TestAsync(
        IMocks testMocks, TestOptions testOptions, Func<IDictionary<string, object?>> createResources) =>
        TestAsync(testMocks, testOptions, () => Task.FromResult(createResources()));

    /// <summary>Runs a function against mocks.</summary>
    /// <param name="testMocks">What answers in place of the engine.</param>
    /// <param name="testOptions">What runs.</param>
    /// <param name="createResources">Makes the resources and returns the stack's outputs.</param>
    /// <returns>The resources, and the outputs that the function returned.</returns>
    /// <exception cref="RunException">The program failed.</exception>
    /// <exception cref="AggregateException">The program failed with several errors.</exception>
    public static async Task<(ImmutableArray<Resource> Resources, IDictionary<string, object?> Outputs)> TestAsync(
        IMocks testMocks, TestOptions testOptions, Func<Task<IDictionary<string, object?>>> createResources)
    {
        IDictionary<string, object?> outputs = new Dictionary<string, object?>();
        var resources = await RunTestAsync(testMocks, testOptions, () => new Stack().RegisterProgramOutputs(async () =>
        {
            outputs = await createResources().ConfigureAwait(false);
            return ImmutableDictionary<string, object?>.Empty; // They are what the test asks for; the mocks do not get them.
        })).ConfigureAwait(false);
        return (resources.RemoveAll(resource => resource is Stack), outputs);
    }

    private static async Task<ImmutableArray<Resource>> RunTestAsync(IMocks mocks, TestOptions? options, Action start)
    {
        RefuseNesting();
        var settings = new ProgramSettings
        {
            Project = options?.ProjectName ?? "project",
            Stack = options?.StackName ?? "stack",
            Organization = options?.OrganizationName ?? "organization",
            RootDirectory = options?.RootDirectory,
            IsDryRun = options?.IsPreview ?? true,
            Config = ProgramConfig.FromEnvironment(),
        };
        var engine = new MockEngine();
        var monitor = new MockMonitor(mocks, settings);
        var program = new ProgramRun(settings, monitor, engine);
        await using (program.ConfigureAwait(false))
        {
            await RunAsync(program, start, CancellationToken.None).ConfigureAwait(false);
        }

        return engine.Errors switch
        {
            [] => monitor.Resources,
            [var only] => throw new RunException(only),
            var several => throw new AggregateException(several.Select(error => new RunException(error))),
        };
    }
}
