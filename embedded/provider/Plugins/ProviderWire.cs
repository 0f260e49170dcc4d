using System.Collections.Immutable;
using FogInfra.Embedded.Protocol.Rpc;
using FogInfra.Embedded.Protocol.Values;
using Google.Protobuf.WellKnownTypes;
using Wire = FogInfra.Embedded.Protocol.Messages;

namespace FogInfra.Embedded.Provider.Plugins;

/// <summary>The provider model's values and outcomes as messages of Pulumi's protocol.</summary>
internal static class ProviderWire
{
    // What a receiver does not understand was taken out before.
    public static Struct ToStruct(PropertyMap map) => WireCodec.ToStruct(map, WireOptions.NoOutputs);

    public static double ToSeconds(TimeSpan? timeout) => timeout?.TotalSeconds ?? 0;

    public static TimeSpan? ToTimeout(double seconds) => seconds > 0 ? TimeSpan.FromSeconds(seconds) : null;

    public static CheckResult ToResult(Wire.CheckResponse response) => new(
        WireCodec.FromStruct(response.Inputs),
        [.. response.Failures.Select(failure => new CheckFailure(failure.Property, failure.Reason))]);

    public static Wire.CheckResponse ToMessage(CheckResult result) => new()
    {
        Inputs = ToStruct(result.Inputs),
        Failures = { result.Failures.Select(ToMessage) },
    };

    public static Wire.CheckFailure ToMessage(CheckFailure failure) => new() { Property = failure.Property, Reason = failure.Reason };

    public static DiffResult ToResult(Wire.DiffResponse response) => new()
    {
        Changes = (DiffChanges)response.Changes,
        Replaces = [.. response.Replaces],
        Stables = [.. response.Stables],
        Diffs = [.. response.Diffs],
        DeleteBeforeReplace = response.DeleteBeforeReplace,
        DetailedDiff = response.HasDetailedDiff || response.DetailedDiff.Count > 0
            ? response.DetailedDiff.ToImmutableSortedDictionary(
                item => item.Key, item => new PropertyDiff((PropertyDiffKind)item.Value.Kind, item.Value.InputDiff), StringComparer.Ordinal)
            : null,
    };

    public static Wire.DiffResponse ToMessage(DiffResult result)
    {
        var response = new Wire.DiffResponse
        {
            Changes = (Wire.DiffResponse.Types.DiffChanges)result.Changes,
            Replaces = { result.Replaces },
            Stables = { result.Stables },
            Diffs = { result.Diffs },
            DeleteBeforeReplace = result.DeleteBeforeReplace,
            HasDetailedDiff = result.DetailedDiff is not null,
        };
        foreach (var (path, diff) in result.DetailedDiff ?? ImmutableSortedDictionary<string, PropertyDiff>.Empty)
        {
            response.DetailedDiff.Add(path, new Wire.PropertyDiff { Kind = (Wire.PropertyDiff.Types.Kind)diff.Kind, InputDiff = diff.InputDiff });
        }

        return response;
    }

    /// <summary>The exception that a failed call means.</summary>
    /// <param name="exception">How it failed.</param>
    /// <param name="method">The call.</param>
    public static Exception ToException(RpcException exception, string method)
    {
        if (exception.GetDetail<Wire.ErrorResourceInitFailed>() is { } failed)
        {
            return new ResourceInitException(exception.Message, [.. failed.Reasons])
            {
                Id = failed.Id,
                Outputs = WireCodec.FromStruct(failed.Properties),
                Inputs = failed.Inputs is null ? null : WireCodec.FromStruct(failed.Inputs),
            };
        }

        return exception.Code switch
        {
            RpcStatusCode.Unimplemented => new NotSupportedException($"the provider does not implement {method}: {exception.Message}", exception),
            RpcStatusCode.Internal or RpcStatusCode.DataLoss or RpcStatusCode.Unknown => new ProviderException(Describe(exception), exception) { StateUnknown = true },
            _ => new ProviderException(Describe(exception), exception),
        };
    }

    /// <summary>The status that a failure of a provider becomes.</summary>
    public static RpcException ToStatus(Exception exception) => exception switch
    {
        ResourceInitException failed => RpcException.WithDetail(
            RpcStatusCode.Unknown,
            failed.Message,
            new Wire.ErrorResourceInitFailed
            {
                Id = failed.Id,
                Properties = ToStruct(failed.Outputs),
                Inputs = failed.Inputs is null ? null : ToStruct(failed.Inputs),
                Reasons = { failed.Reasons },
            }),
        ProviderException { StateUnknown: false } => new RpcException(RpcStatusCode.FailedPrecondition, exception.Message),
        NotSupportedException => new RpcException(RpcStatusCode.Unimplemented, exception.Message),
        _ => new RpcException(RpcStatusCode.Unknown, exception.Message),
    };

    private static string Describe(RpcException exception)
    {
        var missing = exception.GetDetail<Wire.ConfigureErrorMissingKeys>()?.MissingKeys ?? [];
        var properties = exception.GetDetail<Wire.InputPropertiesError>()?.Errors ?? [];
        return exception.Message
            + string.Concat(missing.Select(key => $"\n  missing configuration '{key.Name}': {key.Description}"))
            + string.Concat(properties.Select(property => $"\n\t\t- property {property.PropertyPath} with value has a problem: {property.Reason}"));
    }
}
