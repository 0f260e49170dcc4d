using FogInfra.Embedded.Engine.Deploying;
using FogInfra.Embedded.Protocol.Messages;
using FogInfra.Embedded.Protocol.Values;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;

namespace FogInfra.Embedded.Engine.Monitor;

/// <summary>Registrations and invokes as transforms see and change them.</summary>
internal static class TransformMessages
{
    /// <summary>A registration for a transform.</summary>
    public static TransformRequest ToTransform(RegisterResourceRequest request) => new()
    {
        Type = request.Type,
        Name = request.Name,
        Custom = request.Custom,
        Parent = request.Parent,
        Properties = request.Object ?? new Struct(),
        Options = ToOptions(request),
    };

    /// <summary>
    /// A registration with what it inherits put in: SDKs send options that were not set back as set to false, and what a parent hands
    /// down would be lost by that.
    /// </summary>
    public static RegisterResourceRequest WithInherited(RegisterResourceRequest request, Goal? parent)
    {
        var result = request.Clone();
        if (!result.HasProtect && parent?.Protect is { } protect)
        {
            result.Protect = protect;
        }

        if (!result.HasRetainOnDelete && parent?.RetainOnDelete is { } retain)
        {
            result.RetainOnDelete = retain;
        }

        return result;
    }

    /// <summary>An invoke for a transform.</summary>
    public static TransformInvokeRequest ToTransform(ResourceInvokeRequest request) => new()
    {
        Token = request.Tok,
        Args = request.Args ?? new Struct(),
        Options = new TransformInvokeOptions
        {
            Provider = request.Provider,
            PluginDownloadUrl = request.PluginDownloadURL,
            Version = request.Version,
            PluginChecksums = { request.PluginChecksums },
        },
    };

    /// <summary>A registration as a transform wants it.</summary>
    public static RegisterResourceRequest Merge(RegisterResourceRequest request, TransformResponse response)
    {
        var result = request.Clone();
        if (response.Options is { } options)
        {
            SetOptions(result, request, options);
        }

        if (response.Properties is { } properties)
        {
            result.Object = properties;
            SetDependencies(result, request);
        }

        return result;
    }

    /// <summary>An invoke as a transform wants it.</summary>
    public static ResourceInvokeRequest Merge(ResourceInvokeRequest request, TransformInvokeResponse response)
    {
        var result = request.Clone();
        result.Args = response.Args ?? request.Args;
        if (response.Options is { } options)
        {
            result.Provider = options.Provider;
            result.PluginDownloadURL = options.PluginDownloadUrl;
            result.Version = options.Version;
            Replace(result.PluginChecksums, options.PluginChecksums);
        }

        return result;
    }

    private static TransformResourceOptions ToOptions(RegisterResourceRequest request)
    {
        var options = new TransformResourceOptions
        {
            DependsOn = { request.Dependencies },
            IgnoreChanges = { request.IgnoreChanges },
            ReplaceOnChanges = { request.ReplaceOnChanges },
            Version = request.Version,
            Aliases = { request.Aliases, request.AliasURNs.Select(urn => new Alias { Urn = urn }) },
            Provider = request.Provider,
            CustomTimeouts = request.CustomTimeouts,
            PluginDownloadUrl = request.PluginDownloadURL,
            DeletedWith = request.DeletedWith,
            AdditionalSecretOutputs = { request.AdditionalSecretOutputs },
            Providers = { request.Providers },
            PluginChecksums = { request.PluginChecksums },
            Hooks = request.Hooks,
            Import = request.ImportId,
            HideDiff = { request.HideDiffs },
            ReplaceWith = { request.ReplaceWith },
            ReplacementTrigger = request.ReplacementTrigger,
        };
        if (request.HasProtect)
        {
            options.Protect = request.Protect;
        }

        if (request.HasRetainOnDelete)
        {
            options.RetainOnDelete = request.RetainOnDelete;
        }

        if (request.DeleteBeforeReplaceDefined || request.DeleteBeforeReplace)
        {
            options.DeleteBeforeReplace = request.DeleteBeforeReplace;
        }

        return options;
    }

    private static void SetOptions(RegisterResourceRequest result, RegisterResourceRequest request, TransformResourceOptions options)
    {
        Replace(result.Dependencies, options.DependsOn);
        Replace(result.IgnoreChanges, options.IgnoreChanges);
        Replace(result.ReplaceOnChanges, options.ReplaceOnChanges);
        Replace(result.Aliases, options.Aliases);
        result.AliasURNs.Clear(); // They came back among the others.
        Replace(result.AdditionalSecretOutputs, options.AdditionalSecretOutputs);
        Replace(result.HideDiffs, options.HideDiff);
        Replace(result.ReplaceWith, options.ReplaceWith);
        Replace(result.Providers, options.Providers);
        Replace(result.PluginChecksums, options.PluginChecksums);
        result.Version = options.Version;
        result.Provider = options.Provider;
        result.CustomTimeouts = options.CustomTimeouts;
        result.PluginDownloadURL = options.PluginDownloadUrl;
        result.DeletedWith = options.DeletedWith;
        result.Hooks = options.Hooks;
        result.ImportId = options.Import;
        result.ReplacementTrigger = options.ReplacementTrigger;
        result.DeleteBeforeReplace = options.DeleteBeforeReplace;
        // An SDK says "false" of what it was told nothing of; the provider's wish would be lost if that counted.
        result.DeleteBeforeReplaceDefined = options.HasDeleteBeforeReplace && (options.DeleteBeforeReplace || request.DeleteBeforeReplaceDefined);
        result.ClearProtect();
        if (options.HasProtect)
        {
            result.Protect = options.Protect;
        }

        result.ClearRetainOnDelete();
        if (options.HasRetainOnDelete)
        {
            result.RetainOnDelete = options.RetainOnDelete;
        }
    }

    // What a property depended on it still does; what a transform has put in says by itself where it comes from.
    private static void SetDependencies(RegisterResourceRequest result, RegisterResourceRequest before)
    {
        if (before.PropertyDependencies.Count == 0 && before.Dependencies.Count > 0)
        {
            return; // Everything depends on everything, and still does.
        }

        result.PropertyDependencies.Clear();
        foreach (var (name, value) in WireCodec.FromStruct(result.Object))
        {
            var urns = new SortedSet<string>(StringComparer.Ordinal);
            if (before.PropertyDependencies.TryGetValue(name, out var known))
            {
                urns.UnionWith(known.Urns);
            }

            value.Any(part =>
            {
                urns.UnionWith(part is PropertyValue.Output { Dependencies.IsDefaultOrEmpty: false } output ? output.Dependencies : []);
                return false;
            });
            result.PropertyDependencies.Add(name, new RegisterResourceRequest.Types.PropertyDependencies { Urns = { urns } });
            result.Dependencies.AddRange(urns.Except(result.Dependencies, StringComparer.Ordinal).ToArray());
        }
    }

    private static void Replace<T>(RepeatedField<T> field, RepeatedField<T> values)
    {
        field.Clear();
        field.AddRange(values);
    }

    private static void Replace<TKey, TValue>(MapField<TKey, TValue> field, MapField<TKey, TValue> values)
        where TKey : notnull
    {
        field.Clear();
        field.Add(values);
    }
}
