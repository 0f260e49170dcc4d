using FogInfra.Embedded.Engine.Values;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Engine.Tests.Values;

public sealed class AssetHashesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("asset-tests");

    public void Dispose() => _folder.Delete(recursive: true);

    private string? HashOf(PropertyValue value) =>
        new AssetHashes(_folder.FullName).Fill(PropertyMap.Of(("it", value)))["it"] switch
        {
            PropertyValue.Asset asset => asset.Hash,
            PropertyValue.Archive archive => archive.Hash,
            _ => null,
        };

    private static PropertyValue.Asset Text(string text) => new(PropertyValue.ContentKind.Text, text, null);

    [Fact]
    public void Fill_TextAsset_HashesItsBytes() =>
        Assert.Equal("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824", HashOf(Text("hello")));

    [Fact]
    public void Fill_EmptyTextAsset_HasTheHashOfNothing() =>
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", HashOf(Text("")));

    [Fact]
    public void Fill_FileAsset_IsReadRelativeToTheProgram()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "f.txt"), "hello");
        Assert.Equal(HashOf(Text("hello")), HashOf(new PropertyValue.Asset(PropertyValue.ContentKind.Path, "f.txt", null)));
    }

    [Fact]
    public void Fill_ArchiveOfAssets_HashesItsTarStream()
    {
        // The hash of a ustar stream of a.txt ("hello") and d/b.txt ("world"), mode 0600, no owner, no time; made with Python's tarfile,
        // with the device numbers of members set to zero as Go's writer does.
        var archive = new PropertyValue.Archive(PropertyValue.ContentKind.Path, null, PropertyMap.Of(
            ("d", new PropertyValue.Archive(PropertyValue.ContentKind.Path, null, PropertyMap.Of(("b.txt", Text("world"))), null)),
            ("a.txt", Text("hello"))), null);
        Assert.Equal("440f79f94d43a729b03af3be41f2d4a76f18f5ab1c8886ce12d43c4bc03fc93a", HashOf(archive));
    }

    [Fact]
    public void Fill_FolderArchive_EqualsTheArchiveOfItsFiles()
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "d"));
        File.WriteAllText(Path.Combine(_folder.FullName, "a.txt"), "hello");
        File.WriteAllText(Path.Combine(_folder.FullName, "d", "b.txt"), "world");
        Assert.Equal("440f79f94d43a729b03af3be41f2d4a76f18f5ab1c8886ce12d43c4bc03fc93a", HashOf(new PropertyValue.Archive(PropertyValue.ContentKind.Path, ".", null, null)));
    }

    [Fact]
    public void Fill_ZipFile_HashesTheFile()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "x.zip"), "hello");
        Assert.Equal(HashOf(Text("hello")), HashOf(new PropertyValue.Archive(PropertyValue.ContentKind.Path, "x.zip", null, null)));
    }

    [Fact]
    public void Fill_KnownHash_IsKept() => Assert.Equal("abc", HashOf(Text("hello") with { Hash = "abc" }));

    [Fact]
    public void Fill_MissingFile_Fails() =>
        Assert.Throws<FileNotFoundException>(() => HashOf(new PropertyValue.Asset(PropertyValue.ContentKind.Path, "nope", null)));
}
