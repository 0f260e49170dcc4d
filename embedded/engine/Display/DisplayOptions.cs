using FogInfra.Embedded.Engine.Deploying;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.Display;

/// <summary>What a display shows.</summary>
/// <param name="Kind">What the run is for.</param>
/// <param name="IsPreview">It is a preview.</param>
/// <param name="Stack">The stack's name as people see it.</param>
/// <param name="Root">The stack's resource, to which messages belong that name no other.</param>
/// <param name="ShowSames">Resources that do not change are shown.</param>
/// <param name="SuppressOutputs">The stack's outputs are not shown.</param>
/// <param name="ShowSecrets">Secrets are shown.</param>
/// <param name="ShowDiff">The properties that change are shown.</param>
/// <param name="HasColor">There may be colours.</param>
internal sealed record DisplayOptions(
    DeploymentKind Kind, bool IsPreview, string Stack, Urn Root, bool ShowSames, bool SuppressOutputs, bool ShowSecrets, bool ShowDiff, bool HasColor);
