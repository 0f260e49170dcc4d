namespace Pulumi;

/// <summary>A program that runs against an engine: what its parts share. Several may run in one process at the same time.</summary>
internal sealed class ProgramRun : IAsyncDisposable
{
    private Stack? _stack;

    public ProgramRun(ProgramSettings settings, IMonitor monitor, IEngine engine)
    {
        Settings = settings;
        Monitor = monitor;
        Engine = engine;
        Log = new EngineLog(engine, Work);
        Features = new Features(monitor);
        Packages = new Packages(monitor, Features);
        Callbacks = new CallbackHost();
        Hooks = new HookRegistrar(this);
        Transforms = new TransformRegistrar(this);
        Invoker = new FunctionInvoker(this);
        Caller = new MethodCaller(this);
        Registrar = new ResourceRegistrar(this);
    }

    /// <summary>The program that the calling code is part of.</summary>
    /// <exception cref="InvalidOperationException">It is part of none.</exception>
    public static ProgramRun Current => Deployment.Instance.Program;

    public ProgramSettings Settings { get; }

    public IMonitor Monitor { get; }

    public IEngine Engine { get; }

    public PendingWork Work { get; } = new();

    public OutputTypes OutputTypes { get; } = new();

    public ResourceTypes ResourceTypes { get; } = new();

    public EngineLog Log { get; }

    public Features Features { get; }

    public Packages Packages { get; }

    public CallbackHost Callbacks { get; }

    public HookRegistrar Hooks { get; }

    public TransformRegistrar Transforms { get; }

    public FunctionInvoker Invoker { get; }

    public MethodCaller Caller { get; }

    public ResourceRegistrar Registrar { get; }

    /// <summary>The root of the resources: the parent of those that name none.</summary>
    /// <exception cref="InvalidOperationException">It is not made yet.</exception>
    public Stack Stack
    {
        get => _stack ?? throw new InvalidOperationException("Resources can be made only after the stack.");
        set => _stack = value;
    }

    /// <summary>Whether the engine has answered that it knows the stack.</summary>
    public bool IsRegistered => _stack?.Urn.State.IsCompletedSuccessfully ?? false;

    /// <summary>The program that the calling code is part of, or null.</summary>
    public static ProgramRun? TryGetCurrent() => Deployment.TryGetInstance()?.Program;

    /// <summary>What reads values for a resource, or for the program; its warnings go to the engine.</summary>
    public ValueReader ReaderFor(Resource? resource) =>
        new(warning => Log.WriteAsync(Wire.LogSeverity.Warning, warning, resource), OutputTypes);

    public ValueTask DisposeAsync() => Callbacks.DisposeAsync();
}
