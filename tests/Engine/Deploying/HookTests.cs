using FogInfra.Embedded.Protocol.Messages;
using FogInfra.Embedded.Protocol.Services;
using FogInfra.Embedded.Provider;
using FogInfra.Engine.Tests.Harness;

namespace FogInfra.Engine.Tests.Deploying;

public sealed class HookTests : DeployingTest
{
    private readonly List<string> _heard = [];

    private async Task RegisterAsync(ProgramClient program, CallbackHost callbacks, string name, string error = "", bool onDryRun = false, bool ignoreErrors = false) =>
        await program.CallAsync(ResourceMonitorMethods.RegisterResourceHook, new RegisterResourceHookRequest
        {
            Name = name,
            OnDryRun = onDryRun,
            IgnoreErrors = ignoreErrors,
            Callback = callbacks.Add<ResourceHookRequest>(request =>
            {
                _heard.Add($"{name} {request.Name} {request.OldInputs?.Fields["size"].NumberValue}->{request.NewInputs?.Fields["size"].NumberValue} {request.Id}");
                return new ResourceHookResponse { Error = error };
            }),
        });

    private static RegisterResourceRequest.Types.ResourceHooksBinding AllHooks => new()
    {
        BeforeCreate = { "bc" }, AfterCreate = { "ac" }, BeforeUpdate = { "bu" }, AfterUpdate = { "au" }, BeforeDelete = { "bd" }, AfterDelete = { "ad" },
    };

    private async Task<CommandOutcome> UpWithAllHooksAsync(CallbackHost callbacks, double? size) => await Workspace.UpAsync(async program =>
    {
        foreach (var name in new[] { "bc", "ac", "bu", "au", "bd", "ad" })
        {
            await RegisterAsync(program, callbacks, name);
        }

        if (size is { } wanted)
        {
            await Thing(program, "hooked", wanted, it => it.Hooks = AllHooks);
        }
    });

    [Fact]
    public async Task Up_HooksOfAllKinds_RunBeforeAndAfterTheStep()
    {
        await using var callbacks = await CallbackHost.StartAsync();
        (await UpWithAllHooksAsync(callbacks, 1)).ShouldSucceed();
        Assert.Equal(["bc hooked ->1 ", "ac hooked ->1 hooked-1"], _heard);
        Assert.Equal("bd", Workspace.Resources()["hooked"]["resourceHooks"]!["before-delete"]![0]!.GetValue<string>());

        _heard.Clear();
        (await UpWithAllHooksAsync(callbacks, 2)).ShouldSucceed();
        Assert.Equal(["bu hooked 1->2 hooked-1", "au hooked 1->2 hooked-1"], _heard);

        _heard.Clear();
        (await UpWithAllHooksAsync(callbacks, null)).ShouldSucceed();
        Assert.Equal(["bd hooked 2-> hooked-1", "ad hooked 2-> hooked-1"], _heard);
    }

    [Fact]
    public async Task Up_StateWithHooks_HasVersionFourAndTheFeature()
    {
        await using var callbacks = await CallbackHost.StartAsync();
        (await UpWithAllHooksAsync(callbacks, 1)).ShouldSucceed();
        var exported = (await Workspace.RunAsync("stack", "export")).ShouldSucceed().Json;
        Assert.Equal(4, exported["version"]!.GetValue<int>());
        Assert.Equal("hooks", exported["features"]![0]!.GetValue<string>());
    }

    [Fact]
    public async Task Up_BeforeHookFails_StepIsNotTaken()
    {
        await using var callbacks = await CallbackHost.StartAsync();
        var outcome = await Workspace.UpAsync(async program =>
        {
            await RegisterAsync(program, callbacks, "bc", error: "not today");
            await Thing(program, "hooked", configure: it => it.Hooks = new() { BeforeCreate = { "bc" } });
        });
        Assert.NotEqual(0, outcome.ExitCode);
        Assert.Contains("not today", outcome.Out, StringComparison.Ordinal);
        Assert.Empty(Provider.Changes);
        Assert.DoesNotContain("hooked", Workspace.Resources().Keys);
    }

    [Fact]
    public async Task Up_BeforeHookFailsThatMayFail_OnlyWarns()
    {
        await using var callbacks = await CallbackHost.StartAsync();
        var outcome = await Workspace.UpAsync(async program =>
        {
            await RegisterAsync(program, callbacks, "bc", error: "not today", ignoreErrors: true);
            await Thing(program, "hooked", configure: it => it.Hooks = new() { BeforeCreate = { "bc" } });
        });
        outcome.ShouldSucceed();
        Assert.Contains(outcome.Messages("warning"), message => message.Contains("not today", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Up_AfterHookFails_OnlyWarns()
    {
        await using var callbacks = await CallbackHost.StartAsync();
        var outcome = await Workspace.UpAsync(async program =>
        {
            await RegisterAsync(program, callbacks, "ac", error: "too bad");
            await Thing(program, "hooked", configure: it => it.Hooks = new() { AfterCreate = { "ac" } });
        });
        outcome.ShouldSucceed();
        Assert.Contains(outcome.Messages("warning"), message => message.Contains("too bad", StringComparison.Ordinal));
        Assert.Equal(["create hooked"], Provider.Changes);
    }

    [Fact]
    public async Task Preview_HooksRunOnlyThoseThatWantTo()
    {
        await using var callbacks = await CallbackHost.StartAsync();
        (await Workspace.PreviewAsync(async program =>
        {
            await RegisterAsync(program, callbacks, "quiet");
            await RegisterAsync(program, callbacks, "eager", onDryRun: true);
            await Thing(program, "hooked", configure: it => it.Hooks = new() { BeforeCreate = { "quiet", "eager" } });
        })).ShouldSucceed();
        Assert.Equal(["eager hooked ->1 "], _heard);
    }

    [Fact]
    public async Task Up_HookThatNobodyRegistered_StepFails()
    {
        var outcome = await Workspace.UpAsync(program => Thing(program, "hooked", configure: it => it.Hooks = new() { BeforeCreate = { "nobody" } }));
        Assert.NotEqual(0, outcome.ExitCode);
        Assert.Contains("\"nobody\"", outcome.Out, StringComparison.Ordinal);
        Assert.Empty(Provider.Changes);
    }

    [Fact]
    public async Task Destroy_DeleteHooksWithoutProgram_IsRefusedAndSaysHow()
    {
        await using var callbacks = await CallbackHost.StartAsync();
        (await UpWithAllHooksAsync(callbacks, 1)).ShouldSucceed();
        var outcome = await Workspace.RunAsync("destroy", "--yes", "--skip-preview");
        Assert.NotEqual(0, outcome.ExitCode);
        Assert.Contains("--run-program", outcome.Out, StringComparison.Ordinal);
        Assert.Equal(["create hooked"], Provider.Changes);
    }

    [Fact]
    public async Task Destroy_DeleteHooksWithProgram_RunThem()
    {
        await using var callbacks = await CallbackHost.StartAsync();
        (await UpWithAllHooksAsync(callbacks, 1)).ShouldSucceed();
        _heard.Clear();
        (await Workspace.OperateAsync(["destroy", "--yes", "--skip-preview", "--run-program"], async program =>
        {
            foreach (var name in new[] { "bc", "ac", "bu", "au", "bd", "ad" })
            {
                await RegisterAsync(program, callbacks, name);
            }

            await Thing(program, "hooked", 1, it => it.Hooks = AllHooks);
        })).ShouldSucceed();
        Assert.Equal(["bd hooked 1-> hooked-1", "ad hooked 1-> hooked-1"], _heard);
        Assert.Empty(Provider.Existing);
    }

    [Fact]
    public async Task Up_ErrorHookWantsRetry_StepIsTakenAgainWithAllErrors()
    {
        await using var callbacks = await CallbackHost.StartAsync();
        var attempts = 0;
        Provider.OnCreate = (_, _) => ++attempts < 3 ? throw new ProviderException($"attempt {attempts}") : Task.CompletedTask;
        var asked = new List<string>();
        var outcome = await Workspace.UpAsync(async program =>
        {
            await program.CallAsync(ResourceMonitorMethods.RegisterErrorHook, new RegisterErrorHookRequest
            {
                Name = "again",
                Callback = callbacks.Add<ErrorHookRequest>(request =>
                {
                    asked.Add($"{request.FailedOperation}: {string.Join(", ", request.Errors)}");
                    return new ErrorHookResponse { Retry = true };
                }),
            });
            await Thing(program, "hooked", configure: it => it.Hooks = new() { OnError = { "again" } });
        });
        outcome.ShouldSucceed();
        Assert.Equal(["create: attempt 1", "create: attempt 2, attempt 1"], asked);
        Assert.Single(Provider.Existing);
    }

    [Fact]
    public async Task RegisterHook_NameTwice_IsAnError()
    {
        await using var callbacks = await CallbackHost.StartAsync();
        var outcome = await Workspace.UpAsync(async program =>
        {
            await RegisterAsync(program, callbacks, "same");
            await RegisterAsync(program, callbacks, "same");
        });
        Assert.NotEqual(0, outcome.ExitCode);
        Assert.Contains("already registered", outcome.Out, StringComparison.Ordinal);
    }
}
