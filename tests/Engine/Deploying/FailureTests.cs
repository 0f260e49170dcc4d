using FogInfra.Embedded.Protocol.Messages;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;
using FogInfra.Engine.Tests.Harness;
using CheckFailure = FogInfra.Embedded.Provider.CheckFailure;

namespace FogInfra.Engine.Tests.Deploying;

public sealed class FailureTests : DeployingTest
{
    private void FailToCreate(string name, string message = "no room") => Provider.OnCreate = (request, _) =>
        request.Urn.Name == name ? throw new ProviderException(message) : Task.CompletedTask;

    [Fact]
    public async Task Create_Fails_TheUpdateFailsAndKeepsWhatWasDone()
    {
        FailToCreate("second");
        var outcome = await Workspace.UpAsync(async program =>
        {
            await Thing(program, "first");
            await Thing(program, "second");
            await Thing(program, "third");
        });
        Assert.Equal(1, outcome.ExitCode);
        Assert.Equal(["no room", "update failed"], outcome.Messages("error"));
        Assert.Equal(["create first", "create second"], Provider.Changes);
        Assert.Contains("first", Workspace.Resources().Keys);
        Assert.DoesNotContain("second", Workspace.Resources().Keys);
        Assert.False(Workspace.State().ContainsKey("pending_operations"));

        var failed = outcome.EventObjects.Select(item => item["resOpFailedEvent"]).First(item => item is not null)!;
        Assert.Equal(0, failed["status"]!.GetValue<int>());
        Assert.Equal("failed", outcome.EventObjects.Select(item => item["summaryEvent"]).First(item => item is not null)!["result"]!.GetValue<string>());
        Assert.True(outcome.EventObjects[^1].ContainsKey("cancelEvent"));
        var history = (await Workspace.RunAsync("stack", "history", "--json")).ShouldSucceed().Json;
        Assert.Equal("failed", history[0]!["result"]!.GetValue<string>());
        await ShouldBeSoundAsync();
    }

    [Fact]
    public async Task Create_Fails_NothingIsDeleted()
    {
        (await Workspace.UpAsync(program => Thing(program, "old"))).ShouldSucceed();
        FailToCreate("new");
        Assert.Equal(1, (await Workspace.UpAsync(program => Thing(program, "new"))).ExitCode);
        Assert.Contains("old-1", Provider.Existing.Keys);
    }

    [Fact]
    public async Task Create_StateUnknown_IsReportedAsPossiblyCorrupt()
    {
        Provider.OnCreate = (_, _) => throw new ProviderException("connection lost") { StateUnknown = true };
        var outcome = await Workspace.UpAsync(program => Thing(program, "thing"));
        Assert.Equal(2, outcome.EventObjects.Select(item => item["resOpFailedEvent"]).First(item => item is not null)!["status"]!.GetValue<int>());
        Assert.True(outcome.EventObjects.Select(item => item["summaryEvent"]).First(item => item is not null)!["maybeCorrupt"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Create_PartialFailure_IsSavedAndTriedAgainAsAnUpdate()
    {
        Provider.OnCreate = (request, _) => throw new ResourceInitException("not ready", ["image not found", "gave up"])
        {
            Id = "half", Outputs = request.Inputs.With("phase", "pending"),
        };
        var outcome = await Workspace.UpAsync(program => Thing(program, "thing"));
        Assert.Equal(1, outcome.ExitCode);
        Assert.Equal("not ready\n* image not found\n* gave up", outcome.Messages("error")[0]);
        Assert.Equal(1, outcome.EventObjects.Select(item => item["resOpFailedEvent"]).First(item => item is not null)!["status"]!.GetValue<int>());
        var thing = Workspace.Resources()["thing"];
        Assert.Equal("half", thing["id"]!.GetValue<string>());
        Assert.Equal("""["image not found","gave up"]""", thing["initErrors"]!.ToJsonString());

        (await Workspace.UpAsync(program => Thing(program, "thing"))).ShouldSucceed();
        Assert.Equal(["create thing", "update thing"], Provider.Changes);
        Assert.False(Workspace.Resources()["thing"].ContainsKey("initErrors"));
    }

    [Fact]
    public async Task Update_PartialFailure_KeepsTheOldInputsAndTheNewOutputs()
    {
        (await Workspace.UpAsync(program => Thing(program, "thing"))).ShouldSucceed();
        Provider.OnUpdate = (request, _) => throw new ResourceInitException("not ready", ["slow"])
        {
            Id = request.Id, Outputs = request.NewInputs.With("phase", "pending"),
        };
        Assert.Equal(1, (await Workspace.UpAsync(program => Thing(program, "thing", 2))).ExitCode);
        var thing = Workspace.Resources()["thing"];
        Assert.Equal((1, 2), (thing["inputs"]!["size"]!.GetValue<int>(), thing["outputs"]!["size"]!.GetValue<int>()));
        Assert.Equal("pending", thing["outputs"]!["phase"]!.GetValue<string>());
        Assert.Equal("""["slow"]""", thing["initErrors"]!.ToJsonString());
    }

    [Fact]
    public async Task Check_Failures_NameResourcePropertyAndReason()
    {
        Provider.OnCheck = request => new CheckResult(request.NewInputs, [new CheckFailure("size", "too big"), new CheckFailure("", "all wrong")]);
        var outcome = await Workspace.UpAsync(program => Thing(program, "thing", 9));
        Assert.Equal(1, outcome.ExitCode);
        Assert.Equal(
            ["acme:index:Thing resource 'thing': property size value {9} has a problem: too big", "acme:index:Thing resource 'thing' has a problem: all wrong"],
            outcome.Messages("error").Take(2));
        Assert.Empty(Provider.Changes);
    }

    [Fact]
    public async Task Check_FailureOfASecret_DoesNotShowIt()
    {
        Provider.OnCheck = request => new CheckResult(request.NewInputs, [new CheckFailure("pw", "too short")]);
        var outcome = await Workspace.UpAsync(program => program.CustomAsync(Type, "thing", PropertyMap.Of(("pw", new PropertyValue.Secret("hunter2")))));
        Assert.Contains("{[secret]}", outcome.Messages("error")[0]);
        Assert.DoesNotContain("hunter2", outcome.Out + string.Concat(outcome.Events));
    }

    [Fact]
    public async Task Provider_ThrowsSomethingElse_FailsTheStepNotTheEngine()
    {
        Provider.OnCreate = (_, _) => throw new InvalidOperationException("a bug");
        var outcome = await Workspace.UpAsync(program => Thing(program, "thing"));
        Assert.Equal(["a bug", "update failed"], outcome.Messages("error"));
        await ShouldBeSoundAsync();
    }

    [Fact]
    public async Task Provider_MessageQuotesASecret_IsMaskedEverywhere()
    {
        Provider.OnCreate = (request, _) => throw new ProviderException($"login with {request.Inputs.GetText("pw")} failed");
        var outcome = await Workspace.UpAsync(program => program.CustomAsync(Type, "thing", PropertyMap.Of(("pw", new PropertyValue.Secret("hunter2")))));
        Assert.Equal("login with [secret] failed", outcome.Messages("error")[0]);
        Assert.DoesNotContain("hunter2", outcome.Out + outcome.Error + string.Concat(outcome.Events));
    }

    [Fact]
    public async Task ContinueOnError_IndependentGoOnAndDependentsAreSkipped()
    {
        FailToCreate("bad");
        var results = new List<Result>();
        var outcome = await Workspace.UpAsync(
            async program =>
            {
                var bad = await Thing(program, "bad");
                results.Add(bad.Result);
                results.Add((await Thing(program, "dependent", 1, null, bad)).Result);
                results.Add((await Thing(program, "independent")).Result);
            },
            "--continue-on-error");
        Assert.Equal(1, outcome.ExitCode);
        Assert.Equal([Result.Fail, Result.Skip, Result.Success], results);
        Assert.Equal(["create bad", "create independent"], Provider.Changes);
    }

    [Fact]
    public async Task ContinueOnError_FailedUpdate_KeepsWhatItMayStillNeed()
    {
        (await Workspace.UpAsync(async program => await Thing(program, "user", 1, null, await Thing(program, "needed")))).ShouldSucceed();
        Provider.OnUpdate = (_, _) => throw new ProviderException("no");
        var outcome = await Workspace.UpAsync(program => Thing(program, "user", 2), "--continue-on-error");
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("needed-1", Provider.Existing.Keys);
        await ShouldBeSoundAsync();
    }

    [Fact]
    public async Task ContinueOnError_InputsComeFromWhatFailed_AreSkipped()
    {
        FailToCreate("bad");
        var results = new List<Result>();
        var outcome = await Workspace.UpAsync(
            async program =>
            {
                var bad = await Thing(program, "bad");
                var user = await User(program, "user", bad with { Outputs = PropertyMap.Empty });
                var second = await User(program, "second", user with { Outputs = PropertyMap.Empty });
                results.AddRange(user.Result, second.Result);
            },
            "--continue-on-error");
        Assert.Equal([Result.Skip, Result.Skip], results);
        Assert.Equal(["no room", "update failed"], outcome.Messages("error"));
        Assert.Equal(["create bad"], Provider.Changes);
    }

    [Fact]
    public async Task ContinueOnError_ComponentInWhatFailed_MaySetItsOutputs()
    {
        FailToCreate("bad");
        var outcome = await Workspace.UpAsync(
            async program =>
            {
                var bad = await Thing(program, "bad");
                var group = await program.ComponentAsync("acme:index:Group", "group", request => request.Dependencies.Add(bad.Urn));
                Assert.Equal(Result.Skip, group.Result);
                await program.SetOutputsAsync(group.Urn, PropertyMap.Of(("size", PropertyValue.Unknown)));
            },
            "--continue-on-error");
        Assert.Equal(["no room", "update failed"], outcome.Messages("error"));
        Assert.DoesNotContain("group", Workspace.Resources().Keys);
    }

    [Fact]
    public async Task ContinueOnError_OutputsComeFromWhatFailed_AreNotInTheState()
    {
        FailToCreate("bad");
        (await Workspace.UpAsync(program => program.ExportAsync(("size", "old")))).ShouldSucceed();
        var outcome = await Workspace.UpAsync(
            async program =>
            {
                await Thing(program, "bad");
                var group = await program.ComponentAsync("acme:index:Group", "group");
                var nested = new PropertyValue.List(["known", PropertyValue.Unknown]);
                await program.SetOutputsAsync(group.Urn, PropertyMap.Of(("known", true), ("size", PropertyValue.Unknown), ("list", nested)));
                await program.ExportAsync(("known", true), ("size", PropertyValue.Unknown));
            },
            "--continue-on-error");
        Assert.Equal(["no room", "update failed"], outcome.Messages("error"));
        Assert.Equal("""{"known":true}""", Workspace.Resources()["group"]["outputs"]!.ToJsonString());
        Assert.Equal("{\n  \"known\": true,\n  \"size\": \"old\"\n}\n", (await Workspace.RunAsync("stack", "output", "--json")).Out);
    }

    [Fact]
    public async Task Program_ComplainsThatTheRunHasStopped_IsNotTold()
    {
        FailToCreate("bad");
        var outcome = await Workspace.UpAsync(async program =>
        {
            try
            {
                await Thing(program, "bad");
            }
            catch (Exception exception)
            {
                await program.LogAsync(FogInfra.Embedded.Protocol.Messages.LogSeverity.Error, $"Running program failed: {exception.Message}");
                throw;
            }
        });
        Assert.Equal(["no room", "update failed"], outcome.Messages("error"));
    }

    [Fact]
    public async Task Provider_LeavesOutputsUnknown_TheyAreNotInTheState()
    {
        Provider.OnRead = request => new ReadResult(request.Id, request.Inputs, request.Outputs.With("lost", PropertyValue.Unknown));
        (await Workspace.UpAsync(program => Thing(program, "thing"))).ShouldSucceed();
        (await Workspace.RunAsync("refresh", "--yes", "--skip-preview")).ShouldSucceed();
        Assert.False(Workspace.Resources()["thing"]["outputs"]!.AsObject().ContainsKey("lost"));
    }

    [Fact]
    public async Task ContinueOnError_OldSdk_GetsAnError()
    {
        FailToCreate("bad");
        var outcome = await Workspace.UpAsync(
            program => Thing(program, "bad", 1, request => request.SupportsResultReporting = false), "--continue-on-error");
        Assert.Contains("an unhandled error occurred: resource registration failed", outcome.Messages("error"));
    }

    [Fact]
    public async Task Program_Fails_NothingIsDeletedAndTheErrorIsTold()
    {
        (await Workspace.UpAsync(program => Thing(program, "old"))).ShouldSucceed();
        var outcome = await Workspace.UpAsync(_ => throw new InvalidOperationException("kaboom"));
        Assert.Equal(1, outcome.ExitCode);
        Assert.Equal(["an unhandled error occurred: kaboom", "update failed"], outcome.Messages("error"));
        Assert.Contains("old-1", Provider.Existing.Keys);
    }

    [Fact]
    public async Task Program_LogsAnErrorOnly_DoesNotFail()
    {
        var outcome = (await Workspace.UpAsync(program => program.LogAsync(FogInfra.Embedded.Protocol.Messages.LogSeverity.Error, "just saying"))).ShouldSucceed();
        Assert.Contains("just saying", outcome.Messages("error"));
    }

    [Fact]
    public async Task Delete_Fails_WhatItDependsOnStays()
    {
        (await Workspace.UpAsync(async program =>
        {
            await Thing(program, "user", 1, null, await Thing(program, "needed"));
            await Thing(program, "other");
        })).ShouldSucceed();
        Provider.OnDelete = (request, _) => request.Id == "user-1" ? throw new ProviderException("stuck") : Task.CompletedTask;
        var outcome = await Workspace.RunAsync("destroy", "--yes", "--skip-preview", "--continue-on-error");
        Assert.Equal(1, outcome.ExitCode);
        Assert.Equal(["needed-1", "user-1"], Provider.Existing.Keys.Order());
        await ShouldBeSoundAsync();
    }

    [Fact]
    public async Task OutputsOfTheStack_UpdateFails_OldOnesStay()
    {
        (await Workspace.UpAsync(program => program.ExportAsync(("a", "1"), ("b", "1")))).ShouldSucceed();
        FailToCreate("bad");
        await Workspace.UpAsync(async program =>
        {
            await program.ExportAsync(("a", "2"));
            await Thing(program, "bad");
        });
        Assert.Equal("{\n  \"a\": \"2\",\n  \"b\": \"1\"\n}\n", (await Workspace.RunAsync("stack", "output", "--json")).Out);
    }

    [Fact]
    public async Task Outputs_SetTwice_IsAnError()
    {
        var outcome = await Workspace.UpAsync(async program =>
        {
            var component = await program.ComponentAsync("acme:index:Group", "group");
            await program.SetOutputsAsync(component.Urn, PropertyMap.Empty);
            await program.SetOutputsAsync(component.Urn, PropertyMap.Empty);
        });
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains(outcome.Messages("error"), message => message.Contains("whose registration isn't pending"));
    }

    [Fact]
    public async Task Register_UnknownInputInAnUpdate_IsAnError()
    {
        var outcome = await Workspace.UpAsync(program => program.CustomAsync(Type, "thing", PropertyMap.Of(("x", PropertyValue.Unknown))));
        Assert.Contains(outcome.Messages("error"), message => message.StartsWith("unexpected unknown property value"));
    }

    [Fact]
    public async Task Provider_NoPluginFound_SaysWhereItWasLookedFor()
    {
        var outcome = await Workspace.UpAsync(program => program.CustomAsync("nobody:index:Thing", "thing", PropertyMap.Empty, request => request.Version = "1.2.3"));
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains(outcome.Messages("error"), message => message.StartsWith("no resource plugin 'pulumi-resource-nobody' of version v1.2.3 was found"));
    }
}
