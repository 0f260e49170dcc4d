using FogInfra.Embedded.Kubernetes.SdkGenerator;

namespace FogInfra.Tests.PulumiKubernetes.Generator;

public sealed class SourceFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sdk-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Replace_WhenThereIsNothing_WritesEveryFile()
    {
        var changed = SourceFolder.Replace(Path.Combine(_folder, "new"), Files(("A/One.cs", "1"), ("B/Two.cs", "2")));

        Assert.Equal(2, changed);
        Assert.Equal("2", File.ReadAllText(Path.Combine(_folder, "new", "B", "Two.cs")));
    }

    [Fact]
    public void Replace_WithTheSameText_LeavesTheFileAsItIs()
    {
        SourceFolder.Replace(_folder, Files(("A/One.cs", "1")));
        var path = Path.Combine(_folder, "A", "One.cs");
        var old = new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(path, old);

        Assert.Equal(0, SourceFolder.Replace(_folder, Files(("A/One.cs", "1"))));
        Assert.Equal(old, File.GetLastWriteTimeUtc(path));
    }

    [Fact]
    public void Replace_WithOtherText_WritesThatFileOnly()
    {
        SourceFolder.Replace(_folder, Files(("One.cs", "1"), ("Two.cs", "2")));

        Assert.Equal(1, SourceFolder.Replace(_folder, Files(("One.cs", "1"), ("Two.cs", "two"))));
        Assert.Equal("two", File.ReadAllText(Path.Combine(_folder, "Two.cs")));
    }

    [Fact]
    public void Replace_DeletesSourcesThatAreNoLongerWanted()
    {
        SourceFolder.Replace(_folder, Files(("One.cs", "1"), ("Gone/Two.cs", "2")));
        File.WriteAllText(Path.Combine(_folder, ".stamp"), "");

        Assert.Equal(1, SourceFolder.Replace(_folder, Files(("One.cs", "1"))));
        Assert.False(File.Exists(Path.Combine(_folder, "Gone", "Two.cs")));
        Assert.True(File.Exists(Path.Combine(_folder, ".stamp")));
    }

    private static Dictionary<string, string> Files(params (string Path, string Text)[] files) =>
        files.ToDictionary(file => file.Path, file => file.Text);
}
