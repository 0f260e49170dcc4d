using FogInfra.Embedded.Protocol.Values;

namespace Pulumi;

/// <summary>Calls methods of resources.</summary>
internal sealed class MethodCaller(ProgramRun program)
{
    private const string SelfArgument = "__self__";

    public Output<T> Call<T>(string token, CallArgs args, Resource? self, CallOptions? options, RegisterPackageRequest? package) =>
        new(CallAsync<T>(token, args, self, options, package));

    /// <summary>Fails when a provider refused the arguments.</summary>
    /// <exception cref="InvalidOperationException">It did; the message has all its reasons.</exception>
    internal static void ThrowIfFailed(string token, IReadOnlyCollection<Wire.CheckFailure> failures)
    {
        if (failures.Count > 0)
        {
            var reasons = failures.Select(failure =>
                failure.Property.Length > 0 ? $"{failure.Reason} ({failure.Property})" : failure.Reason);
            throw new InvalidOperationException($"The provider refused {token}: {string.Join("; ", reasons)}");
        }
    }

    private async Task<OutputState<T>> CallAsync<T>(
        string token, CallArgs? args, Resource? self, CallOptions? options, RegisterPackageRequest? package)
    {
        var path = $"the method {token}";
        var arguments = (args ?? CallArgs.Empty).ToDictionary(path);
        var inputs = await WrittenInputs.WriteAsync(
            path,
            self is null ? arguments : arguments.SetItem(SelfArgument, self),
            WireOptions.NoOutputs with { KeepOutputs = await program.Features.OutputValues.ConfigureAwait(false) },
            followReferences: false).ConfigureAwait(false);
        var request = await WriteAsync(token, self, options, package).ConfigureAwait(false);
        request.Args = inputs.ToStruct();
        foreach (var (name, resources) in inputs.Dependencies)
        {
            request.ArgDependencies[name] = new() { Urns = { await DependencyGraph.UrnsOfAsync(resources).ConfigureAwait(false) } };
        }

        var response = await program.Monitor.CallAsync(request).ConfigureAwait(false);
        ThrowIfFailed(token, response.Failures);
        var sources = response.ReturnDependencies.Values
            .SelectMany(dependencies => dependencies.Urns)
            .Select(urn => new DependencyResource(urn));
        var state = program.ReaderFor(self).Read($"the result of {token}", WireCodec.FromStruct(response.Return), typeof(T));
        return state.With((T)state.Value!).WithResources(sources);
    }

    // A method is called on the provider of its resource; only a function without resource has a say in it.
    private async Task<Wire.ResourceCallRequest> WriteAsync(
        string token, Resource? self, CallOptions? options, RegisterPackageRequest? package)
    {
        var provider = self is null
            ? options?.Provider ?? options?.Parent?.FindProvider(token)
            : (self.Options as CustomResourceOptions)?.Provider;
        return new()
        {
            Tok = token,
            Provider = provider is null ? "" : await provider.GetReferenceAsync().ConfigureAwait(false),
            Version = (self is null ? options?.Version : self.Options.Version) ?? "",
            PluginDownloadURL = (self is null ? options?.PluginDownloadURL : self.Options.PluginDownloadURL) ?? "",
            PackageRef = await program.Packages.ReferToAsync(package).ConfigureAwait(false),
        };
    }
}
