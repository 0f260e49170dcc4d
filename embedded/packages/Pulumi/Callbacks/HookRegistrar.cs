using System.Collections.Immutable;
using FogInfra.Embedded.Protocol.Values;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Pulumi;

/// <summary>Makes the program's hooks known to the engine, and runs them when it calls.</summary>
internal sealed class HookRegistrar(ProgramRun program)
{
    /// <summary>Registers a hook.</summary>
    /// <returns>Ends when the engine knows it.</returns>
    public Task Register(ResourceHook hook) => Track(RegisterAsync(hook));

    /// <summary>Registers an error hook.</summary>
    /// <returns>Ends when the engine knows it.</returns>
    public Task Register(ErrorHook hook) => Track(RegisterAsync(hook));

    /// <summary>Names hooks in a request, once the engine knows them.</summary>
    public static async Task<Wire.RegisterResourceRequest.Types.ResourceHooksBinding> BindAsync(ResourceHookBinding hooks) => new()
    {
        BeforeCreate = { await NamesOfAsync(hooks.BeforeCreate).ConfigureAwait(false) },
        AfterCreate = { await NamesOfAsync(hooks.AfterCreate).ConfigureAwait(false) },
        BeforeUpdate = { await NamesOfAsync(hooks.BeforeUpdate).ConfigureAwait(false) },
        AfterUpdate = { await NamesOfAsync(hooks.AfterUpdate).ConfigureAwait(false) },
        BeforeDelete = { await NamesOfAsync(hooks.BeforeDelete).ConfigureAwait(false) },
        AfterDelete = { await NamesOfAsync(hooks.AfterDelete).ConfigureAwait(false) },
        OnError = { await NamesOfAsync(hooks.OnError).ConfigureAwait(false) },
    };

    /// <summary>The hooks that a request names.</summary>
    public static ResourceHookBinding Read(Wire.RegisterResourceRequest.Types.ResourceHooksBinding? binding) =>
        binding is null ? new() : new()
    {
        BeforeCreate = [.. binding.BeforeCreate.Select(name => new NamedHook(name))],
        AfterCreate = [.. binding.AfterCreate.Select(name => new NamedHook(name))],
        BeforeUpdate = [.. binding.BeforeUpdate.Select(name => new NamedHook(name))],
        AfterUpdate = [.. binding.AfterUpdate.Select(name => new NamedHook(name))],
        BeforeDelete = [.. binding.BeforeDelete.Select(name => new NamedHook(name))],
        AfterDelete = [.. binding.AfterDelete.Select(name => new NamedHook(name))],
        OnError = [.. binding.OnError.Select(name => new ErrorHook(name, (_, _) => Task.FromResult(false), Task.CompletedTask))],
    };

    private static async Task<string[]> NamesOfAsync(IEnumerable<ResourceHook> hooks) => await Task.WhenAll(hooks.Select(async hook =>
    {
        await hook.Registered.ConfigureAwait(false);
        return hook.Name;
    })).ConfigureAwait(false);

    private static async Task<string[]> NamesOfAsync(IEnumerable<ErrorHook> hooks) => await Task.WhenAll(hooks.Select(async hook =>
    {
        await hook.Registered.ConfigureAwait(false);
        return hook.Name;
    })).ConfigureAwait(false);

    private Task Track(Task registration)
    {
        program.Work.Track(registration);
        return registration;
    }

    private async Task RegisterAsync(ResourceHook hook)
    {
        await program.Features.RequireAsync("resourceHooks", "resource hooks").ConfigureAwait(false);
        await program.Monitor.RegisterResourceHookAsync(new()
        {
            Name = hook.Name,
            OnDryRun = hook.Options.OnDryRun ?? false,
            IgnoreErrors = hook.Options.IgnoreErrors ?? false,
            Callback = await program.Callbacks
                .LendAsync((request, cancellationToken) => RunAsync(hook, request, cancellationToken)).ConfigureAwait(false),
        }).ConfigureAwait(false);
    }

    private async Task RegisterAsync(ErrorHook hook)
    {
        await program.Features.RequireAsync("resourceHooks", "error hooks").ConfigureAwait(false);
        await program.Monitor.RegisterErrorHookAsync(new()
        {
            Name = hook.Name,
            Callback = await program.Callbacks
                .LendAsync((request, cancellationToken) => RunAsync(hook, request, cancellationToken)).ConfigureAwait(false),
        }).ConfigureAwait(false);
    }

    private static async Task<IMessage> RunAsync(ResourceHook hook, ByteString message, CancellationToken cancellationToken)
    {
        var request = Wire.ResourceHookRequest.Parser.ParseFrom(message);
        await hook.Callback(
            new ResourceHookArgs(
                request.Urn,
                request.Id,
                request.Name,
                request.Type,
                Read(request.NewInputs),
                Read(request.OldInputs),
                Read(request.NewOutputs),
                Read(request.OldOutputs)),
            cancellationToken).ConfigureAwait(false);
        return new Wire.ResourceHookResponse();
    }

    private static async Task<IMessage> RunAsync(ErrorHook hook, ByteString message, CancellationToken cancellationToken)
    {
        var request = Wire.ErrorHookRequest.Parser.ParseFrom(message);
        var args = new ErrorHookArgs(
            request.Urn,
            request.Id,
            request.Name,
            request.Type,
            Read(request.NewInputs),
            Read(request.OldInputs),
            Read(request.OldOutputs),
            request.FailedOperation,
            [.. request.Errors]);
        try
        {
            return new Wire.ErrorHookResponse { Retry = await hook.Callback(args, cancellationToken).ConfigureAwait(false) };
        }
#pragma warning disable CA1031 // However the hook fails, the engine learns of it in the answer.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return new Wire.ErrorHookResponse { Error = exception.Message };
        }
    }

    /// <summary>Values as a hook sees them: a secret stays an output, so that it is not shown by accident.</summary>
    private static ImmutableDictionary<string, object?>? Read(Struct? values) => values is null ? null
        : PlainValues.ReadEach(WireCodec.FromStruct(values)).ToImmutableDictionary(
            pair => pair.Key,
            pair => pair.Value.IsSecret ? Output.CreateSecret(pair.Value.Value) : pair.Value.Value);

    /// <summary>A hook of which only the name is known: that is all that a request needs.</summary>
    private sealed class NamedHook(string name)
        : ResourceHook(name, (_, _) => Task.CompletedTask, new ResourceHookOptions(), Task.CompletedTask);
}
