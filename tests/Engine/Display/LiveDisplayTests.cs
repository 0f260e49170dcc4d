using System.Collections.Immutable;
using FogInfra.Embedded.Engine;
using FogInfra.Embedded.Engine.Commands;
using FogInfra.Embedded.Engine.Deploying;
using FogInfra.Embedded.Engine.Display;
using FogInfra.Embedded.Engine.Events;
using FogInfra.Embedded.Engine.State;
using FogInfra.Embedded.Engine.Steps;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Engine.Tests.Display;

public sealed class LiveDisplayTests : IAsyncDisposable
{
    private static readonly Urn Root = Urn.Create("dev", "proj", null, Urn.StackType, "proj-dev");
    private static readonly Urn Group = Urn.Create("dev", "proj", Root, "test:index:Group", "group");
    private static readonly Urn Inside = Urn.Create("dev", "proj", Group, "acme:index:Thing", "inside");
    private static readonly Urn Other = Urn.Create("dev", "proj", Root, "acme:index:Thing", "other");

    private readonly Screen _screen = new();
    private readonly ManualClock _clock = new();
    private (int Columns, int Rows) _size = (120, 40);
    private LiveDisplay? _display;

    private LiveDisplay Display => _display ??= Make(hasColor: false);

    public async ValueTask DisposeAsync()
    {
        await Display.DisposeAsync();
        await _screen.DisposeAsync();
    }

    private LiveDisplay Make(bool hasColor) => new(
        _screen,
        new DisplayOptions(DeploymentKind.Update, IsPreview: false, "dev", Root, ShowSames: false, SuppressOutputs: false, ShowSecrets: false, ShowDiff: false, hasColor),
        new Terminal { Size = () => _size, HasColor = hasColor },
        _clock);

    private static Step StepOf(StepOp op, Urn urn, Urn? parent)
    {
        var state = new ResourceState { Urn = urn, Type = urn.Type, Custom = urn.Type.StartsWith("acme", StringComparison.Ordinal), Parent = parent };
        return op.IsDelete() ? new Step { Op = op, Old = state } : new Step { Op = op, New = state };
    }

    private void Begin(StepOp op, Urn urn, Urn? parent) => Receive(new EngineEvent.StepStarted(StepOf(op, urn, parent), Planning: false));

    private void End(StepOp op, Urn urn, Urn? parent) => Receive(new EngineEvent.StepDone(StepOf(op, urn, parent), op, Planning: false));

    private void Receive(EngineEvent engineEvent) => Display.Receive(engineEvent, new Lazy<string>(""));

    private void BeginAll()
    {
        Receive(new EngineEvent.Prelude(ImmutableSortedDictionary<string, string>.Empty));
        Begin(StepOp.Same, Root, null);
        Begin(StepOp.Create, Group, Root);
        Begin(StepOp.Update, Inside, Group);
        Begin(StepOp.Create, Other, Root);
        End(StepOp.Create, Other, Root);
        _clock.Advance(TimeSpan.FromSeconds(3));
    }

    private string Shown => _screen.Text;

    [Fact]
    public void Draw_ResourcesUnderWay_AreATreeWithTimes()
    {
        BeginAll();
        Assert.Equal("""
            Updating (dev):

                pulumi:pulumi:Stack     proj-dev
             +  ├─ test:index:Group     group     creating (3s)
             ~  │  └─ acme:index:Thing  inside    updating (3s)
             +  └─ acme:index:Thing     other     created
            """, Shown);
    }

    [Fact]
    public void Draw_LaterEvents_ChangeTheirLinesInPlace()
    {
        BeginAll();
        End(StepOp.Update, Inside, Group);
        Receive(new EngineEvent.StepFailed(StepOf(StepOp.Create, Group, Root), FailureStatus.Unchanged, 1));
        Receive(new EngineEvent.Diagnostic(DiagnosticSeverity.Error, Group, "\e[31mthe cloud\e[0m refuses\nand more", 0, Ephemeral: false));
        _clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal("""
            Updating (dev):

                pulumi:pulumi:Stack     proj-dev
             +  ├─ test:index:Group     group     **creating failed**  error: the cloud refuses
             ~  │  └─ acme:index:Thing  inside    updated (3s)
             +  └─ acme:index:Thing     other     created
            """, Shown);
    }

    [Fact]
    public void Draw_MoreThanFits_ShowsWhatIsUnderWay()
    {
        BeginAll();
        for (var number = 0; number < 20; number++)
        {
            var urn = Urn.Create("dev", "proj", Root, "acme:index:Thing", $"done{number}");
            Begin(StepOp.Create, urn, Root);
            End(StepOp.Create, urn, Root);
        }

        _size = (120, 8);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("""
            Updating (dev):

                pulumi:pulumi:Stack     proj-dev
             +  └─ test:index:Group     group     creating (4s)
             ~     └─ acme:index:Thing  inside    updating (4s)
                … and 21 more
            """, Shown);

        Display.Finish(new StackOutputs(PropertyMap.Empty, PropertyMap.Empty));
        Assert.Contains("done19", Shown, StringComparison.Ordinal);
        Assert.DoesNotContain("more", Shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_NarrowTerminal_CutsLinesSoThatTheyStayLines()
    {
        _size = (24, 40);
        BeginAll();
        Assert.All(Shown.Split('\n').Skip(2), line => Assert.InRange(line.Length, 1, 23));
    }

    [Fact]
    public void Draw_Replacement_EndsAsAWhole()
    {
        Receive(new EngineEvent.Prelude(ImmutableSortedDictionary<string, string>.Empty));
        foreach (var op in new[] { StepOp.CreateReplacement, StepOp.Replace, StepOp.DeleteReplaced })
        {
            Begin(op, Other, Root);
            End(op, Other, Root);
        }

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.EndsWith(" +- └─ acme:index:Thing  other     replaced", Shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Finish_Run_LeavesTheWholeTreeThenTheReport()
    {
        BeginAll();
        Receive(new EngineEvent.Diagnostic(DiagnosticSeverity.Warning, Other, "look at it", 0, Ephemeral: false));
        Receive(new EngineEvent.Summary(
            IsPreview: false, MaybeCorrupt: false, TimeSpan.FromSeconds(3), ImmutableSortedDictionary<string, int>.Empty.Add("create", 2), OperationResult.Succeeded));
        Display.Finish(new StackOutputs(PropertyMap.Empty, PropertyMap.Of(("address", "here"))));
        var shown = Shown;
        Assert.Contains("created        warning: look at it\n\nDiagnostics:\n  acme:index:Thing (other):\n    warning: look at it\n\nOutputs:\n  + address: \"here\"\n", shown, StringComparison.Ordinal);
        Assert.EndsWith("Resources:\n    + 2 created\n\nDuration: 3s", shown, StringComparison.Ordinal);
        _clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(shown, Shown);
    }

    [Fact]
    public void Draw_Colors_OnlyWhereTheTerminalHasThem()
    {
        BeginAll();
        Assert.Empty(_screen.Colors);
        _display = Make(hasColor: true);
        BeginAll();
        Assert.Contains(32, _screen.Colors);
    }
}
