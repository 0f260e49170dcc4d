using FogInfra.Embedded.Engine.Commands;
using FogInfra.Embedded.Engine.Events;

namespace FogInfra.Embedded.Engine.Display;

/// <summary>Shows a run to people.</summary>
internal interface IRunDisplay : IEventListener
{
    /// <summary>Shows what belongs at the end: messages, the stack's outputs, counts and time.</summary>
    void Finish(StackOutputs outputs);
}
