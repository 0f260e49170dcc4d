using System.Globalization;

namespace Pulumi.Automation;

/// <summary>The command lines of the operations on a stack.</summary>
internal static class OperationArguments
{
    public static List<string> Up(UpOptions options) =>
    [
        "up", "--yes", "--skip-preview",
        .. Flag("--expect-no-changes", options.ExpectNoChanges),
        .. Choice("--show-reads", options.ShowReads),
        .. Flag("--diff", options.Diff),
        .. Exactly("--plan", options.Plan),
        .. Each("--replace", options.Replace),
        .. Flag("--exclude-dependents", options.ExcludeDependents),
        .. Flag("--target-dependents", options.TargetDependents),
        .. Flag("--continue-on-error", options.ContinueOnError),
        .. Flag("--refresh", options.Refresh),
        .. Common(options),
    ];

    public static List<string> Preview(PreviewOptions options) =>
    [
        "preview",
        .. Flag("--expect-no-changes", options.ExpectNoChanges),
        .. Choice("--show-reads", options.ShowReads),
        .. Flag("--diff", options.Diff),
        .. Exactly("--save-plan", options.Plan),
        .. Each("--replace", options.Replace),
        .. Flag("--exclude-dependents", options.ExcludeDependents),
        .. Flag("--target-dependents", options.TargetDependents),
        .. Flag("--refresh", options.Refresh),
        .. Common(options),
    ];

    // The package says neither --skip-preview nor --preview-only where there are no options at all.
    public static List<string> Refresh(RefreshOptions? options) => options is null
        ? ["refresh", "--yes"]
        :
        [
            "refresh", "--yes", options.PreviewOnly == true ? "--preview-only" : "--skip-preview",
            .. Flag("--expect-no-changes", options.ExpectNoChanges),
            .. Flag("--skip-pending-creates", options.SkipPendingCreates),
            .. Flag("--clear-pending-creates", options.ClearPendingCreates),
            .. Each("--import-pending-creates", options.ImportPendingCreates?.SelectMany(item => new[] { item.Urn, item.Id })),
            .. Choice("--run-program", options.RunProgram),
            .. Common(options),
        ];

    public static List<string> Destroy(DestroyOptions options) =>
    [
        "destroy",
        .. Flag("--preview-only", options.PreviewOnly == true),
        .. Flag("--yes", options.PreviewOnly != true),
        .. Flag("--skip-preview", options.PreviewOnly != true),
        .. Flag("--exclude-dependents", options.ExcludeDependents),
        .. Flag("--target-dependents", options.TargetDependents),
        .. Flag("--continue-on-error", options.ContinueOnError),
        .. Flag("--refresh", options.Refresh),
        .. Choice("--run-program", options.RunProgram),
        .. Common(options),
    ];

    /// <exception cref="ArgumentException">The page size is less than 1.</exception>
    public static List<string> History(HistoryOptions options) =>
    [
        "stack", "history", "--json",
        .. Flag("--show-secrets", options.ShowSecrets ?? true),
        .. options.PageSize switch
        {
            null => [],
            < 1 => throw new ArgumentException($"{nameof(options.PageSize)} must be at least 1.", nameof(options)),
            var size => Number("--page-size", size).Concat(Number("--page", Math.Max(options.Page ?? 1, 1))),
        },
    ];

    private static IEnumerable<string> Common(UpdateOptions options) =>
    [
        .. Number("--parallel", options.Parallel),
        .. Text("--message", options.Message),
        .. Each("--exclude", options.Exclude),
        .. Each("--target", options.Target),
        .. Each("--policy-pack", options.PolicyPacks),
        .. Each("--policy-pack-configs", options.PolicyPackConfigs), // The package's spelling; pulumi's own has no s.
        .. Text("--color", options.Color),
        .. Flag("--logflow", options.LogFlow),
        .. Number("--verbose", options.LogVerbosity),
        .. Flag("--logtostderr", options.LogToStdErr),
        .. Text("--tracing", options.Tracing),
        .. Flag("--debug", options.Debug),
        .. Flag("--json", options.Json),
        .. Text("--config-file", options.ConfigFile),
        .. Text("--profiling", options.Profiling),
    ];

    private static IEnumerable<string> Flag(string name, bool? value) => value == true ? [name] : [];

    private static IEnumerable<string> Choice(string name, bool? value) =>
        value is { } choice ? [$"{name}={(choice ? "true" : "false")}"] : [];

    private static IEnumerable<string> Number(string name, int? value) =>
        value is { } number ? [name, number.ToString(CultureInfo.InvariantCulture)] : [];

    private static IEnumerable<string> Text(string name, string? value) => string.IsNullOrWhiteSpace(value) ? [] : [name, value];

    private static IEnumerable<string> Exactly(string name, string? value) => value is null ? [] : [name, value];

    private static IEnumerable<string> Each(string name, IEnumerable<string>? values) =>
        (values ?? []).SelectMany(value => new[] { name, value });
}
