using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FogInfra.Embedded.Engine.Events;
using FogInfra.Embedded.Engine.Programs;
using FogInfra.Embedded.Engine.Projects;
using FogInfra.Embedded.Provider;
using FogInfra.Embedded.Provider.Plugins;

namespace FogInfra.Embedded.Engine.Providers;

/// <summary>Finds plugin executables and starts them: those of the project, on the PATH, in the plugin folder, and that of the Node SDK.</summary>
internal sealed class PluginSource(
    ProjectFile project,
    IReadOnlyDictionary<string, string> environment,
    string home,
    string programDirectory,
    string engineAddress,
    ImmutableSortedDictionary<string, string> config,
    Diagnostics diagnostics) : IProviderSource
{
    private const string DynamicNodePackage = "pulumi-nodejs";
    private const string DynamicNodeModule = "@pulumi/pulumi/cmd/dynamic-provider";

    /// <inheritdoc/>
    public async Task<IResourceProvider> StartAsync(ProviderRequest request, CancellationToken cancellationToken)
    {
        if (AttachedPort(request.Package) is { } port)
        {
            return await ProviderPlugin.AttachAsync(
                request.Package, $"127.0.0.1:{port}", engineAddress, project.Directory, cancellationToken).ConfigureAwait(false);
        }

        var (file, arguments) = request.Package == DynamicNodePackage
            ? ("node", [await ResolveDynamicNodeAsync(cancellationToken).ConfigureAwait(false)])
            : (Find(request), ImmutableArray<string>.Empty);
        return await ProviderPlugin.StartAsync(
            request.Package,
            new ProcessCommand(file, arguments, programDirectory, ToEnvironment()),
            engineAddress,
            project.Directory,
            Show,
            cancellationToken).ConfigureAwait(false);
    }

    private void Show(string line, bool isError)
    {
        if (isError)
        {
            diagnostics.InfoError(null, line);
        }
        else
        {
            diagnostics.Info(null, line);
        }
    }

    private string Find(ProviderRequest request)
    {
        var name = $"pulumi-resource-{request.Package}";
        var executable = OperatingSystem.IsWindows() ? name + ".exe" : name;
        if (project.ProviderPaths.TryGetValue(request.Package, out var path))
        {
            return File.Exists(path) ? path : Path.Combine(path, executable);
        }

        if (!IsSet("PULUMI_IGNORE_AMBIENT_PLUGINS") && ChildProcess.FindOnPath(name, environment) is { } ambient)
        {
            diagnostics.Warning(null, $"using {name} from $PATH at {ambient}");
            return ambient;
        }

        var plugins = Path.Combine(home, "plugins");
        var versions = !Directory.Exists(plugins) ? [] : Directory.EnumerateDirectories(plugins, $"resource-{request.Package}-v*")
            .Select(folder => Path.Combine(folder, executable))
            .Where(File.Exists)
            .OrderByDescending(file => PluginVersion.Parse(Path.GetFileName(Path.GetDirectoryName(file))!))
            .ToArray();
        var wanted = request.Version.Length == 0
            ? versions.FirstOrDefault()
            : versions.FirstOrDefault(file => Path.GetFileName(Path.GetDirectoryName(file)) == $"resource-{request.Package}-v{request.Version.TrimStart('v')}");
        return wanted ?? throw new ProviderException(
            $"no resource plugin '{name}'{(request.Version.Length == 0 ? "" : $" of version v{request.Version.TrimStart('v')}")} was found: "
            + $"it is not a provider of this process, not on your $PATH, and not in '{plugins}'");
    }

    private async Task<string> ResolveDynamicNodeAsync(CancellationToken cancellationToken) =>
        await NodeModules.ResolveAsync(DynamicNodeModule, programDirectory, environment, cancellationToken).ConfigureAwait(false)
        ?? throw new ProviderException($"the package @pulumi/pulumi was not found from '{programDirectory}'; run `npm install` there first");

    private string? AttachedPort(string package) => (environment.GetValueOrDefault("PULUMI_DEBUG_PROVIDERS") ?? "")
        .Split(',', StringSplitOptions.RemoveEmptyEntries)
        .Select(item => item.Split(':'))
        .Where(item => item.Length == 2 && item[0] == package)
        .Select(item => item[1])
        .FirstOrDefault();

    private bool IsSet(string variable) => environment.GetValueOrDefault(variable)?.ToUpperInvariant() is "1" or "TRUE";

    private ImmutableDictionary<string, string> ToEnvironment()
    {
        var variables = environment.ToImmutableDictionary().ToBuilder();
        foreach (var (option, value) in project.Runtime?.Options ?? [])
        {
            variables[$"PULUMI_RUNTIME_{option.ToUpper(CultureInfo.InvariantCulture)}"] = value switch
            {
                JsonValue text when text.GetValueKind() == JsonValueKind.String => text.GetValue<string>(),
                null => "",
                _ => value.ToJsonString(),
            };
        }

        variables["PULUMI_PROJECT"] = project.Name;
        variables["PULUMI_NODEJS_PROJECT"] = project.Name;
        variables["PULUMI_CONFIG"] = JsonSerializer.Serialize(config);
        return variables.ToImmutable();
    }
}

/// <summary>Orders the folders of plugins by the versions in their names.</summary>
internal static class PluginVersion
{
    /// <summary>The version in a name such as <c>resource-random-v4.16.1</c>; what comes after the numbers does not count.</summary>
    public static Version Parse(string folder)
    {
        var text = folder[(folder.LastIndexOf("-v", StringComparison.Ordinal) + 2)..].Split('-', '+')[0];
        return Version.TryParse(text, out var version) ? version : new Version(0, 0);
    }
}
