using System.Collections.Immutable;
using FogInfra.Embedded.Kubernetes.Client;

namespace FogInfra.Embedded.Kubernetes.Readiness;

/// <summary>Whether an object is ready.</summary>
internal enum VerdictState
{
    /// <summary>Not yet.</summary>
    Waiting,

    /// <summary>It is.</summary>
    Ready,

    /// <summary>It will never be.</summary>
    Failed,
}

/// <summary>What a rule says of an object at one moment.</summary>
/// <param name="State">Whether it is ready.</param>
/// <param name="Message">What is waited for, or why it failed; of a ready object something worth telling, or empty.</param>
internal sealed record Verdict(VerdictState State, string Message)
{
    /// <summary>What stands in the way.</summary>
    public ImmutableArray<Problem> Problems { get; init; } = [];

    /// <summary>The verdict can change by itself after that time, without any event.</summary>
    public TimeSpan? LookAgainAfter { get; init; }

    /// <summary>The object is ready.</summary>
    public static Verdict Ready(string note = "") => new(VerdictState.Ready, note);

    /// <summary>The object is not ready yet.</summary>
    public static Verdict Waiting(string message, params IEnumerable<Problem> problems) => new(VerdictState.Waiting, message) { Problems = [.. problems] };

    /// <summary>The object will not become ready.</summary>
    public static Verdict Failed(string message, params IEnumerable<Problem> problems) => new(VerdictState.Failed, message) { Problems = [.. problems] };
}

/// <summary>What is behind a problem, where that decides what else to ask.</summary>
internal enum ProblemKind
{
    /// <summary>Nothing more to ask.</summary>
    Other,

    /// <summary>A pod that no node takes: an autoscaler may have said that it adds one.</summary>
    Unschedulable,

    /// <summary>An image that is not pulled: an event may say why.</summary>
    Image,

    /// <summary>A container that ends again and again: its log says why.</summary>
    CrashLoop,

    /// <summary>A container that runs but is not ready: an event may say which probe failed.</summary>
    NotReady,

    /// <summary>A claim without a volume: an event may say what its provisioner objects to.</summary>
    Volume,
}

/// <summary>Something that stands in the way of an object's readiness.</summary>
/// <param name="Key">What makes it the same problem when it is seen again.</param>
/// <param name="Subject">What has it, for example <c>pod web-6c9, container web</c>.</param>
/// <param name="Reason">One word, for example <c>ImagePullBackOff</c>.</param>
/// <param name="Message">In words; may be empty.</param>
internal sealed record Problem(string Key, string Subject, string Reason, string Message)
{
    /// <summary>How long it may last before the wait is given up; null when it never is for this.</summary>
    public TimeSpan? Tolerance { get; init; }

    /// <summary>What else to ask.</summary>
    public ProblemKind Kind { get; init; }

    /// <summary>The pod that has it, or another object of which events may tell; or null.</summary>
    public KubeObject? Pod { get; init; }

    /// <summary>The container that has it, or null.</summary>
    public string? Container { get; init; }

    /// <summary>The problem in one line.</summary>
    public string Text => $"{Subject}: {Reason}{(Message == "" ? "" : $": {OneLine(Message)}")}";

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
