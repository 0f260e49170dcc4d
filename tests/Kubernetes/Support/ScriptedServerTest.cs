namespace FogInfra.Tests.Kubernetes.Support;

/// <summary>A test with a scripted server of its own.</summary>
public abstract class ScriptedServerTest : IAsyncLifetime
{
    private protected ScriptedServer Server { get; private set; } = null!;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public virtual async ValueTask InitializeAsync() => Server = await ScriptedServer.StartAsync();

    public virtual async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
