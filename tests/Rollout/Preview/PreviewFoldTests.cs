using FogInfra.Model;
using FogInfra.Rollout.Preview;
using static FogInfra.Tests.Preview.Previews;

namespace FogInfra.Tests.Preview;

public sealed class PreviewFoldTests
{
    [Fact]
    public void Fold_SameChangeButForTheClustersName_IsOneBlockWithAPlaceholder()
    {
        var block = Assert.Single(PreviewFold.Fold([Stack("edge-1", Update("edge-1", Image("1", "2"))), Stack("edge-10", Update("edge-10", Image("1", "2")))]));

        Assert.Equal(["edge-1", "edge-10"], block.Stacks.Select(stack => stack.Stack.Cluster));
        Assert.Equal("! update Deployment shop-{cluster}-web", $"{block.Lines[0]}");
    }

    [Fact]
    public void Fold_SingleStack_KeepsItsName()
    {
        var block = Assert.Single(PreviewFold.Fold([Stack("edge-1", Update("edge-1", Image("1", "2")))]));

        Assert.Equal("! update Deployment shop-edge-1-web", $"{block.Lines[0]}");
    }

    [Fact]
    public void Fold_NameOfAnotherCluster_IsNoPlaceholder()
    {
        // edge-1 is a part of edge-10, but not a word of it.
        var blocks = PreviewFold.Fold([Stack("edge-1", Update("edge-10", Image("1", "2"))), Stack("edge-2", Update("edge-10", Image("1", "2")))]);

        Assert.Equal("! update Deployment shop-edge-10-web", $"{Assert.Single(blocks).Lines[0]}");
    }

    [Fact]
    public void Fold_NameOfTheParent_IsAPlaceholderToo()
    {
        static PropertyChange Endpoint(string parent) => new("spec.endpoint", null, $"\"https://{parent}:6443\"");

        var block = Assert.Single(PreviewFold.Fold(
        [
            Stack("edge-1", Update("edge-1", Endpoint("fog-1"))) with { Parent = "fog-1" },
            Stack("edge-2", Update("edge-2", Endpoint("fog-2"))) with { Parent = "fog-2" },
        ]));

        Assert.Equal("+     spec.endpoint: \"https://{parent}:6443\"", $"{block.Lines[1]}");
    }

    [Fact]
    public void Fold_UidsOfObjects_ArePlaceholdersToo()
    {
        static StackPreview Owned(string cluster, string uid) => Stack(cluster, Update(cluster, new PropertyChange("status.rollout", $"\"{uid}\"", null)));

        var block = Assert.Single(PreviewFold.Fold([Owned("edge-1", "6c1f0f2e-58a4-4c52-9f0b-2d1b7f3a9e01"), Owned("edge-2", "0a9d4c77-1b1e-4f3c-8a35-5e0f4d2b6c02")]));

        Assert.Equal("-     status.rollout: \"{uid}\"", $"{block.Lines[1]}");
    }

    [Fact]
    public void Fold_AnotherValue_IsAnotherBlock() =>
        Assert.Equal(2, PreviewFold.Fold([Stack("edge-1", Update("edge-1", Image("1", "2"))), Stack("edge-2", Update("edge-2", Image("1", "3")))]).Length);

    [Fact]
    public void Fold_SameLinesOfAnotherType_IsAnotherBlock()
    {
        var other = Update("edge-2", Image("1", "2")) with { Type = "kubernetes:extensions/v1beta1:Deployment" };

        Assert.Equal(2, PreviewFold.Fold([Stack("edge-1", Update("edge-1", Image("1", "2"))), Stack("edge-2", other)]).Length);
    }

    [Fact]
    public void Fold_NewResourcesThatDifferWhereNobodyLooks_AreTwoBlocks()
    {
        static ResourceChange Created(string cluster, string memory) => new(
            ResourceOperation.Create, "kubernetes:apps/v1:Deployment", cluster, [new PropertyChange("spec.memory", null, memory)]);

        var blocks = PreviewFold.Fold([Stack("edge-1", Created("edge-1", "1")), Stack("edge-2", Created("edge-2", "2"))]);

        Assert.Equal(2, blocks.Length);
        Assert.Single(blocks[0].Lines); // The property itself is not shown of a new resource.
    }

    [Fact]
    public void Fold_OrdersFailuresThenOutliersThenTheRest()
    {
        var stacks = Enumerable.Range(1, 20).Select(number => Stack($"edge-{number}", Update($"edge-{number}", Image("1", "2")))).ToList();
        stacks[7] = Stack("edge-8", Update("edge-8", Image("1", "3")));
        stacks[11] = Stack("edge-12") with { Failures = ["no connection"] };
        stacks[15] = Stack("edge-16");

        var blocks = PreviewFold.Fold(stacks);

        Assert.Equal(["edge-12", "edge-8", "edge-16", "edge-1"], blocks.Select(block => block.Stacks[0].Stack.Cluster));
        Assert.Equal([true, true, true, false], blocks.Select(block => block.IsOutlier));
    }

    [Fact]
    public void Fold_HalfAndHalf_HasNoOutlier()
    {
        var stacks = Enumerable.Range(1, 20).Select(number => Stack($"edge-{number}", Update($"edge-{number}", Image("1", $"{number % 2}"))));

        Assert.DoesNotContain(PreviewFold.Fold(stacks), block => block.IsOutlier);
    }

    [Fact]
    public void Fold_OtherLayer_IsNoPeer()
    {
        var fog = Stack("fog-1", Update("fog-1", Image("1", "3"))) with { Layer = Layer.Fog };

        Assert.DoesNotContain(
            PreviewFold.Fold(Enumerable.Range(1, 20).Select(number => Stack($"edge-{number}", Update($"edge-{number}", Image("1", "2")))).Append(fog)),
            block => block.IsOutlier);
    }

    [Fact]
    public void Table_CountsByRingAndLayer_AndNamesTheRisks()
    {
        var preview = Large();

        var rows = PreviewTable.Of(preview, PreviewFold.Fold(preview.Stacks));

        Assert.Equal(
            ["core cloud 2 0 -", "pilot fog 3 3 -", "pilot edge 19 19 replaces 1, outlier 1", "rest fog 15 15 -", "rest edge 161 160 data loss 1, deletes 1, outlier 2"],
            rows.Select(row => $"{row.Ring} {row.Layer.Name()} {row.Clusters} {row.Changed} {row.RiskText}"));
        Assert.Equal((2 * 178, 178 + 18 + 1, 1), (rows.Where(row => row.Layer == Layer.Edge).Sum(row => row.Update), rows.Sum(row => row.Replace), rows.Sum(row => row.Delete)));
    }

    [Fact]
    public void Risks_RecordOfTheRolloutIsWrittenAnew_AreNone_ButThatItIsDeletedIsOne()
    {
        static StackPreview Recorded(ResourceOperation operation) =>
            Stack("edge-1", new ResourceChange(operation, "kubernetes:paguos.io/v1alpha1:FogRollout", "shop-edge-1-web-rollout", []));

        var anew = Fleet(Recorded(ResourceOperation.Replace));

        Assert.Empty(PreviewRisks.Of(anew.Stacks[0]));
        Assert.Equal(PreviewConclusion.Fine, PreviewVerdict.Of(anew, PreviewFold.Fold(anew.Stacks)).Conclusion);
        Assert.Equal([PreviewRisk.Deletes], PreviewRisks.Of(Recorded(ResourceOperation.Delete)));
    }

    [Theory]
    [InlineData("spec.replicas", "0", PreviewRisk.ScalesToZero)]
    [InlineData("spec.template.spec.containers[0].image", "\"shop/web:latest\"", PreviewRisk.MovingTag)]
    public void Risks_OfAProperty(string path, string after, PreviewRisk risk) =>
        Assert.Equal([risk], PreviewRisks.Of(Stack("edge-1", Update("edge-1", new PropertyChange(path, null, after)))));
}
