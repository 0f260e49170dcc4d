using System.Runtime.Versioning;
using FogInfra.Tests;

[assembly: AssemblyFixture(typeof(FakePulumi))]

namespace FogInfra.Tests;

/// <summary>
/// A program called <c>pulumi</c>, put first on PATH for all tests. It tells its version, and does otherwise what a script of the
/// workspace's own says.
/// </summary>
public sealed class FakePulumi : IDisposable
{
    public const string VersionVariable = "FAKE_PULUMI_VERSION";
    public const string FolderVariable = "FAKE_PULUMI_FOLDER";

    private readonly TemporaryFolder _folder = new();
    private readonly string? _path = Environment.GetEnvironmentVariable("PATH");

    [UnsupportedOSPlatform("windows")]
    public FakePulumi()
    {
        var program = _folder["pulumi"];
        File.WriteAllText(program, $$"""
            #!/bin/sh
            if [ "$1" = version ]; then
              echo "${{{VersionVariable}}-v3.205.0}"
              exit 0
            fi
            printf '%s\n' "$@" > "${{FolderVariable}}/arguments"
            . "${{FolderVariable}}/script"
            """);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Environment.SetEnvironmentVariable("PATH", $"{_folder.Path}{Path.PathSeparator}{_path}");
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("PATH", _path);
        _folder.Dispose();
    }
}
