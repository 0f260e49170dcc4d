using System.Collections.Immutable;
using System.Text;
using FogInfra.Embedded.Engine.Backend;
using FogInfra.Embedded.Engine.State;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;
using FogInfra.Engine.Tests.Harness;

namespace FogInfra.Engine.Tests.Fuzzing;

/// <summary>Carries out one case, and looks at the state at every moment at which the process could have been killed.</summary>
internal sealed class FuzzRun : IWriteObserver
{
    private const string Checkpoint = "store/.pulumi/stacks/proj/dev.json";
    private const string ThingType = "acme:index:Thing";
    private const string ComponentType = "acme:index:Part";
    private static readonly Urn Root = Urn.Create("dev", "proj", null, Urn.StackType, "proj-dev");
    private static readonly ProviderReference Acme = new(Urn.Create("dev", "proj", null, "pulumi:providers:acme", "default"), "acme-id");

    private readonly FuzzCase _case;
    private readonly TestWorkspace _workspace;
    private readonly RecordingProvider _provider = new();
    private readonly List<string> _problems = [];
    private readonly CancellationTokenSource _cancellation = new();
    private Snapshot? _base;
    private readonly StringBuilder _journal = new();
    private byte[] _checkpoint = [];
    private int _calls;

    private FuzzRun(FuzzCase fuzzCase, TestWorkspace workspace)
    {
        _case = fuzzCase;
        _workspace = workspace;
    }

    /// <summary>What is wrong; empty when all is well.</summary>
    public static string ProblemsOf(FuzzCase fuzzCase, TestWorkspace workspace)
    {
        var run = new FuzzRun(fuzzCase, workspace);
        run.RunAsync().GetAwaiter().GetResult(); // FsCheck's properties with shrinking are not asynchronous.
        return string.Join('\n', run._problems.Distinct());
    }

    public void Before(FileChange change, string path, ReadOnlyMemory<byte> content)
    {
        lock (_journal)
        {
            switch (change)
            {
                case FileChange.Append:
                    _journal.Append(Encoding.UTF8.GetString(content.Span));
                    break;
                case FileChange.Write when path.Contains(".dev.json.", StringComparison.Ordinal):
                    CheckJournal();
                    _base = Read(content.Span);
                    _checkpoint = content.ToArray();
                    CheckSnapshot(_base, "a checkpoint");
                    break;
            }
        }
    }

    private async Task RunAsync()
    {
        var before = ToSnapshot();
        if (!SnapshotIntegrity.Check(before).IsEmpty)
        {
            return; // A simpler case need not be valid.
        }

        _base = before;
        _checkpoint = new SnapshotWriter(ValueJson.Shown).ToCheckpoint("organization/proj/dev", before).ToArray();
        _workspace.Write(Checkpoint, Encoding.UTF8.GetString(_checkpoint));
        _workspace.Provide("acme", () => _provider);
        foreach (var resource in before.Resources.Where(resource => resource.Custom && !resource.PendingReplacement && !_case.Gone.Contains(resource.Urn.Name)))
        {
            _provider.Existing[resource.Id] = resource.Outputs;
        }

        Rig();
        _workspace.WriteObserver = this;
        var outcome = await _workspace.OperateAsync(Arguments(), RegisterAsync, _cancellation.Token);
        lock (_journal)
        {
            CheckJournal();
        }

        CheckOutcome(outcome, "the operation");
        _workspace.WriteObserver = null;

        // Whatever came of it, the next update can begin.
        Unrig();
        CheckOutcome(await _workspace.UpAsync(RegisterAsync), "the update after it");
        CheckSnapshot(Read(Encoding.UTF8.GetBytes(_workspace.Read(Checkpoint))), "the state after the update after it");
    }

    private void CheckOutcome(CommandOutcome outcome, string what)
    {
        var shown = outcome.Error + string.Join('\n', outcome.Messages("error"));
        if (outcome.ExitCode is not (0 or 1 or 255) && _case.Operation != FuzzOperation.UpCanceled)
        {
            _problems.Add($"{what} ended with exit code {outcome.ExitCode}: {shown}");
        }

        if (shown.Contains("integrity", StringComparison.Ordinal) || shown.Contains("   at ", StringComparison.Ordinal))
        {
            _problems.Add($"{what} says: {shown}");
        }

        if (File.Exists(_workspace.PathOf(Checkpoint + ".journal")))
        {
            _problems.Add($"{what} left its journal behind");
        }

        CheckSnapshot(Read(Encoding.UTF8.GetBytes(_workspace.Read(Checkpoint))), $"the state after {what}");
    }

    // Every prefix of the journal is what a killed process may have left.
    private void CheckJournal()
    {
        var text = _journal.ToString();
        _journal.Clear();
        for (var end = text.IndexOf('\n', StringComparison.Ordinal); end >= 0; end = text.IndexOf('\n', end + 1))
        {
            var journal = JournalJson.Open(text[..(end + 1)], FileStateStore.HashOf(_checkpoint));
            if (journal is null)
            {
                _problems.Add("the journal does not name its checkpoint");
                return;
            }

            CheckSnapshot(journal.Replay(_base, new ValueJsonReader(null)), $"the journal up to {text[..end].Split('\n')[^1]}");
        }
    }

    private void CheckSnapshot(Snapshot snapshot, string what) =>
        _problems.AddRange(SnapshotIntegrity.Check(snapshot).Select(problem => $"{what}: {problem}"));

    private static Snapshot Read(ReadOnlySpan<byte> checkpoint) =>
        SnapshotReader.Read(SnapshotReader.OpenCheckpoint(checkpoint.ToArray())!.Value, new ValueJsonReader(null));

    private string[] Arguments()
    {
        string[] Targets(string flag) => [.. _case.Targets.Select(name => $"{flag}=**::{name}")];
        string[] up = ["up", "--yes", "--skip-preview", "--parallel", $"{_case.Parallel}"];
        string[] destroy = ["destroy", "--yes", "--skip-preview"];
        return _case.Operation switch
        {
            FuzzOperation.UpWithRefresh => [.. up, "--refresh"],
            FuzzOperation.UpGoingOn => [.. up, "--continue-on-error"],
            FuzzOperation.UpTargeted => [.. up, .. Targets("--target")],
            FuzzOperation.UpTargetedWithDependents => [.. up, "--target-dependents", .. Targets("--target")],
            FuzzOperation.UpReplacing => [.. up, .. Targets("--replace")],
            FuzzOperation.UpExcluding => [.. up, .. Targets("--exclude")],
            FuzzOperation.Preview => ["preview"],
            FuzzOperation.Refresh => ["refresh", "--yes", "--skip-preview"],
            FuzzOperation.Destroy => destroy,
            FuzzOperation.DestroyTargeted => [.. destroy, .. Targets("--target")],
            FuzzOperation.DestroyUnprotected => [.. destroy, "--exclude-protected"],
            _ => up,
        };
    }

    private void Rig()
    {
        void Call(string verb, string name)
        {
            if (_case.Operation == FuzzOperation.UpCanceled && Interlocked.Increment(ref _calls) == 4)
            {
                _cancellation.Cancel();
            }

            if (_case.Failures.Contains($"{verb} {name}"))
            {
                throw new ProviderException($"cannot {verb}");
            }

            if (_case.Failures.Contains($"partly {verb} {name}"))
            {
                throw new ResourceInitException($"cannot {verb} all of it", ["not ready"]) { Id = $"{name}-partly", Outputs = PropertyMap.Of(("partly", true)) };
            }
        }

        _provider.OnCheck = request =>
        {
            Call("check", request.Urn.Name);
            return CheckResult.Passed(request.NewInputs);
        };
        _provider.OnDiff = request =>
        {
            Call("diff", request.Urn.Name);
            return Diff(request);
        };
        _provider.OnCreate = (request, _) => Do(() => Call("create", request.Urn.Name));
        _provider.OnUpdate = (request, _) => Do(() => Call("update", request.Urn.Name));
        _provider.OnDelete = (request, _) => Do(() => Call("delete", request.Urn.Name));
        _provider.OnRead = request =>
        {
            Call("read", request.Urn.Name);
            return _provider.Existing.TryGetValue(request.Id, out var outputs) ? new ReadResult(request.Id, outputs.Without("serial"), outputs)
                : request.Id.StartsWith("read-", StringComparison.Ordinal) ? new ReadResult(request.Id, null, PropertyMap.Empty) : ReadResult.Gone;
        };
    }

    private void Unrig()
    {
        (_provider.OnCheck, _provider.OnCreate, _provider.OnUpdate, _provider.OnDelete) = (null, null, null, null);
        _provider.OnDiff = Diff;
        _provider.OnRead = request => new ReadResult(request.Id, request.Inputs, request.Outputs);
    }

    // Sizes of even sum change in place, others by a replacement; what depends on something replaced is replaced, too.
    private static DiffResult Diff(DiffRequest request)
    {
        if (request.OldInputs.Equals(request.NewInputs))
        {
            return DiffResult.NoChanges;
        }

        var isReplaced = request.NewInputs.Values.Any(value => value.ContainsUnknowns)
            || (request.NewInputs["size"], request.OldInputs["size"]) is not (PropertyValue.Number after, PropertyValue.Number before)
            || (after.Value + before.Value) % 2 != 0;
        return new DiffResult { Changes = DiffChanges.Some, Replaces = isReplaced ? ["size"] : [] };
    }

    private static Task Do(Action action)
    {
        action();
        return Task.CompletedTask;
    }

    private Snapshot ToSnapshot()
    {
        var resources = new List<ResourceState>
        {
            new() { Urn = Root, Type = Urn.StackType, Custom = false },
            new() { Urn = Acme.Urn, Type = Acme.Urn.Type, Custom = true, Id = Acme.Id },
        };
        var urns = new List<Urn>();
        foreach (var item in _case.State)
        {
            var parent = item.Parent is { } place ? urns[place] : Root;
            var type = item.IsComponent ? ComponentType : ThingType;
            var urn = Urn.Create("dev", "proj", parent, type, item.Name);
            urns.Add(urn);
            resources.Add(new ResourceState
            {
                Urn = urn,
                Type = type,
                Custom = !item.IsComponent,
                Id = item.IsComponent ? "" : item.Delete ? $"{item.Name}-old" : item.External ? $"read-{item.Name}" : $"{item.Name}-id",
                Inputs = PropertyMap.Of(("size", (double)item.Size)),
                Outputs = PropertyMap.Of(("size", (double)item.Size), ("serial", 1.0)),
                Parent = parent,
                Provider = item.IsComponent ? null : Acme,
                Dependencies = [.. item.DependsOn.Select(other => urns[other]).Distinct()],
                PropertyDependencies = ResourceState.NoPropertyDependencies.Add("size", [.. item.DependsOn.Select(other => urns[other]).Distinct()]),
                DeletedWith = item.DeletedWith is { } other ? urns[other] : null,
                Protect = item.Protect,
                RetainOnDelete = item.RetainOnDelete,
                External = item is { External: true, IsComponent: false },
                Delete = item.Delete,
                PendingReplacement = item is { PendingReplacement: true, IsComponent: false },
                InitErrors = item is { HasInitErrors: true, IsComponent: false } ? ["not ready"] : [],
                Taint = item.Taint,
            });
        }

        return new Snapshot { Manifest = Manifest.Create(DateTimeOffset.UnixEpoch, "v3.260.0"), Resources = [.. resources] };
    }

    private async Task RegisterAsync(ProgramClient program)
    {
        var registered = new List<string>();
        foreach (var item in _case.Program)
        {
            if (item is { External: true, IsComponent: false })
            {
                await program.ReadAsync(ThingType, item.Name, $"read-{item.Name}");
                registered.Add(Urn.Create("dev", "proj", null, ThingType, item.Name).ToString());
                continue;
            }

            var answer = await program.RegisterAsync(
                item.IsComponent ? ComponentType : ThingType,
                item.Name,
                custom: !item.IsComponent,
                PropertyMap.Of(("size", (double)item.Size)),
                request =>
                {
                    request.Parent = item.Parent is { } parent ? registered[parent] : request.Parent;
                    request.Dependencies.AddRange(item.DependsOn.Select(other => registered[other]));
                    request.DeletedWith = item.DeletedWith is { } with ? registered[with] : "";
                    request.Protect = item.Protect;
                    request.RetainOnDelete = item.RetainOnDelete;
                    request.DeleteBeforeReplace = item.DeleteBeforeReplace;
                    request.DeleteBeforeReplaceDefined = item.DeleteBeforeReplace;
                    if (item.Alias is { } alias)
                    {
                        request.Aliases.Add(new Embedded.Protocol.Messages.Alias { Spec = new Embedded.Protocol.Messages.Alias.Types.Spec { Name = alias } });
                    }
                },
                null);
            registered.Add(answer.Urn);
        }
    }
}
