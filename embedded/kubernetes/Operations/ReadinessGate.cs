using System.Globalization;
using FogInfra.Embedded.Kubernetes.Client;
using FogInfra.Embedded.Kubernetes.Objects;
using FogInfra.Embedded.Kubernetes.Readiness;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;

namespace FogInfra.Embedded.Kubernetes.Operations;

/// <summary>Lets a written object pass when it is ready. Whatever happens here, the object exists, so every failure carries its state.</summary>
internal sealed class ReadinessGate(OperationContext context)
{
    /// <summary>Waits until an object is ready.</summary>
    /// <param name="urn">The resource.</param>
    /// <param name="type">Its type.</param>
    /// <param name="resource">Where its objects are.</param>
    /// <param name="written">The object as it was written.</param>
    /// <param name="inputs">The inputs that made it so.</param>
    /// <param name="outputs">Makes the outputs of the object as it is at the end.</param>
    /// <param name="isNew">It was just created.</param>
    /// <param name="timeout">How long the engine allows, or null.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The outputs.</returns>
    /// <exception cref="ResourceInitException">It is not ready.</exception>
    public async Task<PropertyMap> PassAsync(
        Urn urn,
        ResourceType type,
        ApiResource resource,
        KubeObject written,
        PropertyMap inputs,
        Func<KubeObject, PropertyMap> outputs,
        bool isNew,
        TimeSpan? timeout,
        CancellationToken cancellationToken)
    {
        WaitResult result;
        try
        {
            if (FindRule(type, inputs, resource.HasStatus) is not { } rule)
            {
                return outputs(written);
            }

            var budget = Budget(timeout, inputs, context.Options.Readiness.Timeout);
            var request = new WaitRequest(resource, written, rule, isNew, budget, text => context.ShowStatus(urn, text));
            result = await context.Session.Readiness.WaitAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            result = new WaitResult(written, false, "the wait was cancelled") { Reasons = ["cancelled before it was known to be ready"] };
        }
        catch (Exception error) when (error is ApiException or ClusterUnreachableException or Connection.KubeconfigException or FormatException)
        {
            result = new WaitResult(written, false, error.Message) { Reasons = [error.Message] };
        }

        if (!result.IsReady)
        {
            throw NotReady(result, inputs, outputs(result.Latest));
        }

        if (result.Message != "")
        {
            context.Host.Log(LogSeverity.Info, urn, result.Message);
        }

        return outputs(result.Latest);
    }

    /// <summary>The rule by which an object is ready; null when it is at once.</summary>
    /// <exception cref="FormatException">The annotation that says what to wait for is not understood.</exception>
    public static IReadinessRule? FindRule(ResourceType type, PropertyMap inputs, bool hasStatus = false)
    {
        if (inputs.Annotation(Annotations.SkipAwait) == "true")
        {
            return null;
        }

        return inputs.Annotation(Annotations.WaitFor) is { } expressions ? ExpressionRule.Parse(expressions) : ReadinessRules.Find(type, hasStatus);
    }

    /// <summary>How long to wait: what the engine says, else the annotation, else the default.</summary>
    public static TimeSpan Budget(TimeSpan? engine, PropertyMap inputs, TimeSpan byDefault)
    {
        if (engine > TimeSpan.Zero)
        {
            return engine.Value;
        }

        return int.TryParse(inputs.Annotation(Annotations.TimeoutSeconds), CultureInfo.InvariantCulture, out var seconds) && seconds > 0
            ? TimeSpan.FromSeconds(seconds)
            : byDefault;
    }

    /// <summary>The error for an object that is not ready.</summary>
    public static ResourceInitException NotReady(WaitResult result, PropertyMap inputs, PropertyMap outputs, PropertyMap? found = null)
    {
        var what = $"{outputs.GetText("kind")} {ObjectIdentity.Of(result.Latest)}";
        return new ResourceInitException(
            SecretText.Redact($"{what} is not ready: {result.Message}", inputs),
            [.. result.Reasons.Select(reason => SecretText.Redact(reason, inputs))])
        {
            Id = ObjectIdentity.Of(result.Latest).ToString(),
            Outputs = outputs,
            Inputs = found,
        };
    }
}
