using FogInfra.Components;
using FogInfra.Model;
using Moq;
using Pulumi;
using Pulumi.Testing;

namespace FogInfra.Tests;

/// <summary>What the engine is asked for, and what happens when it refuses, seen through mocks made by Moq.</summary>
public sealed class MoqTests
{
    [Fact]
    public async Task Application_AsksForEachResourceOnce()
    {
        var mocks = Answering();

        await RunAsync(mocks.Object, Samples.Workload(Samples.Listening("orders"), Samples.Listening("web", null, "orders")));

        foreach (var type in new[] { "apps/v1:Deployment", "core/v1:Service", "core/v1:ServiceAccount" })
        {
            mocks.Verify(engine => engine.NewResourceAsync(It.Is<MockResourceArgs>(args => args.Type == $"kubernetes:{type}")), Times.Exactly(2));
        }

        mocks.Verify(engine => engine.NewResourceAsync(It.Is<MockResourceArgs>(args => args.Type == "kubernetes:core/v1:Namespace")), Times.Once);
        mocks.Verify(engine => engine.CallAsync(It.IsAny<MockCallArgs>()), Times.Never);
    }

    [Fact]
    public async Task Dependency_ThatIsRefused_KeepsItsDependentsFromBeingAskedFor()
    {
        var mocks = Answering();
        mocks.Setup(engine => engine.NewResourceAsync(It.Is<MockResourceArgs>(args => args.Type == "kubernetes:apps/v1:Deployment" && args.Name!.EndsWith("orders"))))
            .ThrowsAsync(new InvalidOperationException("orders are refused"));

        var error = await Assert.ThrowsAnyAsync<Exception>(() => RunAsync(
            mocks.Object, Samples.Workload(Samples.Listening("orders"), Samples.Listening("web", null, "orders"), Samples.Listening("alone"))));

        Assert.Contains("orders are refused", error.ToString(), StringComparison.Ordinal);
        mocks.Verify(engine => engine.NewResourceAsync(It.Is<MockResourceArgs>(args => args.Type == "kubernetes:apps/v1:Deployment" && args.Name!.EndsWith("web"))), Times.Never);
    }

    [Fact]
    public async Task Order_FollowsTheDependencies_WhateverTheEngineIsSlowAt()
    {
        var order = new List<string>();
        var mocks = Answering();
        mocks.Setup(engine => engine.NewResourceAsync(It.Is<MockResourceArgs>(args => args.Type == "kubernetes:apps/v1:Deployment")))
            .Returns(async (MockResourceArgs args) =>
            {
                await Task.Yield();
                lock (order)
                {
                    order.Add(args.Name!);
                }

                return ($"{args.Name}-id", args.Inputs);
            });

        await RunAsync(mocks.Object, Samples.Workload(
            Samples.Listening("a"), Samples.Listening("b", null, "a"), Samples.Listening("c", null, "b"), Samples.Listening("d", null, "c")));

        Assert.Equal(["shop-edge-1-a", "shop-edge-1-b", "shop-edge-1-c", "shop-edge-1-d"], order);
    }

    [Fact]
    public async Task Outputs_AreRegisteredForEveryComponent()
    {
        var mocks = Answering();

        await RunAsync(mocks.Object, Samples.Workload(Samples.Listening("web")));

        foreach (var output in new[] { "healthy", "readyReplicas", "externalEndpoint", "accountName", "name" })
        {
            mocks.Verify(engine => engine.RegisterResourceOutputs(It.Is<MockRegisterResourceOutputsRequest>(request => request.Outputs.ContainsKey(output))), Times.AtLeastOnce);
        }
    }

    private static Mock<IMocks> Answering()
    {
        var mocks = new Mock<IMocks>();
        mocks.Setup(engine => engine.NewResourceAsync(It.IsAny<MockResourceArgs>()))
            .ReturnsAsync((MockResourceArgs args) => ($"{args.Name}-id", args.Inputs));
        mocks.Setup(engine => engine.RegisterResourceOutputs(It.IsAny<MockRegisterResourceOutputsRequest>())).Returns(Task.CompletedTask);
        return mocks;
    }

    private static Task RunAsync(IMocks mocks, ClusterWorkload workload) => Deployment.TestAsync(mocks, new TestOptions { IsPreview = false }, () =>
    {
        _ = new LayeredApplication(workload.ResourceName, new LayeredApplicationArgs { Workload = workload });
        return Task.CompletedTask;
    });
}
