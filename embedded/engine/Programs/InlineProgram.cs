using FogInfra.Embedded.Protocol.Messages;
using FogInfra.Embedded.Protocol.Rpc;
using FogInfra.Embedded.Protocol.Services;
using Google.Protobuf.WellKnownTypes;
using LanguageProgramInfo = FogInfra.Embedded.Protocol.Messages.ProgramInfo;

namespace FogInfra.Embedded.Engine.Programs;

/// <summary>A program that lives in an Automation API client, which serves it as a language runtime.</summary>
/// <param name="address">Where the client listens: <c>HOST:PORT</c>.</param>
/// <param name="programDirectory">The project's program directory.</param>
internal sealed class InlineProgram(string address, string programDirectory) : IProgram
{
    /// <inheritdoc/>
    public async Task<ProgramOutcome> RunAsync(ProgramRun run, CancellationToken cancellationToken)
    {
        await using var channel = new RpcChannel(address);
        var program = new LanguageProgramInfo
        {
            RootDirectory = run.Info.RootDirectory, ProgramDirectory = programDirectory, EntryPoint = ".", Options = new Struct(),
        };
        try
        {
            await channel.CallAsync(LanguageRuntimeMethods.GetPluginInfo, new Empty(), cancellationToken).ConfigureAwait(false);
            var request = new RunRequest
            {
                Project = run.Info.Project,
                Stack = run.Info.Stack,
                Pwd = programDirectory,
                Args = { run.EngineAddress },
                Config = { run.Info.Config },
                ConfigSecretKeys = { run.Info.ConfigSecretKeys },
                DryRun = run.Info.DryRun,
                Parallel = run.Info.Parallel,
                MonitorAddress = run.MonitorAddress,
                Organization = run.Info.Organization,
                Info = program,
            };
            var response = await channel.CallAsync(LanguageRuntimeMethods.Run, request, cancellationToken).ConfigureAwait(false);
            return response switch
            {
                { Bail: true } => ProgramOutcome.AlreadyTold,
                { Error.Length: > 0 } => ProgramOutcome.Failure($"an unhandled error occurred: {response.Error}"),
                _ => ProgramOutcome.Success,
            };
        }
        catch (RpcException exception)
        {
            return ProgramOutcome.Failure($"an unhandled error occurred: {exception.Message}");
        }
    }
}
