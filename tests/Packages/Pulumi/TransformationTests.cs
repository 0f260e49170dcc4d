using Pulumi;

namespace FogInfra.Tests;

public sealed class TransformationTests : EngineTest
{
    [Fact]
    public async Task Transformations_OfResourceParentAndStack_RunInThisOrder()
    {
        var order = new List<string>();

        var exitCode = await Deployment.RunAsync(
            () =>
            {
                var group = new Group("group", new() { ResourceTransformations = { Note("parent") } });
                _ = new Box<string>("box", options: new() { Parent = group, ResourceTransformations = { Note("own") } });
                return Task.FromResult<IDictionary<string, object?>>(new Dictionary<string, object?>());
            },
            new StackOptions { ResourceTransformations = { Note("stack") } });

        Assert.Equal(0, exitCode);
        Assert.Equal(["own box", "parent box", "stack box"], order.Where(entry => entry.EndsWith(" box", StringComparison.Ordinal)));

        ResourceTransformation Note(string name) => args =>
        {
            order.Add($"{name} {args.Resource.GetResourceName()}");
            return null;
        };
    }

    [Fact]
    public async Task Transformation_NewArgsAndOptions_AreUsed()
    {
        await RunAsync(() =>
        {
            _ = new Box<string>("box", new() { ["value"] = "before" }, new()
            {
                ResourceTransformations =
                {
                    args => new ResourceTransformationResult(
                        new BoxArgs(new() { ["value"] = "after" }),
                        CustomResourceOptions.Merge((CustomResourceOptions)args.Options, new() { Protect = true })),
                },
            });
        });

        Assert.Equal("after", Engine.Inputs("box")["value"].StringValue);
        Assert.True(Engine.Registration("box").Protect);
    }

    [Fact]
    public async Task Transformation_NewParent_Fails()
    {
        var error = await FailAsync(() =>
        {
            var group = new Group("group");
            _ = new Box<string>("box", options: new()
            {
                ResourceTransformations =
                {
                    args => new ResourceTransformationResult(args.Args, new CustomResourceOptions { Parent = group }),
                },
            });
        });

        Assert.Contains("parent", error, StringComparison.Ordinal);
    }
}
