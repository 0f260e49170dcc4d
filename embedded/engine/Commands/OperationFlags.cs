using System.CommandLine;
using FogInfra.Embedded.Engine.Deploying;

namespace FogInfra.Embedded.Engine.Commands;

/// <summary>The flags of up, preview, refresh and destroy.</summary>
internal sealed class OperationFlags
{
    private readonly Option<string?> _stack = StackCommands.StackOption();
    private readonly Option<string?> _configFile = Text("--config-file", "Use the configuration values in the specified file rather than detecting the file name");
    private readonly Option<string[]> _config = new("--config", "-c") { Description = "Config to use during the operation and save to the stack config file: KEY=VALUE" };
    private readonly Option<bool> _configPath = Flag("--config-path", "Config keys contain a path to a property in a map or list to set");
    private readonly Option<bool> _skipValidation = Flag("--skip-config-validation", "Do not check the configuration against what the project declares");
    private readonly Option<string?> _message = new("--message", "-m") { Description = "Optional message to associate with the operation" };
    private readonly Option<bool> _expectNoChanges = Flag("--expect-no-changes", "Return an error if any changes occur");
    private readonly Option<bool> _json = new("--json", "-j") { Description = "Serialize diffs, operations and overall output as JSON" };
    private readonly Option<string?> _eventLog = Text("--event-log", "Log events to a file at this path, or to an Events service at tcp://HOST:PORT");
    private readonly Option<string?> _client = Text("--client", "The address of an existing language runtime host to connect to");
    private readonly Option<int?> _parallel = new("--parallel", "-p") { Description = "Allow P resource operations to run in parallel at once (1 for no parallelism)" };
    private readonly Option<bool?> _refresh = new("--refresh", "-r") { Description = "Refresh the state of the stack's resources before this operation", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<bool> _runProgram = Flag("--run-program", "Run the program to determine up-to-date provider configuration");
    private readonly Option<bool> _continueOnError = Flag("--continue-on-error", "Continue the operation even if an error is encountered");
    private readonly Option<string[]> _targets = new("--target", "-t") { Description = "Specify a single resource URN to operate on. Multiple resources can be specified using --target urn1 --target urn2" };
    private readonly Option<bool> _targetDependents = Flag("--target-dependents", "Allow dependent targets of those specified in the --target list");
    private readonly Option<string[]> _excludes = new("--exclude") { Description = "Specify a resource URN to ignore" };
    private readonly Option<bool> _excludeDependents = Flag("--exclude-dependents", "Allow ignoring of dependents of those specified in the --exclude list");
    private readonly Option<string[]> _replace = new("--replace") { Description = "Specify a single resource URN to replace" };
    private readonly Option<string[]> _targetReplace = new("--target-replace") { Description = "Specify a single resource URN to replace, and no others: shorthand for --target urn --replace urn" };
    private readonly Option<bool> _excludeProtected = Flag("--exclude-protected", "Do not destroy protected resources. Destroy all other resources");
    private readonly Option<bool> _removeStack = Flag("--remove", "Remove the stack and its config file after all resources in the stack have been deleted");
    private readonly Option<bool> _clearPendingCreates = Flag("--clear-pending-creates", "Clear all pending creates, dropping them from the state");
    private readonly Option<bool> _debug = new("--debug", "-d") { Description = "Print detailed debugging output during resource operations" };
    private readonly Option<bool> _suppressOutputs = Flag("--suppress-outputs", "Suppress display of stack outputs (in case they contain sensitive values)");
    private readonly Option<bool> _showSecrets = Flag("--show-secrets", "Show secrets in plaintext in the CLI output");
    private readonly Option<bool> _diff = Flag("--diff", "Display operation as a rich diff showing the overall change");
    private readonly Option<bool> _showSames = Flag("--show-sames", "Show resources that need not be updated because they haven't changed");
    private readonly Option<string?> _execKind = Text("--exec-kind", "By what kind of client the command is run");
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Automatically approve and perform the operation after previewing it" };
    private readonly Option<bool> _skipPreview = new("--skip-preview", "-f") { Description = "Do not calculate a preview before performing the operation" };
    private readonly Option<bool> _previewOnly = Flag("--preview-only", "Only show a preview of the operation, but don't perform the operation itself");

    /// <summary>Makes a command with these flags.</summary>
    /// <param name="name">The command's name.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="kind">What it does.</param>
    /// <param name="isPreview">It only previews, so it has no flags that say whether to.</param>
    public Command ToCommand(string name, string description, DeploymentKind kind, bool isPreview)
    {
        var command = new Command(name, description);
        List<Option> options =
        [
            _stack, _configFile, _config, _configPath, _skipValidation, _message, _expectNoChanges, _json, _eventLog, _client, _parallel,
            _continueOnError, _targets, _targetDependents, _excludes, _excludeDependents, _debug, _suppressOutputs, _showSecrets, _diff, _showSames, _execKind,
        ];
        if (!isPreview)
        {
            options.AddRange([_yes, _skipPreview, _previewOnly]);
        }

        options.AddRange(kind switch
        {
            DeploymentKind.Update => [_refresh, _replace, _targetReplace, _runProgram],
            DeploymentKind.Destroy => [_refresh, _runProgram, _excludeProtected, _removeStack],
            _ => new List<Option> { _runProgram, _clearPendingCreates },
        });
        options.ForEach(command.Add);
        foreach (var option in UnusedOperationFlags.Create())
        {
            command.Add(option);
        }

        return command;
    }

    /// <summary>Reads the flags.</summary>
    /// <exception cref="CommandException">Some cannot be used together, or ask for what this engine does not have.</exception>
    public OperationRequest Read(ParseResult parse, DeploymentKind kind, bool isPreview)
    {
        UnusedOperationFlags.ThrowIfUnsupported(parse);
        var targetReplace = parse.GetValue(_targetReplace) ?? [];
        var request = new OperationRequest
        {
            Kind = kind,
            PreviewOnly = isPreview || parse.GetValue(_previewOnly),
            SkipPreview = parse.GetValue(_skipPreview),
            Yes = parse.GetValue(_yes),
            Stack = parse.GetValue(_stack),
            ConfigFile = parse.GetValue(_configFile),
            Config = [.. parse.GetValue(_config) ?? []],
            ConfigPath = parse.GetValue(_configPath),
            SkipConfigValidation = parse.GetValue(_skipValidation),
            Message = parse.GetValue(_message) ?? "",
            ExpectNoChanges = parse.GetValue(_expectNoChanges),
            Json = parse.GetValue(_json),
            EventLog = parse.GetValue(_eventLog),
            Client = parse.GetValue(_client),
            Parallel = parse.GetValue(_parallel),
            Refresh = parse.GetResult(_refresh) is null ? null : parse.GetValue(_refresh) ?? true,
            RunProgram = parse.GetValue(_runProgram),
            ContinueOnError = parse.GetValue(_continueOnError),
            Targets = [.. parse.GetValue(_targets) ?? [], .. targetReplace],
            TargetDependents = parse.GetValue(_targetDependents),
            Excludes = [.. parse.GetValue(_excludes) ?? []],
            ExcludeDependents = parse.GetValue(_excludeDependents),
            Replace = [.. parse.GetValue(_replace) ?? [], .. targetReplace],
            ExcludeProtected = parse.GetValue(_excludeProtected),
            RemoveStack = parse.GetValue(_removeStack),
            ClearPendingCreates = parse.GetValue(_clearPendingCreates),
            Debug = parse.GetValue(_debug),
            SuppressOutputs = parse.GetValue(_suppressOutputs),
            ShowSecrets = parse.GetValue(_showSecrets),
            Diff = parse.GetValue(_diff),
            ShowSames = parse.GetValue(_showSames),
            ExecKind = parse.GetValue(_execKind) ?? "cli",
        };
        return request.Targets.IsEmpty || request.Excludes.IsEmpty
            ? request
            : throw new CommandException("only one of --target and --exclude can be used", ExitCode.WrongInvocation);
    }

    private static Option<string?> Text(string name, string description) => new(name) { Description = description };

    private static Option<bool> Flag(string name, string description) => new(name) { Description = description };
}
