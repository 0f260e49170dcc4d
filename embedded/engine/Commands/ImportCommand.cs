using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using FogInfra.Embedded.Engine.Deploying;

namespace FogInfra.Embedded.Engine.Commands;

/// <summary><c>pulumi import</c>: takes resources that exist into the stack, named on the command line or in a file.</summary>
internal static class ImportCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build(CommandContext context)
    {
        var flags = new OperationFlags();
        var command = flags.ToCommand("import", "Import resources into an existing stack", DeploymentKind.Import, isPreview: false);
        var type = new Argument<string?>("type") { Arity = ArgumentArity.ZeroOrOne };
        var name = new Argument<string?>("name") { Arity = ArgumentArity.ZeroOrOne };
        var id = new Argument<string?>("id") { Arity = ArgumentArity.ZeroOrOne };
        var file = new Option<string?>("--file") { Description = "The path to a JSON-encoded file containing a list of resources to import" };
        var parent = new Option<string?>("--parent") { Description = "The name and URN of the parent resource: NAME=URN" };
        var provider = new Option<string?>("--provider") { Description = "The name and URN of the provider to use: NAME=URN" };
        var protect = new Option<bool>("--protect") { Description = "Protect the imported resources", DefaultValueFactory = _ => true };
        var code = new Option<bool>("--generate-code") { Description = "Generate resource declaration code", DefaultValueFactory = _ => true };
        var output = new Option<string?>("--out", "-o") { Description = "The path to the file that will contain the generated resource declarations" };
        var from = new Option<string?>("--from") { Description = "Invoke a converter to import from: not supported" };
        foreach (var argument in new[] { type, name, id })
        {
            command.Add(argument);
        }

        foreach (var option in new Option[] { file, parent, provider, protect, code, output, from })
        {
            command.Add(option);
        }

        command.SetAction(async (parse, _) =>
        {
            if (parse.GetValue(from) is not null)
            {
                throw new CommandException("--from: converters are not supported by this engine", ExitCode.WrongInvocation);
            }

            var request = flags.Read(parse, DeploymentKind.Import, isPreview: false);
            if (request is { PreviewOnly: false, Yes: false, SkipPreview: false })
            {
                throw new CommandException("--yes or --skip-preview must be passed in to proceed when running in non-interactive mode", ExitCode.WrongInvocation);
            }

            var isProtected = parse.GetValue(protect);
            var resources = parse.GetValue(file) is { Length: > 0 } path
                ? await ReadFileAsync(Path.GetFullPath(path, context.WorkingDirectory), isProtected, context.Canceled).ConfigureAwait(false)
                : [ReadArguments(parse.GetValue(type), parse.GetValue(name), parse.GetValue(id), parse.GetValue(parent), parse.GetValue(provider), isProtected)];
            var exitCode = await new Operation(context, request with { Imports = resources }).RunAsync().ConfigureAwait(false);
            if (exitCode == ExitCode.Success && parse.GetValue(output) is { Length: > 0 } target)
            {
                // Making declarations needs the schemas of packages and a generator for each language. What was imported is named, at least.
                var lines = resources.Select(resource => $"// imported, to be declared by hand: {resource.Type} {resource.Name} {resource.Id}\n");
                await File.WriteAllTextAsync(Path.GetFullPath(target, context.WorkingDirectory), string.Concat(lines), context.Canceled).ConfigureAwait(false);
            }

            return exitCode;
        });
        return command;
    }

    private static ImportedResource ReadArguments(string? type, string? name, string? id, string? parent, string? provider, bool protect) =>
        type is null || name is null || id is null
            ? throw new CommandException("an inline resource must be specified by its type, name and id if no import file is used", ExitCode.WrongInvocation)
            : new ImportedResource
            {
                Type = type, Name = name, Id = id, Protect = protect,
                Parent = ImportFile.ParseNamed(parent, "--parent"), Provider = ImportFile.ParseNamed(provider, "--provider"),
            };

    private static async Task<ImmutableArray<ImportedResource>> ReadFileAsync(string path, bool protect, CancellationToken cancellationToken)
    {
        try
        {
            return ImportFile.Read(await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false), protect);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or FormatException)
        {
            throw new CommandException($"could not read import file '{path}': {exception.Message}");
        }
    }
}
