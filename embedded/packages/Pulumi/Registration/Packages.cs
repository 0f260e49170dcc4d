using System.Collections.Concurrent;
using FogInfra.Embedded.Protocol.Rpc;
using Google.Protobuf;

namespace Pulumi;

/// <summary>The packages that the program has told the engine of, each once.</summary>
internal sealed class Packages(IMonitor monitor, Features features)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _references = new(StringComparer.Ordinal);

    /// <summary>How requests refer to a package; empty for none.</summary>
    public async Task<string> ReferToAsync(RegisterPackageRequest? package)
    {
        if (package is null)
        {
            return "";
        }

        var request = Write(package);
        return await _references.GetOrAdd(KeyOf(request), _ => new(() => RegisterAsync(request))).Value.ConfigureAwait(false);
    }

    private async Task<string> RegisterAsync(Wire.RegisterPackageRequest request)
    {
        await features.RequireAsync("parameterization", $"the package {request.Name} by registering it").ConfigureAwait(false);
        try
        {
            return (await monitor.RegisterPackageAsync(request).ConfigureAwait(false)).Ref;
        }
        catch (RpcException) when (request.Parameterization is null && request.Extension is null)
        {
            return ""; // The plugin is known by its name and version too.
        }
    }

    private static Wire.RegisterPackageRequest Write(RegisterPackageRequest package)
    {
        var request = new Wire.RegisterPackageRequest
        {
            Name = package.Name,
            Version = package.Version,
            DownloadUrl = package.DownloadUrl,
            Parameterization = Write(package.Parameterization),
            Extension = Write(package.Extension),
        };
        foreach (var (platform, checksum) in package.Checksums)
        {
            request.Checksums[platform] = ByteString.CopyFrom(checksum);
        }

        return request;
    }

    private static Wire.Parameterization? Write(RegisterPackageRequest.PackageParameterization? value) => value is null ? null : new()
    {
        Name = value.Name,
        Version = value.Version,
        Value = ByteString.CopyFrom(value.Value),
    };

    private static string KeyOf(Wire.RegisterPackageRequest request) => request.ToByteString().ToBase64();
}
