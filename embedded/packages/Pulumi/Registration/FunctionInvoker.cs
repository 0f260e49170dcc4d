using System.Collections.Immutable;
using FogInfra.Embedded.Protocol.Values;

namespace Pulumi;

/// <summary>Calls functions of providers.</summary>
internal sealed class FunctionInvoker(ProgramRun program)
{
    public Output<T> Invoke<T>(string token, InvokeArgs args, InvokeOptions? options, RegisterPackageRequest? package) =>
        new(InvokeOutputAsync<T>(token, args, options, package));

    public Output<T> InvokeSingle<T>(string token, InvokeArgs args, InvokeOptions? options, RegisterPackageRequest? package) =>
        Invoke<ImmutableDictionary<string, T>>(token, args, options, package).Apply(results => results.Values.First());

    public async Task<T> InvokeAsync<T>(string token, InvokeArgs args, InvokeOptions? options, RegisterPackageRequest? package)
    {
        var result = await InvokeRawAsync(token, args, options, package).ConfigureAwait(false);
        return Read<T>(token, result).Value;
    }

    public async Task<T> InvokeSingleAsync<T>(string token, InvokeArgs args, InvokeOptions? options, RegisterPackageRequest? package) =>
        (await InvokeAsync<ImmutableDictionary<string, T>>(token, args, options, package).ConfigureAwait(false)).Values.First();

    public Task InvokeAsync(string token, InvokeArgs args, InvokeOptions? options, RegisterPackageRequest? package) =>
        InvokeRawAsync(token, args, options, package);

    /// <summary>Calls a function, whatever is known about its arguments.</summary>
    public async Task<PropertyMap> InvokeRawAsync(string token, InvokeArgs args, InvokeOptions? options, RegisterPackageRequest? package) =>
        await SendAsync(token, await WriteAsync(token, args).ConfigureAwait(false), options, package).ConfigureAwait(false);

    private async Task<OutputState<T>> InvokeOutputAsync<T>(
        string token, InvokeArgs args, InvokeOptions? options, RegisterPackageRequest? package)
    {
        var inputs = await WriteAsync(token, args).ConfigureAwait(false);
        var explicitDependencies = options is InvokeOutputOptions { DependsOn: var dependsOn }
            ? await DependencyGraph.ResolveAsync(dependsOn).ConfigureAwait(false)
            : [];
        var dependencies = inputs.AllDependencies.Concat(explicitDependencies).ToImmutableHashSet();
        // What does not exist yet cannot be looked up: the answer waits for the update.
        if (inputs.HasUnknowns || await HasUnknownIdAsync(dependencies).ConfigureAwait(false))
        {
            return OutputState.Unknown(default(T)!);
        }

        var result = await SendAsync(token, inputs, options, package).ConfigureAwait(false);
        return Read<T>(token, result).WithResources(dependencies);
    }

    private static async Task<bool> HasUnknownIdAsync(ImmutableHashSet<Resource> resources)
    {
        foreach (var resource in DependencyGraph.Expand(resources).Union(resources))
        {
            if (resource is CustomResource { Id: { } id } && !(await id.State.ConfigureAwait(false)).IsKnown)
            {
                return true;
            }
        }

        return false;
    }

    private async Task<WrittenInputs> WriteAsync(string token, InvokeArgs? args)
    {
        var options = WireOptions.NoOutputs with { KeepReferences = await program.Features.ResourceReferences.ConfigureAwait(false) };
        var path = $"the function {token}";
        return await WrittenInputs.WriteAsync(path, (args ?? InvokeArgs.Empty).ToDictionary(path), options).ConfigureAwait(false);
    }

    private async Task<PropertyMap> SendAsync(string token, WrittenInputs inputs, InvokeOptions? options, RegisterPackageRequest? package)
    {
        await program.Transforms.InvokeTransformsRegistered.ConfigureAwait(false);
        var provider = options?.Provider ?? options?.Parent?.FindProvider(token);
        var response = await program.Monitor.InvokeAsync(new()
        {
            Tok = token,
            Args = inputs.ToStruct(),
            Provider = provider is null ? "" : await provider.GetReferenceAsync().ConfigureAwait(false),
            Version = options?.Version ?? "",
            PluginDownloadURL = options?.PluginDownloadURL ?? "",
            AcceptResources = RequestBuilder.AcceptsReferences,
            PackageRef = await program.Packages.ReferToAsync(package).ConfigureAwait(false),
        }).ConfigureAwait(false);
        MethodCaller.ThrowIfFailed(token, response.Failures);
        return WireCodec.FromStruct(response.Return);
    }

    private OutputState<T> Read<T>(string token, PropertyMap result)
    {
        var state = program.ReaderFor(resource: null).Read($"the result of {token}", result, typeof(T));
        return state.With((T)state.Value!);
    }
}
