using System.Buffers;
using System.Globalization;
using System.Text;
using FogInfra.Embedded.Engine.Backend;
using FogInfra.Embedded.Engine.Projects;
using FogInfra.Embedded.Engine.State;

namespace FogInfra.Engine.Tests.Backend;

public sealed class BackendTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("backend-tests");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    private Task<FileBackend> OpenAsync() => FileBackend.OpenAsync(new BackendLocation("file://x", _folder.FullName), Cancellation);

    [Theory]
    [InlineData("dev", "organization/proj/dev")]
    [InlineData("organization/dev", "organization/proj/dev")]
    [InlineData("organization/other/dev", "organization/other/dev")]
    public void StackName_Text_IsReadInFull(string text, string expected) => Assert.Equal(expected, StackName.Parse(text, "proj").ToString());

    [Fact]
    public async Task ReadAsync_WhileUpdatesEnd_NeverFailsNorGoesBack()
    {
        const int updates = 60;
        var files = (await OpenAsync()).FilesOf(StackName.Parse("dev", "proj"));
        await files.WriteCheckpointAsync("0"u8.ToArray(), Cancellation);
        var writing = Task.Run(async () =>
        {
            for (var number = 1; number <= updates; number++)
            {
                var before = await files.ReadCheckpointAsync(Cancellation);
                using (var journal = files.CreateJournal())
                {
                    var header = new ArrayBufferWriter<byte>();
                    JournalJson.WriteHeader(header, FileStateStore.HashOf(before.Span), true, new SecretsProviderState("none", null));
                    journal.Append(header.WrittenMemory);
                }

                await files.WriteCheckpointAsync(Encoding.UTF8.GetBytes($"{number}"), Cancellation);
                files.DeleteJournal();
            }
        }, Cancellation);
        var last = 0.0;
        while (!writing.IsCompleted)
        {
            var (checkpoint, journal) = await files.ReadAsync(Cancellation);
            var now = int.Parse(Encoding.UTF8.GetString(checkpoint.Span), CultureInfo.InvariantCulture) + (journal is null ? 0 : 0.5);
            Assert.True(now >= last, $"after {last} came {now}");
            last = now;
        }

        await writing;
    }

    [Theory]
    [InlineData("acme/dev", "organization name must be 'organization'")]
    [InlineData("a/b/c/d", "could not parse stack name")]
    [InlineData("", "1 to 100 characters")]
    [InlineData("dev!", "may only contain")]
    [InlineData("..", "may only contain")]
    public void StackName_Malformed_SaysWhatIsExpected(string text, string message) =>
        Assert.Contains(message, Assert.Throws<BackendException>(() => StackName.Parse(text, "proj")).Message);

    [Fact]
    public void StackName_OutsideAProject_NeedsTheFullForm()
    {
        Assert.Contains("named in full", Assert.Throws<BackendException>(() => StackName.Parse("dev", null)).Message);
        Assert.Equal("organization/p/dev", StackName.Parse("organization/p/dev", null).ToDisplay(null));
        Assert.Equal("dev", StackName.Parse("dev", "p").ToDisplay("p"));
    }

    [Theory]
    [InlineData("file:///a/b", "/a/b")]
    [InlineData("file://~", "/home/u")]
    [InlineData("file://~/x", "/home/u/x")]
    [InlineData("file://./x", "/some/dir/x")]
    [InlineData("file://a%20b", "/some/dir/a b")]
    [InlineData("file:///a?no_tmp_dir=true", "/a")]
    public void Location_Url_IsAFolder(string url, string expected) => Assert.Equal(
        expected, BackendLocation.Parse(url, new Dictionary<string, string> { ["HOME"] = "/home/u" }, "/some/dir").Directory);

    [Fact]
    public void Location_Resolve_EnvironmentThenProjectThenLogin()
    {
        var project = new ProjectFile { Path = "/p/Pulumi.yaml", Name = "p", BackendUrl = "file:///project" };
        var environment = new Dictionary<string, string> { ["PULUMI_BACKEND_URL"] = "file:///environment" };
        Assert.Equal("/environment", BackendLocation.Resolve(environment, project, _folder.FullName, "/").Directory);
        environment.Clear();
        Assert.Equal("/project", BackendLocation.Resolve(environment, project, _folder.FullName, "/").Directory);
        File.WriteAllText(Path.Combine(_folder.FullName, "credentials.json"), """{"current":"file:///login"}""");
        Assert.Equal("/login", BackendLocation.Resolve(environment, null, _folder.FullName, "/").Directory);
    }

    [Theory]
    [InlineData(null, "no backend is chosen")]
    [InlineData("https://api.pulumi.com", "only file:// is")]
    [InlineData("s3://bucket", "only file:// is")]
    public void Location_NoFileBackend_SaysWhatIsSupported(string? url, string message)
    {
        var environment = url is null ? [] : new Dictionary<string, string> { ["PULUMI_BACKEND_URL"] = url };
        Assert.Contains(message, Assert.Throws<BackendException>(() => BackendLocation.Resolve(environment, null, _folder.FullName, "/")).Message);
    }

    [Fact]
    public async Task Create_Stack_WritesTheLayoutOfPulumi()
    {
        var backend = await OpenAsync();
        await backend.CreateAsync(StackName.Parse("dev", "proj"), "proj", Cancellation);
        Assert.Equal("version: 1\n", File.ReadAllText(Path.Combine(_folder.FullName, ".pulumi/meta.yaml")));
        var file = Path.Combine(_folder.FullName, ".pulumi/stacks/proj/dev.json");
        Assert.Equal("""{"version":3,"checkpoint":{"stack":"organization/proj/dev"}}""", File.ReadAllText(file));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        Assert.Equal("stack 'dev' already exists", (await Assert.ThrowsAsync<BackendException>(() => backend.CreateAsync(StackName.Parse("dev", "proj"), "proj", Cancellation))).Message);
    }

    [Fact]
    public async Task List_Stacks_AreSortedAndByProject()
    {
        var backend = await OpenAsync();
        foreach (var name in new[] { "organization/b/two", "organization/a/one", "organization/a/zero" })
        {
            await backend.CreateAsync(StackName.Parse(name, null), null, Cancellation);
        }

        Assert.Equal(["organization/a/one", "organization/a/zero", "organization/b/two"], backend.List().Select(name => name.ToString()));
        Assert.Equal(["organization/b/two"], backend.List("b").Select(name => name.ToString()));
    }

    [Fact]
    public async Task Open_OldOrNewerLayout_IsRefused()
    {
        var stacks = Directory.CreateDirectory(Path.Combine(_folder.FullName, ".pulumi/stacks"));
        File.WriteAllText(Path.Combine(stacks.FullName, "dev.json"), "{}");
        Assert.Contains("layout of old versions", (await Assert.ThrowsAsync<BackendException>(OpenAsync)).Message);
        File.WriteAllText(Path.Combine(_folder.FullName, ".pulumi/meta.yaml"), "version: 2\n");
        Assert.Contains("newer than this engine", (await Assert.ThrowsAsync<BackendException>(OpenAsync)).Message);
    }

    [Fact]
    public async Task Lock_WhileHeld_RefusesOthersWithTheTextThatClientsKnow()
    {
        var stack = (await OpenAsync()).FilesOf(StackName.Parse("dev", "proj"));
        await using (await StackLock.AcquireAsync(stack, TimeProvider.System, Cancellation))
        {
            var error = await Assert.ThrowsAsync<BackendException>(() => StackLock.AcquireAsync(stack, TimeProvider.System, Cancellation));
            Assert.Matches(
                "^the stack is currently locked by 1 lock\\(s\\)\\. Either wait for the other process\\(es\\) to end or delete the lock file with `pulumi cancel`\\.\n"
                + "  file://.*/\\.pulumi/locks/organization/proj/dev/[0-9a-f-]{36}\\.json: created by .+@.+ \\(pid [0-9]+\\) at [0-9TZ:.-]+$",
                error.Message);
            Assert.Single(Directory.EnumerateFiles(stack.LockDirectory));
        }

        Assert.Empty(Directory.EnumerateFiles(stack.LockDirectory));
        await using var again = await StackLock.AcquireAsync(stack, TimeProvider.System, Cancellation);
    }

    [Fact]
    public async Task Lock_ManyAtOnce_AtMostOneHoldsIt()
    {
        var stack = (await OpenAsync()).FilesOf(StackName.Parse("dev", "proj"));
        for (var round = 0; round < 20; round++)
        {
            var attempts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
            {
                try
                {
                    return await StackLock.AcquireAsync(stack, TimeProvider.System, Cancellation);
                }
                catch (BackendException)
                {
                    return null;
                }
            })));
            Assert.InRange(attempts.Count(held => held is not null), 0, 1);
            foreach (var held in attempts.OfType<StackLock>())
            {
                await held.DisposeAsync();
            }
        }
    }

    [Fact]
    public async Task BreakAll_HeldLock_LetsOthersIn()
    {
        var stack = (await OpenAsync()).FilesOf(StackName.Parse("dev", "proj"));
        await using var dead = await StackLock.AcquireAsync(stack, TimeProvider.System, Cancellation);
        StackLock.BreakAll(stack);
        await using var mine = await StackLock.AcquireAsync(stack, TimeProvider.System, Cancellation);
    }

    [Fact]
    public async Task Selection_PerBackend_IsRemembered()
    {
        var selection = new StackSelection(_folder.FullName, "proj", "/p/Pulumi.yaml", "file://a");
        Assert.Null(await selection.ReadAsync(Cancellation));
        await selection.WriteAsync(StackName.Parse("dev", "proj"), Cancellation);
        Assert.Equal("organization/proj/dev", await selection.ReadAsync(Cancellation));
        // The name holds the SHA-1 of the project file's path.
        Assert.Equal(
            "proj-3cb4967322f36d7a491f46d51d197b172738f193-workspace.json",
            Path.GetFileName(Directory.EnumerateFiles(Path.Combine(_folder.FullName, "workspaces")).Single()));
        await selection.WriteAsync(null, Cancellation);
        Assert.Null(await selection.ReadAsync(Cancellation));
    }

    [Fact]
    public async Task Selection_OfTheSameStackAgain_WritesNothing()
    {
        var selection = new StackSelection(_folder.FullName, "proj", "/p/Pulumi.yaml", "file://a");
        await selection.WriteAsync(StackName.Parse("dev", "proj"), Cancellation);
        var file = Directory.EnumerateFiles(Path.Combine(_folder.FullName, "workspaces")).Single();
        File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);

        await selection.WriteAsync(StackName.Parse("dev", "proj"), Cancellation);
        Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(file));

        await selection.WriteAsync(StackName.Parse("prod", "proj"), Cancellation);
        Assert.Equal("organization/proj/prod", await selection.ReadAsync(Cancellation));
    }
}
