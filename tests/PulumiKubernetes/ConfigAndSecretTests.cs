using FogInfra.Tests.PulumiKubernetes.Support;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace FogInfra.Tests.PulumiKubernetes;

public sealed class ConfigAndSecretTests
{
    [Fact]
    public async Task ConfigMap_SendsItsData()
    {
        var mocks = await TestProgram.RunAsync(() => new ConfigMap("settings", new ConfigMapArgs
        {
            Metadata = new ObjectMetaArgs { Annotations = { { "example.com/owner", "shop" } } },
            Data = { { "mode", "fog" }, { "level", Output.Create("info") } },
            BinaryData = { { "logo", "AAEC" } },
            Immutable = true,
        }));

        mocks.AssertInputs("settings", """
            {
              "apiVersion": "v1",
              "kind": "ConfigMap",
              "metadata": { "annotations": { "example.com/owner": "shop" } },
              "data": { "mode": "fog", "level": "info" },
              "binaryData": { "logo": "AAEC" },
              "immutable": true
            }
            """);
    }

    [Fact]
    public async Task ConfigMap_WithoutData_SendsNone()
    {
        var mocks = await TestProgram.RunAsync(() => new ConfigMap("empty", new ConfigMapArgs { Immutable = false }));

        mocks.AssertInputs("empty", """{ "apiVersion": "v1", "kind": "ConfigMap", "immutable": false }""");
    }

    [Theory]
    [InlineData("data")]
    [InlineData("stringData")]
    public async Task Secret_AssignedAMap_MakesItSecret(string member)
    {
        var args = new SecretArgs();
        var values = new Dictionary<string, string> { ["password"] = "hunter2" };
        if (member == "data") args.Data = values;
        else args.StringData = values;

        var mocks = await TestProgram.RunAsync(() => new Secret("db", args));

        Assert.True(await Output.IsSecretAsync((member == "data" ? args.Data : args.StringData).ToOutput()));
        mocks.AssertInputs("db", $$"""{ "apiVersion": "v1", "kind": "Secret", "{{member}}": { "password": "hunter2" } }""");
    }

    [Fact]
    public async Task SecretPatch_AssignedAMap_MakesItSecret()
    {
        var args = new SecretPatchArgs { StringData = new Dictionary<string, string> { ["password"] = "hunter2" } };

        Assert.True(await Output.IsSecretAsync(args.StringData.ToOutput()));
    }

    [Fact]
    public async Task Secret_AddedTo_LeavesSecrecyToTheProvider()
    {
        var args = new SecretArgs { StringData = { { "user", "shop" } } };

        Assert.False(await Output.IsSecretAsync(args.StringData.ToOutput()));
    }

    [Fact]
    public async Task Secret_NamesItsSecretOutputs()
    {
        var options = await ResourceOptionsTests.OptionsOfAsync(seen => new Secret("db", options: seen));

        Assert.Equal(["data", "stringData"], options.AdditionalSecretOutputs);
    }
}
