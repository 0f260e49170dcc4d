using System.Collections.Immutable;
using FogInfra.Model;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Preview;
using FogInfra.Rollout.Show;
using FsCheck;
using FsCheck.Fluent;
using static FogInfra.Tests.Preview.Previews;

namespace FogInfra.Tests.Preview;

public sealed class PreviewMarkdownTests
{
    private const string Odd = "`````` ~~~ <!-- </details> @somebody #1 | [x](y) \\ * _ {cluster} \n## heading 🚀🚀";

    [Fact]
    public void Write_TwoHundredStacks_ThreeUnlikeTheRest()
    {
        var text = PreviewMarkdown.Write(Large());

        Assert.True(text.Length < 20_000, $"{text.Length} characters");
        Assert.All(["edge-17", "edge-99", "edge-150"], cluster => Assert.Contains($"<summary><b>1 of 180 edge clusters</b>: {cluster} (", text, StringComparison.Ordinal));
        Approved.Equal("comment-200-stacks", text);
    }

    [Fact]
    public void Write_NothingChanges_SaysSo() => Approved.Equal("comment-no-changes", PreviewMarkdown.Write(Fleet(Stack("edge-1"), Stack("edge-2"))));

    [Fact]
    public void Write_FailedPreview_ComesFirst_AndOffersNoUp()
    {
        var text = PreviewMarkdown.Write(Fleet(Stack("edge-1", Update("edge-1", Image("1", "2"))), Stack("edge-2") with { Failures = ["the cluster does not answer"] }));

        Approved.Equal("comment-failed", text);
    }

    [Fact]
    public void Text_TwoHundredStacks()
    {
        using var text = new StringWriter();

        PreviewText.Write(Consoles.For(text, redirected: true), Large());

        Approved.Equal("text-200-stacks", text.ToString());
    }

    [Fact]
    public void Json_HasEveryStackAndProperty()
    {
        var json = PreviewJson.Of(Large());

        Assert.Equal("look", (string?)json["verdict"]);
        Assert.Equal(200, json["stacks"]!.AsArray().Count);
        Approved.Equal("json-two-stacks", PreviewJson.Of(Fleet(Stack("edge-1", Update("edge-1", Image("1", "2"))), Stack("edge-2"))).ToJsonString(ReportJson.Options));
    }

    [Fact]
    public void Write_EveryStackUnlikeEveryOther_SaysWhatItLeavesOut()
    {
        var preview = Fleet(Enumerable.Range(1, 200).Select(number => Stack(
            $"edge-{number}", [.. Enumerable.Range(0, 60).Select(line => Update($"edge-{number}", new PropertyChange($"spec.p{line}", $"\"{number}\"", $"\"{new string('x', 300)}\"")))])));

        var text = PreviewMarkdown.Write(preview);

        Assert.True(text.Length < 20_000, $"{text.Length} characters");
        Assert.Matches("Left out, to keep this short: [0-9]+ blocks of [0-9]+ stacks, [0-9]+ lines, [0-9]+ long texts cut short.", text);
        AssertWellFormed(text);
    }

    [Fact]
    public void Write_AnyPreview_IsShort_WellFormed_AndTheSameEachTime() => Prop.ForAll(AnyPreview().ToArbitrary(), preview =>
    {
        var text = PreviewMarkdown.Write(preview);

        Assert.True(text.Length < PreviewMarkdown.MostCharacters, $"{text.Length} characters");
        Assert.Equal(text, PreviewMarkdown.Write(preview));
        AssertWellFormed(text);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Theory]
    [InlineData("example", "<!-- fog-preview example -->")]
    [InlineData("--> <script>", "<!-- fog-preview ")]
    public void Marker_NeverEndsItsComment(string fleet, string start)
    {
        var marker = PreviewMarkdown.Marker(fleet);

        Assert.StartsWith(start, marker, StringComparison.Ordinal);
        Assert.Equal(marker.Length - 3, marker.IndexOf("-->", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("web=2.0.0", "web=2.0.0")]
    [InlineData("it's; rm -rf", "'it'\\''s; rm -rf'")]
    [InlineData("", "''")]
    public void Quote_Argument(string argument, string expected) => Assert.Equal(expected, ShellText.Quote(argument));

    // Every fence and every <details> that is opened is closed, and nothing of the outside is outside of a fence unescaped.
    private static void AssertWellFormed(string text)
    {
        var fence = "";
        var details = 0;
        foreach (var line in text.Split('\n'))
        {
            if (fence.Length > 0)
            {
                fence = line == fence ? "" : fence;
            }
            else if (line.StartsWith("```", StringComparison.Ordinal))
            {
                fence = new string('`', line.TakeWhile(letter => letter == '`').Count());
            }
            else
            {
                details += line.StartsWith("<details", StringComparison.Ordinal) ? 1 : line == "</details>" ? -1 : 0;
                Assert.DoesNotContain("@somebody", line.Contains('`', StringComparison.Ordinal) ? "" : line, StringComparison.Ordinal);
            }
        }

        Assert.Equal(("", 0), (fence, details));
    }

    private static Gen<FleetPreview> AnyPreview()
    {
        var texts = Gen.OneOf(
            Gen.Elements("a", "web", "edge-1", Odd, new string('`', 500), new string('\n', 300), new string('<', 5000)),
            Gen.Choose(0, 400).Select(length => new string('x', length)));
        var property = from path in texts
                       from before in Gen.OneOf(Gen.Constant((string?)null), texts.Select(text => (string?)text))
                       from after in texts
                       select new PropertyChange(path, before, after, path.Length == 3);
        var change = from operation in Gen.Elements(Enum.GetValues<ResourceOperation>())
                     from type in texts
                     from name in texts
                     from properties in Gen.Choose(0, 8).SelectMany(count => property.ListOf(count))
                     select new ResourceChange(operation, type, name, [.. properties]);
        var stack = from application in texts
                    from cluster in texts
                    from ring in texts
                    from layer in Gen.Elements(Layer.Cloud, Layer.Fog, Layer.Edge)
                    from changes in Gen.Choose(0, 4).SelectMany(count => change.ListOf(count))
                    from failures in Gen.Frequency((9, Gen.Constant(ImmutableArray<string>.Empty)), (1, texts.ListOf(4).Select(list => list.ToImmutableArray())))
                    select new StackPreview
                    {
                        Stack = new StackId(application, cluster + "x"), Ring = ring, Layer = layer, Changes = [.. changes], Failures = failures,
                    };
        var anyRing = from name in texts from gates in texts.ListOf(20) select new PreviewedRing(name, [.. gates]);
        var names = Gen.Elements("a", "shop", Odd, new string('x', 63)); // of fleets: labels, as the reader of documents sees to
        return from stacks in Gen.Choose(0, 200).SelectMany(count => stack.ListOf(count))
               from rings in Gen.Choose(0, 40).SelectMany(count => anyRing.ListOf(count))
               from name in names
               from duration in texts
               from arguments in texts.ListOf(5)
               select new FleetPreview { Fleet = name, Rings = [.. rings], Stacks = [.. stacks], ExpectedDuration = duration, Arguments = [.. arguments] };
    }
}
