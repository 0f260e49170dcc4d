using FogInfra.Embedded.Engine.Deploying;
using FogInfra.Embedded.Engine.Display;
using FogInfra.Embedded.Engine.Events;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.Commands;

/// <summary>Who hears of the events of a run: the display, and whoever the command line or the caller names.</summary>
internal sealed class OperationListeners
{
    private readonly IRunDisplay? _display;
    private readonly PreviewDigest? _digest;

    /// <summary>Chooses the listeners.</summary>
    /// <param name="context">The command.</param>
    /// <param name="request">What it asks for.</param>
    /// <param name="opened">The stack.</param>
    /// <param name="isPreview">The run is a preview.</param>
    /// <param name="toOutside">Its events go to the event log, too.</param>
    public OperationListeners(CommandContext context, OperationRequest request, OpenedStack opened, bool isPreview, bool toOutside)
    {
        var listeners = new List<IEventListener>();
        if (!request.Json)
        {
            var root = Urn.Create(opened.Name.Name, opened.Name.Project, null, Urn.StackType, $"{opened.Name.Project}-{opened.Name.Name}");
            var options = new DisplayOptions(
                request.Kind, isPreview, opened.DisplayName, root, request.ShowSames, request.SuppressOutputs, request.ShowSecrets, request.Diff,
                context.Terminal is { HasColor: true });
            _display = context.Terminal is { } terminal && !request.Diff
                ? new LiveDisplay(context.Out, options, terminal, context.Options.Clock)
                : new PlainDisplay(context.Out, options);
            listeners.Add(_display);
        }
        else if (isPreview && !context.IsSet("PULUMI_ENABLE_STREAMING_JSON_PREVIEW"))
        {
            _digest = new PreviewDigest(context.Out);
            listeners.Add(_digest);
        }
        else
        {
            listeners.Add(EventLog.ToCallback(context.Out.WriteLine));
        }

        if (toOutside && request.EventLog is { Length: > 0 } target)
        {
            listeners.Add(EventLog.To(target, context.WorkingDirectory));
        }

        if (toOutside && context.Invocation.OnEngineEvent is { } callback)
        {
            listeners.Add(EventLog.ToCallback(callback));
        }

        All = listeners;
    }

    /// <summary>All of them.</summary>
    public IReadOnlyCollection<IEventListener> All { get; }

    /// <summary>Shows the stack's outputs and lets all listeners finish.</summary>
    public async Task CloseAsync(StackOutputs outputs)
    {
        _display?.Finish(outputs);
        _digest?.Finish();
        foreach (var listener in All)
        {
            await listener.DisposeAsync().ConfigureAwait(false);
        }
    }
}
