using FogInfra.Embedded.Engine.Projects;

namespace FogInfra.Engine.Tests.Projects;

public sealed class ProjectReaderTests
{
    private const string File = "/p/Pulumi.yaml";

    private static string ErrorOf(string yaml) => Assert.Throws<ProjectException>(() => ProjectReader.Read(File, yaml)).Message;

    [Fact]
    public void Read_WholeProject_GivesItsFields()
    {
        var project = ProjectReader.Read(File, """
            name: shop
            runtime:
              name: dotnet
              options: {binary: bin/shop.dll, typescript: false}
            main: src
            description: A shop
            stackConfigDir: config
            backend: {url: "file://~/states"}
            options: {refresh: always}
            plugins: {providers: [{name: acme, path: ../acme}]}
            template: {displayName: anything}
            """);
        Assert.Equal(("shop", "src", "config", "file://~/states"), (project.Name, project.Main, project.StackConfigDirectory, project.BackendUrl));
        Assert.Equal("bin/shop.dll", project.Runtime!.Text("binary"));
        Assert.False(project.Runtime.Flag("typescript"));
        Assert.True(project.AlwaysRefresh);
        Assert.Equal("/p/../acme", project.ProviderPaths["acme"]);
    }

    [Fact]
    public void Read_ShortRuntimeAndByteOrderMark_IsAccepted() =>
        Assert.Equal("nodejs", ProjectReader.Read(File, "\uFEFFname: x\nruntime: nodejs\n").Runtime!.Name);

    [Fact]
    public void Read_ConfigAsText_IsTheFolderOfConfigFiles() =>
        Assert.Equal("stacks", ProjectReader.Read(File, "name: x\nruntime: dotnet\nconfig: stacks\n").StackConfigDirectory);

    [Fact]
    public void Read_ManyProblems_TellsAllWithTheirPlaces()
    {
        var error = ErrorOf("""
            name: "not a name!"
            runtime: {options: {}}
            main: [1]
            backend: {url: x, token: y}
            options: {refresh: never}
            """);
        Assert.Equal(
            """
            could not validate '/p/Pulumi.yaml':
            * line 1, column 7: name may only contain alphanumeric characters, hyphens, underscores and periods, and at most 100 of them
            * line 2, column 10: runtime lacks its name
            * line 3, column 7: main must be a text
            * line 4, column 19: backend has no field 'token'; expected url
            * line 5, column 20: options.refresh must be 'always'
            """,
            error);
    }

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("runtime: dotnet", "line 1, column 1: the project lacks its name")]
    [InlineData("- a", "the project must be an object")]
    [InlineData("name: [", "could not read '/p/Pulumi.yaml': line ")]
    public void Read_NoProject_SaysWhatIsExpected(string yaml, string message) => Assert.Contains(message, ErrorOf(yaml));

    [Fact]
    public void Read_ConfigDeclarations_GivesTypesAndDefaults()
    {
        var project = ProjectReader.Read(File, """
            name: shop
            runtime: dotnet
            config:
              replicas: {type: integer, default: 3}
              names: {type: array, items: {type: array, items: {type: string}}}
              secretKey: {type: string, secret: true}
              region: eu
              aws:region: us-east-1
            """);
        Assert.Equal(["replicas", "names", "secretKey", "region", "aws:region"], project.Config.Select(item => item.Key));
        Assert.Equal("array<array<string>>", project.Config[1].Type!.ToString());
        Assert.True(project.Config[2].Secret);
        Assert.Equal("eu", project.Config[3].Default!.GetValue<string>());
        Assert.Equal("us-east-1", project.Config[4].Value!.GetValue<string>());
    }

    [Theory]
    [InlineData("a: {type: number}", "config.a.type is 'number'; expected string, integer, boolean, array, object")]
    [InlineData("a: {type: array}", "it must say what its items are")]
    [InlineData("a: {type: integer, default: much}", "the default value specified for configuration key 'a' is not of the expected type 'integer'")]
    [InlineData("a: {default: 1, value: 2}", "has both default and value")]
    [InlineData("aws:a: {type: string, value: x}", "must have value and no type")]
    [InlineData("aws:a: {description: x}", "it must have value")]
    [InlineData("a: {typ: string}", "config.a has no field 'typ'")]
    [InlineData("a:b:c: 1", "could not parse 'a:b:c' as a configuration key")]
    public void Read_WrongConfigDeclaration_SaysWhatIsWrong(string declaration, string message) =>
        Assert.Contains(message, ErrorOf($"name: x\nruntime: dotnet\nconfig:\n  {declaration}\n"));

    [Fact]
    public async Task ReadNearest_InAFolderBelow_FindsTheProjectAbove()
    {
        var root = Directory.CreateTempSubdirectory("project-tests");
        System.IO.File.WriteAllText(Path.Combine(root.FullName, "Pulumi.yml"), "name: above\nruntime: dotnet\n");
        var below = root.CreateSubdirectory("a/b");
        Assert.Equal("above", (await ProjectReader.ReadNearestAsync(below.FullName, TestContext.Current.CancellationToken)).Name);
        root.Delete(recursive: true);
    }
}
