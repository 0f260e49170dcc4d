using Pulumi.Automation.Events;

namespace Pulumi.Automation;

/// <summary>What all operations on a stack may be told.</summary>
public class UpdateOptions
{
    /// <summary>How many resources may be worked on at the same time.</summary>
    public int? Parallel { get; set; }

    /// <summary>What the history shall say about it.</summary>
    public string? Message { get; set; }

    /// <summary>The URNs of the resources that alone are worked on.</summary>
    public List<string>? Target { get; set; }

    /// <summary>The URNs of the resources that are left alone.</summary>
    public List<string>? Exclude { get; set; }

    /// <summary>The policy packs to run.</summary>
    public List<string>? PolicyPacks { get; set; }

    /// <summary>The files that configure the policy packs.</summary>
    public List<string>? PolicyPackConfigs { get; set; }

    /// <summary>Called for each line that the command writes.</summary>
    public Action<string>? OnStandardOutput { get; set; }

    /// <summary>Called for each line that the command writes as an error.</summary>
    public Action<string>? OnStandardError { get; set; }

    /// <summary>Called for each event.</summary>
    public Action<EngineEvent>? OnEvent { get; set; }

    /// <summary>Whether the output has colours: always, never, raw or auto.</summary>
    public string? Color { get; set; }

    /// <summary>Whether plugins log as much as the engine.</summary>
    public bool? LogFlow { get; set; }

    /// <summary>How much the engine logs.</summary>
    public int? LogVerbosity { get; set; }

    /// <summary>Whether the engine logs to its error output.</summary>
    public bool? LogToStdErr { get; set; }

    /// <summary>Where traces go.</summary>
    public string? Tracing { get; set; }

    /// <summary>Whether debugging messages are shown.</summary>
    public bool? Debug { get; set; }

    /// <summary>Whether the command writes JSON.</summary>
    public bool? Json { get; set; }

    /// <summary>The file to take for the stack's configuration.</summary>
    public string? ConfigFile { get; set; }

    /// <summary>The files, by the beginning of their names, that profiles are written to.</summary>
    public string? Profiling { get; set; }
}
