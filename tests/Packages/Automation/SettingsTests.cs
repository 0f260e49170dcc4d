using Pulumi.Automation;
using Pulumi.Automation.Exceptions;

namespace FogInfra.Tests;

/// <summary>Pulumi.yaml and Pulumi.STACK.yaml, read and written by a workspace.</summary>
public sealed class SettingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Project_AllFields_AreRead()
    {
        Write("Pulumi.yaml", """
            name: shop
            runtime:
              name: nodejs
              options:
                typescript: true
                binary: bin/app
                virtualenv: venv
            main: src
            description: A shop
            author: someone
            website: https://shop
            license: MIT
            config: stacks
            template:
              description: A template
              quickStart: Go!
              important: true
              config:
                aws:region:
                  description: Where
                  default: eu-west-1
                  secret: true
            backend:
              url: file:///state
            plugins:
              providers: []
            """);

        var project = await LoadProjectAsync();

        Assert.Equal("shop", project.Name);
        Assert.Equal(ProjectRuntimeName.NodeJS, project.Runtime.Name);
        Assert.Equal((true, "bin/app", "venv"), (project.Runtime.Options!.TypeScript, project.Runtime.Options.Binary, project.Runtime.Options.VirtualEnv));
        Assert.Equal(("src", "A shop", "someone"), (project.Main, project.Description, project.Author));
        Assert.Equal(("https://shop", "MIT", "stacks"), (project.Website, project.License, project.Config));
        Assert.Equal(("A template", "Go!", true), (project.Template!.Description, project.Template.QuickStart, project.Template.Important));
        var question = project.Template.Config!["aws:region"];
        Assert.Equal(("Where", "eu-west-1", true), (question.Description, question.Default, question.Secret));
        Assert.Equal("file:///state", project.Backend!.Url);
    }

    [Theory]
    [InlineData("dotnet", ProjectRuntimeName.Dotnet)]
    [InlineData("go", ProjectRuntimeName.Go)]
    [InlineData("python", ProjectRuntimeName.Python)]
    [InlineData("nodejs", ProjectRuntimeName.NodeJS)]
    public async Task Project_RuntimeIsJustAName_IsRead(string name, ProjectRuntimeName expected)
    {
        Write("Pulumi.yaml", $"name: shop\nruntime: {name}\n");

        var project = await LoadProjectAsync();

        Assert.Equal(expected, project.Runtime.Name);
        Assert.Null(project.Runtime.Options);
    }

    [Theory]
    [InlineData("runtime: cobol")]
    [InlineData("runtime: { name: dotnet, options: { speed: high } }")]
    [InlineData("runtime: { name: nodejs, options: { typescript: perhaps } }")]
    [InlineData("runtime: [dotnet]")]
    public async Task Project_RuntimeIsOfNoKnownForm_IsAnError(string runtime)
    {
        Write("Pulumi.yaml", $"name: shop\n{runtime}\n");

        await Assert.ThrowsAnyAsync<YamlDotNet.Core.YamlException>(LoadProjectAsync);
    }

    [Fact]
    public async Task Project_Json_IsRead()
    {
        Write("Pulumi.json", """{"name":"shop","runtime":{"name":"dotnet","options":{"binary":"bin/app.dll"}},"main":"src","backend":{"url":"file:///s"}}""");

        var project = await LoadProjectAsync();

        Assert.Equal(("shop", "src", "file:///s"), (project.Name, project.Main, project.Backend!.Url));
        Assert.Equal((ProjectRuntimeName.Dotnet, "bin/app.dll"), (project.Runtime.Name, project.Runtime.Options!.Binary));
    }

    [Fact]
    public async Task Project_Saved_IsWhatPulumiReads()
    {
        using var workspace = await OpenAsync();

        await workspace.SaveProjectSettingsAsync(
            new ProjectSettings("shop", new ProjectRuntime(ProjectRuntimeName.Dotnet) { Options = new ProjectRuntimeOptions { Binary = "bin/app.dll" } })
            {
                Main = "src",
                Backend = new ProjectBackend { Url = "file:///state" },
            },
            Cancellation);

        Assert.Equal(
            "name: shop\nruntime:\n  name: dotnet\n  options:\n    binary: bin/app.dll\nmain: src\nbackend:\n  url: file:///state\n", Read("Pulumi.yaml"));
    }

    [Fact]
    public async Task Project_NoFile_IsNull()
    {
        using var workspace = await OpenAsync();

        Assert.Null(await workspace.GetProjectSettingsAsync(Cancellation));
    }

    [Fact]
    public async Task Create_ProjectIsGivenAndThereIsNone_IsWritten()
    {
        using var workspace = await OpenAsync(new ProjectSettings("shop", ProjectRuntimeName.Dotnet) { Description = "A shop" });

        Assert.Equal("name: shop\nruntime: dotnet\ndescription: A shop\n", Read("Pulumi.yaml"));
    }

    [Fact]
    public async Task Create_ProjectIsThere_IsKept()
    {
        const string content = "# A comment\nname: shop\nruntime: dotnet\ndescription: A shop\n";
        Write("Pulumi.yaml", content);

        using var workspace = await OpenAsync(new ProjectSettings("shop", ProjectRuntimeName.Dotnet) { Description = "A shop" });

        Assert.Equal(content, Read("Pulumi.yaml"));
    }

    [Fact]
    public async Task Create_ProjectIsThereAndDiffers_IsAnError()
    {
        Write("Pulumi.yaml", "name: shop\nruntime: dotnet\n");

        var error = await Assert.ThrowsAsync<ProjectSettingsConflictException>(
            () => OpenAsync(new ProjectSettings("shop", ProjectRuntimeName.Dotnet) { Description = "Another shop" }));

        Assert.Equal(_folder["Pulumi.yaml"], error.SettingsFileLocation);
        Assert.Contains(_folder["Pulumi.yaml"], error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_ProjectIsThereAndOnlyTheDefaultIsGiven_IsKept()
    {
        Write("Pulumi.yaml", "name: shop\nruntime: dotnet\ndescription: A shop\n");
        var options = new InlineProgramArgs("other", "dev", PulumiFn.Create(() => { })) { WorkDir = _folder.Path, PulumiCommand = new RecordingCommand() };

        using var workspace = await LocalWorkspace.CreateAsync(options, Cancellation);

        Assert.Equal("A shop", (await workspace.GetProjectSettingsAsync(Cancellation))!.Description);
    }

    [Fact]
    public async Task Stack_EveryKindOfValue_IsRead()
    {
        Write("Pulumi.dev.yaml", """
            secretsprovider: passphrase
            encryptionsalt: v1:abc
            encryptedkey: key
            config:
              shop:name: web
              shop:count: 3
              shop:flag: true
              shop:empty:
              shop:password:
                secure: v1:cipher
              shop:object:
                a: 1
                b:
                  c: [x, y]
              shop:list:
                - 1
                - two
            """);

        var settings = await LoadStackAsync("dev");

        Assert.Equal(("passphrase", "v1:abc", "key"), (settings.SecretsProvider, settings.EncryptionSalt, settings.EncryptedKey));
        Assert.Equal(
            [
                ("shop:name", "web", false),
                ("shop:count", "3", false),
                ("shop:flag", "true", false),
                ("shop:empty", "", false),
                ("shop:password", "v1:cipher", true),
                ("shop:object", """{"a":"1","b":{"c":["x","y"]}}""", false),
                ("shop:list", """["1","two"]""", false),
            ],
            settings.Config!.Select(pair => (pair.Key, pair.Value.Value, pair.Value.IsSecure)));
    }

    [Fact]
    public async Task Stack_Json_IsRead()
    {
        Write("Pulumi.dev.json", """{"encryptionsalt":"v1:abc","config":{"shop:name":"web","shop:password":{"secure":"v1:cipher"},"shop:object":{"a":1}}}""");

        var settings = await LoadStackAsync("acme/shop/dev");

        Assert.Equal("v1:abc", settings.EncryptionSalt);
        Assert.Equal(
            [("web", false), ("v1:cipher", true), ("""{"a":1}""", false)], settings.Config!.Values.Select(value => (value.Value, value.IsSecure)));
    }

    [Fact]
    public async Task Create_StacksAreGiven_AreWritten()
    {
        var settings = new StackSettings
        {
            SecretsProvider = "passphrase",
            EncryptionSalt = "v1:abc",
            Config = new Dictionary<string, StackSettingsConfigValue>
            {
                ["shop:name"] = new("web", isSecure: false),
                ["shop:password"] = new("v1:cipher", isSecure: true),
            },
        };
        var options = new LocalWorkspaceOptions
        {
            WorkDir = _folder.Path,
            PulumiCommand = new RecordingCommand(),
            StackSettings = new Dictionary<string, StackSettings> { ["acme/shop/dev"] = settings },
        };

        using var workspace = await LocalWorkspace.CreateAsync(options, Cancellation);

        Assert.Equal(
            "secretsprovider: passphrase\nencryptionsalt: v1:abc\nconfig:\n  shop:name: web\n  shop:password:\n    secure: v1:cipher\n",
            Read("Pulumi.dev.yaml"));
    }

    [Fact]
    public async Task Stack_FileHasAnotherEnding_IsWrittenThere()
    {
        Write("Pulumi.dev.yml", "config: {}\n");
        using var workspace = await OpenAsync();

        await workspace.SaveStackSettingsAsync("dev", new StackSettings { EncryptionSalt = "v1:new" }, Cancellation);

        Assert.Equal("encryptionsalt: v1:new\n", Read("Pulumi.dev.yml"));
        Assert.False(File.Exists(_folder["Pulumi.dev.yaml"]));
    }

    [Fact]
    public async Task Stack_NoFile_IsNull()
    {
        using var workspace = await OpenAsync();

        Assert.Null(await workspace.GetStackSettingsAsync("dev", Cancellation));
    }

    private void Write(string name, string content) => File.WriteAllText(_folder[name], content);

    private string Read(string name) => File.ReadAllText(_folder[name]);

    private async Task<ProjectSettings> LoadProjectAsync()
    {
        using var workspace = await OpenAsync();
        return (await workspace.GetProjectSettingsAsync(Cancellation))!;
    }

    private async Task<StackSettings> LoadStackAsync(string name)
    {
        using var workspace = await OpenAsync();
        return (await workspace.GetStackSettingsAsync(name, Cancellation))!;
    }

    private Task<LocalWorkspace> OpenAsync(ProjectSettings? project = null) => LocalWorkspace.CreateAsync(
        new LocalWorkspaceOptions { WorkDir = _folder.Path, PulumiCommand = new RecordingCommand(), ProjectSettings = project }, Cancellation);
}
