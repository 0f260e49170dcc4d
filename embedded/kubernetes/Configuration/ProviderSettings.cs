using System.Globalization;
using System.Text;
using System.Text.Json;
using FogInfra.Embedded.Kubernetes.Diffs;
using FogInfra.Embedded.Kubernetes.Objects;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Kubernetes.Configuration;

/// <summary>The provider's configuration: what the program or the stack says, else what the environment says, else the default.</summary>
internal sealed record ProviderSettings
{
    /// <summary>A kubeconfig's path or contents; null for the usual places.</summary>
    public string? Kubeconfig { get; init; }

    /// <summary>The context; null for the current one.</summary>
    public string? Context { get; init; }

    /// <summary>The cluster; null for the context's.</summary>
    public string? Cluster { get; init; }

    /// <summary>What the user says identifies the cluster, or null.</summary>
    public string? ClusterIdentifier { get; init; }

    /// <summary>The namespace of objects that name none; null for the context's.</summary>
    public string? Namespace { get; init; }

    /// <summary>Fields are taken from other managers.</summary>
    public bool PatchForce { get; init; }

    /// <summary>Creating may take over an object that is there.</summary>
    public bool Upsert { get; init; }

    /// <summary>Which data may be changed in place.</summary>
    public MutableData Mutable { get; init; } = new(false, false);

    /// <summary>Resources of a cluster that cannot be reached count as gone.</summary>
    public bool DeleteUnreachable { get; init; }

    /// <summary>Resources of a cluster that cannot be reached are left as they are.</summary>
    public bool SkipUpdateUnreachable { get; init; }

    /// <summary>The server's words about old API versions are not told.</summary>
    public bool SuppressDeprecationWarnings { get; init; }

    /// <summary>How long one request may take; null for the default.</summary>
    public TimeSpan? RequestTimeout { get; init; }

    /// <summary>Reads the configuration.</summary>
    public static ProviderSettings Read(PropertyMap inputs, HostEnvironment environment) => new()
    {
        Kubeconfig = KubeconfigOf(inputs),
        Context = Text(inputs, "context"),
        Cluster = Text(inputs, "cluster"),
        ClusterIdentifier = Text(inputs, "clusterIdentifier"),
        Namespace = Text(inputs, "namespace"),
        PatchForce = Flag(inputs, environment, "enablePatchForce", "PULUMI_K8S_ENABLE_PATCH_FORCE"),
        Upsert = Flag(inputs, environment, "upsertExistingObjects", "PULUMI_K8S_UPSERT_EXISTING_OBJECTS"),
        Mutable = new MutableData(
            Flag(inputs, environment, "enableConfigMapMutable", "PULUMI_K8S_ENABLE_CONFIGMAP_MUTABLE"),
            Flag(inputs, environment, "enableSecretMutable", "PULUMI_K8S_ENABLE_SECRET_MUTABLE")),
        DeleteUnreachable = Flag(inputs, environment, "deleteUnreachable", "PULUMI_K8S_DELETE_UNREACHABLE"),
        SkipUpdateUnreachable = Flag(inputs, environment, "skipUpdateUnreachable", "PULUMI_K8S_SKIP_UPDATE_UNREACHABLE"),
        SuppressDeprecationWarnings = Flag(inputs, environment, "suppressDeprecationWarnings", "PULUMI_K8S_SUPPRESS_DEPRECATION_WARNINGS"),
        RequestTimeout = Timeout(inputs, environment),
    };

    /// <summary>A text of the configuration; null when it is empty or missing.</summary>
    public static string? Text(PropertyMap inputs, string name) => inputs.GetText(name) is { Length: > 0 } text ? text : null;

    /// <summary>Whether a switch is on. Programs send switches as text; only true counts.</summary>
    public static bool IsOn(PropertyMap inputs, string name) =>
        inputs[name]?.Unwrap() is PropertyValue.Text { Value: "true" } or PropertyValue.Bool { Value: true };

    /// <summary>The kubeconfig; one that is given as an object is taken as JSON.</summary>
    public static string? KubeconfigOf(PropertyMap inputs) => inputs["kubeconfig"]?.Unwrap() is PropertyValue.Map map
        ? Encoding.UTF8.GetString(ObjectJson.Write(map).Span)
        : Text(inputs, "kubeconfig");

    private static bool Flag(PropertyMap inputs, HostEnvironment environment, string name, string variable) =>
        inputs.Contains(name) ? IsOn(inputs, name) : environment.Variable(variable) == "true";

    // kubeClientSettings also has burst and qps; API servers keep order among their clients themselves, so nothing is throttled here.
    private static TimeSpan? Timeout(PropertyMap inputs, HostEnvironment environment)
    {
        var seconds = inputs["kubeClientSettings"]?.Unwrap() switch
        {
            PropertyValue.Map map => map.Properties["timeout"]?.Unwrap() is PropertyValue.Number number ? number.Value : null,
            PropertyValue.Text text => OfJson(text.Value),
            _ => null,
        };
        seconds ??= double.TryParse(environment.Variable("PULUMI_K8S_CLIENT_TIMEOUT"), CultureInfo.InvariantCulture, out var value) ? value : null;
        return seconds > 0 ? TimeSpan.FromSeconds(seconds.Value) : null;
    }

    private static double? OfJson(string json)
    {
        try
        {
            return JsonElement.Parse(json).TryGetProperty("timeout", out var timeout) && timeout.TryGetDouble(out var seconds) ? seconds : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null; // CheckConfig tells of it.
        }
    }
}
