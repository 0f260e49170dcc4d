using FogInfra.Embedded.Engine.Events;
using FogInfra.Embedded.Protocol.Messages;
using FogInfra.Embedded.Protocol.Rpc;
using FogInfra.Embedded.Protocol.Services;
using FogInfra.Embedded.Protocol.Values;
using Google.Protobuf.WellKnownTypes;
using WireSeverity = FogInfra.Embedded.Protocol.Messages.LogSeverity;

namespace FogInfra.Embedded.Engine.Monitor;

/// <summary>The service to which programs and plugins send messages for people.</summary>
internal sealed class EngineService(Diagnostics diagnostics, string version)
{
    private string _rootUrn = "";

    /// <summary>Adds the service's methods to a server.</summary>
    public void AddTo(RpcService service) => service
        .Unary(EngineMethods.Log, (request, _) => Task.FromResult(Log(request)))
        .Unary(EngineMethods.SetRootResource, (request, _) =>
        {
            Volatile.Write(ref _rootUrn, request.Urn);
            return Task.FromResult(new SetRootResourceResponse());
        })
        .Unary(EngineMethods.RequirePulumiVersion, (request, _) => Task.FromResult(RequireVersion(request)))
        .Unary(EngineMethods.GetRootResource, (_, _) => Task.FromResult(new GetRootResourceResponse { Urn = Volatile.Read(ref _rootUrn) }));

    private RequirePulumiVersionResponse RequireVersion(RequirePulumiVersionRequest request)
    {
        var range = VersionRange.TryParse(request.PulumiVersionRange)
            ?? throw new RpcException(RpcStatusCode.InvalidArgument, $"'{request.PulumiVersionRange}' is no range of versions");
        return range.Contains(VersionRange.ParseVersion(version))
            ? new RequirePulumiVersionResponse()
            : throw new RpcException(
                RpcStatusCode.FailedPrecondition, $"Pulumi CLI version {version.TrimStart('v')} does not satisfy the version range \"{request.PulumiVersionRange}\"");
    }

    private Empty Log(LogRequest request)
    {
        var urn = Urn.TryParse(request.Urn);
        switch (request.Severity)
        {
            case WireSeverity.Debug:
                diagnostics.Debug(urn, request.Message, request.StreamId, request.Ephemeral);
                break;
            case WireSeverity.Info:
                diagnostics.Info(urn, request.Message, request.StreamId, request.Ephemeral);
                break;
            case WireSeverity.Warning:
                diagnostics.Warning(urn, request.Message, request.StreamId, request.Ephemeral);
                break;
            case WireSeverity.Error when MonitorShutdown.IsComplaint(request.Message):
                diagnostics.Debug(urn, request.Message, request.StreamId, request.Ephemeral);
                break;
            default:
                diagnostics.Error(urn, request.Message, request.StreamId, request.Ephemeral);
                break;
        }

        return new Empty();
    }
}
