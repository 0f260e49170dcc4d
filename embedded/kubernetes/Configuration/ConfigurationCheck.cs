using System.Collections.Immutable;
using System.Text.Json;
using FogInfra.Embedded.Kubernetes.Connection;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;

namespace FogInfra.Embedded.Kubernetes.Configuration;

/// <summary>Checks the provider's own configuration.</summary>
internal static class ConfigurationCheck
{
    private static readonly ImmutableArray<string> Switches =
    [
        "enableServerSideApply", "enablePatchForce", "upsertExistingObjects", "enableConfigMapMutable", "enableSecretMutable", "deleteUnreachable",
        "skipUpdateUnreachable", "alwaysRender", "suppressDeprecationWarnings", "suppressHelmHookWarnings", "strictMode", "enableReplaceCRD",
    ];

    /// <summary>Finds what is wrong.</summary>
    public static CheckResult Check(CheckRequest request, HostEnvironment environment) =>
        new(request.NewInputs, [.. Failures(request.NewInputs, request.Urn, environment)]);

    private static IEnumerable<CheckFailure> Failures(PropertyMap inputs, Urn urn, HostEnvironment environment)
    {
        foreach (var name in Switches.Where(name => inputs[name]?.Unwrap() is PropertyValue.Text { Value: not ("true" or "false" or "") }))
        {
            yield return new CheckFailure(name, "expected true or false.");
        }

        if (inputs.GetText("enableServerSideApply") == "false" || inputs["enableServerSideApply"]?.Unwrap() is PropertyValue.Bool { Value: false })
        {
            yield return new CheckFailure("enableServerSideApply", "false is not supported: this provider only knows server-side apply.");
        }

        if (ProviderSettings.Text(inputs, "renderYamlToDirectory") is not null)
        {
            yield return new CheckFailure("renderYamlToDirectory", "is not supported: this provider does not render YAML.");
        }
        else if (ProviderSettings.IsOn(inputs, "alwaysRender"))
        {
            yield return new CheckFailure("alwaysRender", "means nothing without renderYamlToDirectory.");
        }

        if (inputs.GetText("kubeClientSettings") is { } settings && !IsJsonObject(settings))
        {
            yield return new CheckFailure("kubeClientSettings", "expected an object with burst, qps and timeout.");
        }

        foreach (var failure in Strictness(inputs, urn).Concat(KubeconfigProblems(inputs, environment)))
        {
            yield return failure;
        }
    }

    private static IEnumerable<CheckFailure> Strictness(PropertyMap inputs, Urn urn)
    {
        if (!ProviderSettings.IsOn(inputs, "strictMode"))
        {
            yield break;
        }

        if (urn.Name == "default" || urn.Name.StartsWith("default_", StringComparison.Ordinal))
        {
            yield return new CheckFailure("", "In strict mode there is no default provider: make a provider, and give it to the resources.");
        }

        foreach (var name in (string[])["kubeconfig", "context"])
        {
            if (!inputs.Contains(name) || inputs.GetText(name) == "")
            {
                yield return new CheckFailure(name, "must be set in strict mode.");
            }
        }
    }

    // A file may be written by the same update, so only contents are looked at now.
    private static IEnumerable<CheckFailure> KubeconfigProblems(PropertyMap inputs, HostEnvironment environment)
    {
        if (inputs["kubeconfig"]?.ContainsUnknowns == true
            || ProviderSettings.KubeconfigOf(inputs) is not { } kubeconfig || !KubeconfigSource.IsContents(kubeconfig))
        {
            return [];
        }

        try
        {
            KubeconfigSource.Load(kubeconfig, environment);
            return [];
        }
        catch (KubeconfigException error)
        {
            return error.Problems.Select(problem => new CheckFailure("kubeconfig", problem));
        }
    }

    private static bool IsJsonObject(string text)
    {
        try
        {
            return JsonElement.Parse(text).ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
