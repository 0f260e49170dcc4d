using System.Collections.Immutable;

namespace Pulumi.Automation;

/// <summary>A Pulumi program that runs in this process.</summary>
public abstract class PulumiFn
{
    internal PulumiFn()
    {
    }

    /// <summary>A program that returns the stack's outputs. Its token is cancelled when the operation is.</summary>
    public static PulumiFn Create(Func<CancellationToken, Task<IDictionary<string, object?>>> program) => new Function(program);

    /// <summary>A program that returns the stack's outputs.</summary>
    public static PulumiFn Create(Func<Task<IDictionary<string, object?>>> program) => new Function(_ => program());

    /// <summary>A program without outputs. Its token is cancelled when the operation is.</summary>
    public static PulumiFn Create(Func<CancellationToken, Task> program) => new Function(async cancellationToken =>
    {
        await program(cancellationToken).ConfigureAwait(false);
        return ImmutableDictionary<string, object?>.Empty;
    });

    /// <summary>A program without outputs.</summary>
    public static PulumiFn Create(Func<Task> program) => Create(_ => program());

    /// <summary>A program that returns the stack's outputs.</summary>
    public static PulumiFn Create(Func<IDictionary<string, object?>> program) => new Function(_ => Task.FromResult(program()));

    /// <summary>A program without outputs.</summary>
    public static PulumiFn Create(Action program) => Create(() =>
    {
        program();
        return ImmutableDictionary<string, object?>.Empty;
    });

    /// <summary>A stack's class.</summary>
    public static PulumiFn Create<TStack>()
        where TStack : Stack, new() => new StackFactory<TStack>(() => new TStack());

    /// <summary>A stack's class that a service provider makes.</summary>
    public static PulumiFn Create<TStack>(IServiceProvider serviceProvider)
        where TStack : Stack => Create(serviceProvider, typeof(TStack));

    /// <summary>A stack's class that a service provider makes.</summary>
    /// <exception cref="ArgumentException">The type is not derived from <see cref="Stack"/>.</exception>
    public static PulumiFn Create(IServiceProvider serviceProvider, Type stackType)
    {
        ArgumentNullException.ThrowIfNull(serviceProvider);
        ArgumentNullException.ThrowIfNull(stackType);
        return stackType.IsSubclassOf(typeof(Stack))
            ? new StackService(serviceProvider, stackType)
            : throw new ArgumentException($"{stackType} is no stack: it must be derived from {typeof(Stack)}.", nameof(stackType));
    }

    /// <summary>Runs the program.</summary>
    /// <returns>Null when it succeeded, else the exception with which it failed; the engine has been told.</returns>
    internal abstract Task<Exception?> RunAsync(InlineDeploymentSettings settings, CancellationToken cancellationToken);

    private sealed class Function(Func<CancellationToken, Task<IDictionary<string, object?>>> program) : PulumiFn
    {
        internal override Task<Exception?> RunAsync(InlineDeploymentSettings settings, CancellationToken cancellationToken) =>
            InlineDeployment.RunAsync(settings, () => program(cancellationToken), cancellationToken);
    }

    private sealed class StackFactory<TStack>(Func<TStack> create) : PulumiFn
        where TStack : Stack
    {
        internal override Task<Exception?> RunAsync(InlineDeploymentSettings settings, CancellationToken cancellationToken) =>
            InlineDeployment.RunAsync(settings, create, cancellationToken);
    }

    private sealed class StackService(IServiceProvider services, Type stackType) : PulumiFn
    {
        internal override Task<Exception?> RunAsync(InlineDeploymentSettings settings, CancellationToken cancellationToken) =>
            InlineDeployment.RunAsync(settings, stackType, services, cancellationToken);
    }
}
