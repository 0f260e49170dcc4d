using System.Collections.Concurrent;
using FogInfra.Embedded.Engine.Providers;
using FogInfra.Embedded.Protocol.Messages;
using FogInfra.Embedded.Protocol.Rpc;

namespace FogInfra.Embedded.Engine.Monitor;

/// <summary>The packages that a program has named once, to refer to them by a short reference afterwards.</summary>
internal sealed class RegisteredPackages
{
    private readonly ConcurrentDictionary<ProviderRequest, string> _references = new();
    private readonly ConcurrentDictionary<string, ProviderRequest> _packages = new(StringComparer.Ordinal);

    /// <summary>Names a package; the same one gets the same reference.</summary>
    /// <exception cref="RpcException">The package depends on parameters, which this engine does not support.</exception>
    public RegisterPackageResponse Register(RegisterPackageRequest request)
    {
        if (request.Parameterization is not null || request.Extension is not null)
        {
            throw new RpcException(RpcStatusCode.Unimplemented, $"package '{request.Name}': parameterized packages are not supported by this engine");
        }

        var wanted = new ProviderRequest(request.Name, request.Version, request.DownloadUrl);
        var reference = _references.GetOrAdd(wanted, _ => Guid.NewGuid().ToString());
        _packages[reference] = wanted;
        return new RegisterPackageResponse { Ref = reference };
    }

    /// <summary>The provider that a request wants.</summary>
    /// <param name="reference">The package's reference, or empty.</param>
    /// <param name="token">The type or function; its package counts where there is no reference.</param>
    /// <param name="version">The version, or empty.</param>
    /// <param name="downloadUrl">Where the plugin can be had, or empty.</param>
    /// <exception cref="RpcException">The reference was not handed out in this run.</exception>
    public ProviderRequest Resolve(string reference, string token, string version, string downloadUrl) => reference.Length == 0
        ? new ProviderRequest(token.Split(':')[0], version, downloadUrl)
        : _packages.TryGetValue(reference, out var known) ? known : throw new RpcException(RpcStatusCode.NotFound, $"unknown provider package '{reference}'");
}
