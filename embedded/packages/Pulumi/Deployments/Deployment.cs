using System.Collections.Immutable;
using System.Diagnostics;
using System.Reflection;

namespace Pulumi;

/// <summary>
/// Runs a program. The usual one is <c>static Task&lt;int&gt; Main() =&gt; Deployment.RunAsync&lt;MyStack&gt;();</c>. Resources can be made
/// only in what is given to RunAsync.
/// </summary>
public sealed partial class Deployment
{
    // Code that a program starts belongs to it, on whatever thread it runs. So several programs can run in one process.
    private static readonly AsyncLocal<DeploymentInstance?> Running = new();

    private Deployment()
    {
    }

    /// <summary>The deployment that the calling code is part of.</summary>
    /// <exception cref="InvalidOperationException">It is part of none.</exception>
    public static DeploymentInstance Instance => TryGetInstance()
        ?? throw new InvalidOperationException("No deployment is running here. Resources belong into what Deployment.RunAsync runs.");

    /// <summary>Runs a program.</summary>
    /// <param name="action">Makes the resources.</param>
    /// <returns>The exit code of the process.</returns>
    public static Task<int> RunAsync(Action action) => RunAsync(() =>
    {
        action();
        return Task.FromResult<IDictionary<string, object?>>(ImmutableDictionary<string, object?>.Empty);
    });

    /// <summary>Runs a program.</summary>
    /// <param name="func">Makes the resources and returns the stack's outputs.</param>
    /// <returns>The exit code of the process.</returns>
    public static Task<int> RunAsync(Func<IDictionary<string, object?>> func) => RunAsync(() => Task.FromResult(func()));

    /// <summary>Runs a program.</summary>
    /// <param name="func">Makes the resources.</param>
    /// <returns>The exit code of the process.</returns>
    public static Task<int> RunAsync(Func<Task> func) => RunAsync(async () =>
    {
        await func().ConfigureAwait(false);
        return (IDictionary<string, object?>)ImmutableDictionary<string, object?>.Empty;
    });

    /// <summary>Runs a program.</summary>
    /// <param name="func">Makes the resources and returns the stack's outputs.</param>
    /// <param name="options">What applies to all resources of the stack.</param>
    /// <returns>The exit code of the process.</returns>
    public static Task<int> RunAsync(Func<Task<IDictionary<string, object?>>> func, StackOptions? options = null) =>
        RunProcessAsync(() => new Stack(options).RegisterProgramOutputs(func));

    /// <summary>Runs a stack's class.</summary>
    /// <typeparam name="TStack">The class.</typeparam>
    /// <returns>The exit code of the process.</returns>
    public static Task<int> RunAsync<TStack>()
        where TStack : Stack, new() => RunProcessAsync(() => CreateStack<TStack>().RegisterPropertyOutputs());

    /// <summary>Runs a stack's class.</summary>
    /// <typeparam name="TStack">The class.</typeparam>
    /// <param name="serviceProvider">Makes the stack.</param>
    /// <returns>The exit code of the process.</returns>
    public static Task<int> RunAsync<TStack>(IServiceProvider serviceProvider)
        where TStack : Stack => RunProcessAsync(() => CreateStack(typeof(TStack), serviceProvider).RegisterPropertyOutputs());

    /// <summary>Fails the program when the engine is not of a version.</summary>
    /// <param name="pulumiVersionRange">The versions, as a range of semver.org: <c>&gt;=3.100.0</c>.</param>
    public static Task RequirePulumiVersionAsync(string pulumiVersionRange)
    {
        var program = ProgramRun.Current;
        var required = program.Engine.RequirePulumiVersionAsync(new() { PulumiVersionRange = pulumiVersionRange });
        program.Work.Track(required);
        return required;
    }

    internal static DeploymentInstance? TryGetInstance() => Running.Value;

    // What a constructor throws must come out as it is; 'new TStack()' would wrap it.
    internal static TStack CreateStack<TStack>()
        where TStack : Stack =>
        (TStack)Activator.CreateInstance(typeof(TStack), BindingFlags.DoNotWrapExceptions, binder: null, args: null, culture: null)!;

    internal static Stack CreateStack(Type stackType, IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.GetService(stackType) as Stack
            ?? throw new InvalidOperationException($"The service provider has no {stackType.FullName}; register the type with it.");
    }

    /// <summary>Runs a program, to which all code that it starts belongs.</summary>
    internal static async Task<ProgramResult> RunAsync(ProgramRun program, Action start, CancellationToken cancellationToken)
    {
        Running.Value = new DeploymentInstance(program); // Until this method returns: that is why it is async.
        return await ProgramRunner.RunAsync(program, start, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<int> RunProcessAsync(Action start)
    {
        RefuseNesting();
        if (Environment.GetEnvironmentVariable("PULUMI_ATTACH_DEBUGGER") == "true")
        {
            await WaitForDebuggerAsync().ConfigureAwait(false);
        }

        var environment = EngineEnvironment.Read();
        var connection = new EngineConnection(environment.MonitorAddress, environment.EngineAddress, CancellationToken.None);
        await using (connection.ConfigureAwait(false))
        {
            var program = new ProgramRun(environment.Settings, connection, connection);
            await using (program.ConfigureAwait(false))
            {
                var result = await RunAsync(program, start, CancellationToken.None).ConfigureAwait(false);
                if (!result.Failures.IsEmpty)
                {
                    Environment.ExitCode = result.ExitCode; // Counts also for a Main that does not return the result.
                }

                return result.ExitCode;
            }
        }
    }

    private static void RefuseNesting()
    {
        if (TryGetInstance() is not null)
        {
            throw new InvalidOperationException("A deployment is running here; it cannot run another one inside of itself.");
        }
    }

    private static async Task WaitForDebuggerAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!Debugger.IsAttached)
        {
            await timer.WaitForNextTickAsync().ConfigureAwait(false);
        }
    }
}
