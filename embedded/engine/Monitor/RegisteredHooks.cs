using System.Collections.Concurrent;
using System.Collections.Immutable;
using FogInfra.Embedded.Engine.Deploying;
using FogInfra.Embedded.Engine.State;
using FogInfra.Embedded.Engine.Steps;
using FogInfra.Embedded.Protocol.Messages;
using FogInfra.Embedded.Protocol.Rpc;
using FogInfra.Embedded.Protocol.Values;
using Google.Protobuf.WellKnownTypes;

namespace FogInfra.Embedded.Engine.Monitor;

/// <summary>The hooks that a program has registered: functions of it that run before and after steps, and when one fails.</summary>
internal sealed class RegisteredHooks(DeploymentContext context, ProgramCallbacks callbacks) : IStepHooks
{
    private const int MostRetries = 100;

    private readonly ConcurrentDictionary<string, RegisterResourceHookRequest> _hooks = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Callback> _errorHooks = new(StringComparer.Ordinal);

    /// <summary>Registers a hook.</summary>
    /// <exception cref="RpcException">There is one of that name.</exception>
    public void Add(RegisterResourceHookRequest hook)
    {
        if (!_hooks.TryAdd(hook.Name, hook))
        {
            throw new RpcException(RpcStatusCode.AlreadyExists, $"resource hook already registered for name \"{hook.Name}\"");
        }
    }

    /// <summary>Registers a hook for errors.</summary>
    /// <exception cref="RpcException">There is one of that name.</exception>
    public void Add(RegisterErrorHookRequest hook)
    {
        if (!_errorHooks.TryAdd(hook.Name, hook.Callback))
        {
            throw new RpcException(RpcStatusCode.AlreadyExists, $"error hook already registered for name \"{hook.Name}\"");
        }
    }

    /// <inheritdoc/>
    public async Task<StepResult> AroundAsync(Step step, Func<Task<StepResult>> run)
    {
        var (operation, before, after) = KindOf(step.Op);
        var hooks = step.Resource.Hooks;
        if (operation.Length == 0 || hooks.IsEmpty)
        {
            return await run().ConfigureAwait(false);
        }

        if (await RunAsync(step, hooks.Of(before), null).ConfigureAwait(false) is { } failure)
        {
            return new StepResult.Failed(failure);
        }

        var result = await RunWithRetriesAsync(step, operation, hooks.Of(ResourceHooks.OnError), run).ConfigureAwait(false);
        if (result is StepResult.Succeeded succeeded)
        {
            await RunAsync(step, hooks.Of(after), succeeded).ConfigureAwait(false);
        }

        return result;
    }

    private static (string Operation, string Before, string After) KindOf(StepOp op) => op switch
    {
        StepOp.Create or StepOp.CreateReplacement => ("create", ResourceHooks.BeforeCreate, ResourceHooks.AfterCreate),
        StepOp.Update => ("update", ResourceHooks.BeforeUpdate, ResourceHooks.AfterUpdate),
        StepOp.Delete or StepOp.DeleteReplaced => ("delete", ResourceHooks.BeforeDelete, ResourceHooks.AfterDelete),
        _ => ("", "", ""),
    };

    private async Task<StepResult> RunWithRetriesAsync(Step step, string operation, ImmutableArray<string> names, Func<Task<StepResult>> run)
    {
        var result = await run().ConfigureAwait(false);
        var errors = new List<string>();
        for (var retries = 0; retries < MostRetries && result is StepResult.Failed failed && !context.Control.Stopping.IsCancellationRequested; retries++)
        {
            errors.Insert(0, failed.Message);
            if (!await WantRetryAsync(step, operation, names, errors).ConfigureAwait(false))
            {
                break;
            }

            result = await run().ConfigureAwait(false);
        }

        return result;
    }

    private async Task<bool> WantRetryAsync(Step step, string operation, ImmutableArray<string> names, List<string> errors)
    {
        var retry = false;
        foreach (var name in names)
        {
            if (!_errorHooks.TryGetValue(name, out var callback))
            {
                context.Diagnostics.Warning(step.Urn, $"error hook \"{name}\" is not registered");
                continue;
            }

            try
            {
                var response = await callbacks.CallAsync<ErrorHookResponse>(callback, ToErrorRequest(step, operation, errors), context.Control.Abandoned).ConfigureAwait(false);
                retry |= response.Retry && response.Error.Length == 0;
                if (response.Error.Length > 0)
                {
                    context.Diagnostics.Warning(step.Urn, $"error hook \"{name}\" failed: {response.Error}");
                }
            }
            catch (RpcException exception)
            {
                context.Diagnostics.Warning(step.Urn, $"error hook \"{name}\" failed: {exception.Message}");
            }
        }

        return retry;
    }

    // Runs hooks; those that come before may refuse the step, of those that come after a failure is told and that is all.
    private async Task<string?> RunAsync(Step step, ImmutableArray<string> names, StepResult.Succeeded? result)
    {
        foreach (var name in names)
        {
            if (!_hooks.TryGetValue(name, out var hook))
            {
                return $"resource hook \"{name}\" of {step.Urn} is not registered by a program"
                    + (step.Op.IsDelete() ? "; deleting a resource with delete hooks needs the program: use --run-program" : "");
            }

            if ((context.Options.DryRun && !hook.OnDryRun) || await CallAsync(hook, step, result).ConfigureAwait(false) is not { } error)
            {
                continue;
            }

            if (result is null && !hook.IgnoreErrors)
            {
                return $"before hook \"{name}\" failed: {error}";
            }

            context.Diagnostics.Warning(step.Urn, $"{(result is null ? "before" : "after")} hook \"{name}\" failed: {error}");
        }

        return null;
    }

    private async Task<string?> CallAsync(RegisterResourceHookRequest hook, Step step, StepResult.Succeeded? result)
    {
        try
        {
            var response = await callbacks.CallAsync<ResourceHookResponse>(hook.Callback, ToRequest(step, result), context.Control.Abandoned).ConfigureAwait(false);
            return response.Error.Length > 0 ? response.Error : null;
        }
        catch (RpcException exception)
        {
            return exception.Message;
        }
    }

    private static ResourceHookRequest ToRequest(Step step, StepResult.Succeeded? result) => new()
    {
        Urn = step.Urn.ToString(),
        Id = (result?.State ?? step.Old ?? step.New)?.Id ?? "",
        Name = step.Urn.Name,
        Type = step.Resource.Type,
        NewInputs = ToStruct(step.New?.Inputs),
        OldInputs = ToStruct(step.Old?.Inputs),
        NewOutputs = ToStruct(result?.State?.Outputs),
        OldOutputs = ToStruct(step.Old?.Outputs),
    };

    private static ErrorHookRequest ToErrorRequest(Step step, string operation, IEnumerable<string> errors) => new()
    {
        Urn = step.Urn.ToString(),
        Id = step.Old?.Id ?? "",
        Name = step.Urn.Name,
        Type = step.Resource.Type,
        NewInputs = ToStruct(step.New?.Inputs),
        OldInputs = ToStruct(step.Old?.Inputs),
        OldOutputs = ToStruct(step.Old?.Outputs),
        FailedOperation = operation,
        Errors = { errors },
    };

    private static Struct? ToStruct(PropertyMap? map) => map is null ? null : WireCodec.ToStruct(map, WireOptions.KeepAll);
}
