using System.Collections.Immutable;
using FogInfra.Embedded.Engine.Deploying;
using FogInfra.Embedded.Engine.Providers;
using FogInfra.Embedded.Engine.State;
using FogInfra.Embedded.Engine.Values;
using FogInfra.Embedded.Protocol.Messages;
using FogInfra.Embedded.Protocol.Rpc;
using FogInfra.Embedded.Protocol.Values;
using Google.Protobuf.WellKnownTypes;

namespace FogInfra.Embedded.Engine.Monitor;

/// <summary>Reads the requests of programs: what they want, in the engine's own terms. The provider is resolved elsewhere.</summary>
internal sealed class GoalReader(string rootDirectory, AssetHashes hashes, RequestUrns urns)
{
    private readonly PropertyNames _names = new();

    /// <summary>Reads a registration, with what it inherits from its parent.</summary>
    /// <exception cref="RpcException">The request is malformed, or asks for what this engine does not have.</exception>
    public Goal Read(RegisterResourceRequest request, Goal? parent)
    {
        ThrowIfUnsupported(request);
        var isProvider = request.Custom && ProviderReference.IsProviderType(request.Type);
        if (request.Custom && request.Type.Split(':').Length != 3)
        {
            throw Invalid($"Type '{request.Type}' is not a valid type token (must have format '*:*:*')");
        }

        var inputs = ReadInputs(request.Object, request.Name);
        var dependencies = urns.ReadAll(request.Dependencies, "dependency");
        return new Goal
        {
            Type = request.Type,
            Name = request.Name,
            Custom = request.Custom,
            Parent = urns.ReadOptional(request.Parent, "parent"),
            Inputs = isProvider ? ProviderInputs.With(inputs, request.Version, request.PluginDownloadURL) : inputs,
            Dependencies = dependencies,
            PropertyDependencies = ReadPropertyDependencies(request, inputs, dependencies),
            Protect = request.HasProtect ? request.Protect : parent?.Protect,
            RetainOnDelete = request.HasRetainOnDelete ? request.RetainOnDelete : parent?.RetainOnDelete,
            DeletedWith = urns.ReadOptional(request.DeletedWith, "deletedWith") ?? parent?.DeletedWith,
            ReplaceWith = urns.ReadAll(request.ReplaceWith, "replaceWith"),
            ReplacementTrigger = request.ReplacementTrigger is { } trigger ? WireValues.WithoutOutputs(WireCodec.FromValue(trigger, _names)) : null,
            DeleteBeforeReplace = request.DeleteBeforeReplaceDefined || request.DeleteBeforeReplace ? request.DeleteBeforeReplace : null,
            IgnoreChanges = [.. request.IgnoreChanges],
            ReplaceOnChanges = [.. request.ReplaceOnChanges],
            HideDiff = [.. request.HideDiffs],
            AdditionalSecretOutputs = [.. request.AdditionalSecretOutputs],
            Aliases = [.. request.AliasURNs.Select(urn => new AliasSpec { Urn = urns.Read(urn, "alias") }), .. request.Aliases.Select(ReadAlias)],
            ImportId = request.ImportId,
            Timeouts = ReadTimeouts(request.CustomTimeouts),
            Hooks = ReadHooks(request.Hooks),
            SourcePosition = ReadPosition(request.SourcePosition),
            StackTrace = [.. (request.StackTrace?.Frames ?? []).Select(frame => ReadPosition(frame.Pc)).Where(text => text.Length > 0)],
        };
    }

    /// <summary>Reads a request to read a resource.</summary>
    /// <param name="request">The request.</param>
    /// <param name="stack">The stack's bare name.</param>
    /// <param name="project">The project.</param>
    /// <exception cref="RpcException">The request is malformed.</exception>
    public ResourceState Read(ReadResourceRequest request, string stack, string project)
    {
        var parent = urns.ReadOptional(request.Parent, "parent");
        return new ResourceState
        {
            Urn = Urn.Create(stack, project, parent, request.Type, request.Name),
            Type = request.Type,
            Custom = true,
            External = true,
            Id = request.Id.Length > 0 ? request.Id : throw Invalid($"resource '{request.Name}' cannot be read without an id"),
            Inputs = ReadInputs(request.Properties, request.Name),
            Parent = parent,
            Dependencies = urns.ReadAll(request.Dependencies, "dependency"),
            AdditionalSecretOutputs = [.. request.AdditionalSecretOutputs],
            SourcePosition = ReadPosition(request.SourcePosition),
        };
    }

    private PropertyMap ReadInputs(Struct? wire, string name)
    {
        try
        {
            return hashes.Fill(WireValues.FromRequest(wire, _names));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Invalid($"resource '{name}': could not read an asset: {exception.Message}");
        }
    }

    private static void ThrowIfUnsupported(RegisterResourceRequest request)
    {
        if (request.StateMigrations.Count > 0)
        {
            throw new RpcException(
                RpcStatusCode.Unimplemented, $"resource '{request.Name}' [{request.Type}]: state migrations are not supported by this engine");
        }
    }

    private static ResourceHooks ReadHooks(RegisterResourceRequest.Types.ResourceHooksBinding? hooks) => hooks is null ? ResourceHooks.None : new ResourceHooks(
    [
        KeyValuePair.Create(ResourceHooks.BeforeCreate, hooks.BeforeCreate.ToImmutableArray()),
        KeyValuePair.Create(ResourceHooks.AfterCreate, hooks.AfterCreate.ToImmutableArray()),
        KeyValuePair.Create(ResourceHooks.BeforeUpdate, hooks.BeforeUpdate.ToImmutableArray()),
        KeyValuePair.Create(ResourceHooks.AfterUpdate, hooks.AfterUpdate.ToImmutableArray()),
        KeyValuePair.Create(ResourceHooks.BeforeDelete, hooks.BeforeDelete.ToImmutableArray()),
        KeyValuePair.Create(ResourceHooks.AfterDelete, hooks.AfterDelete.ToImmutableArray()),
        KeyValuePair.Create(ResourceHooks.OnError, hooks.OnError.ToImmutableArray()),
    ]);

    // A program that does not say what each input depends on is taken to mean everything for each of them.
    private ImmutableSortedDictionary<string, ImmutableArray<Urn>> ReadPropertyDependencies(
        RegisterResourceRequest request, PropertyMap inputs, ImmutableArray<Urn> dependencies) => request.PropertyDependencies.Count > 0
        ? request.PropertyDependencies.ToImmutableSortedDictionary(
            item => _names.Share(item.Key), item => urns.ReadAll(item.Value.Urns, $"dependency of '{item.Key}'"), StringComparer.Ordinal)
        : inputs.Names.ToImmutableSortedDictionary(name => name, _ => dependencies, StringComparer.Ordinal);

    private AliasSpec ReadAlias(Alias alias)
    {
        if (alias.AliasCase == Alias.AliasOneofCase.Urn)
        {
            return new AliasSpec { Urn = urns.Read(alias.Urn, "alias") };
        }

        var spec = alias.Spec;
        return new AliasSpec
        {
            Name = spec.Name,
            Type = spec.Type,
            Stack = spec.Stack,
            Project = spec.Project,
            Parent = spec.ParentCase == Alias.Types.Spec.ParentOneofCase.ParentUrn ? urns.ReadOptional(spec.ParentUrn, "alias parent") : null,
            NoParent = spec.ParentCase == Alias.Types.Spec.ParentOneofCase.NoParent && spec.NoParent,
        };
    }

    private static CustomTimeouts ReadTimeouts(RegisterResourceRequest.Types.CustomTimeouts? timeouts)
    {
        try
        {
            return timeouts is null ? CustomTimeouts.None : new CustomTimeouts(
                CustomTimeouts.ParseDuration(timeouts.Create),
                CustomTimeouts.ParseDuration(timeouts.Update),
                CustomTimeouts.ParseDuration(timeouts.Delete),
                CustomTimeouts.ParseDuration(timeouts.Read));
        }
        catch (FormatException exception)
        {
            throw Invalid($"custom timeouts: {exception.Message}");
        }
    }

    // Kept relative to the project, so that a state does not name folders of somebody's machine.
    private string ReadPosition(SourcePosition? position)
    {
        if (position is null || !Uri.TryCreate(position.Uri, UriKind.Absolute, out var uri) || !uri.IsFile)
        {
            return "";
        }

        var relative = Path.GetRelativePath(rootDirectory, uri.LocalPath).Replace('\\', '/');
        if (relative.StartsWith("../", StringComparison.Ordinal))
        {
            return "";
        }

        return $"project:///{relative}#{position.Line}" + (position.Column > 0 ? $",{position.Column}" : "");
    }

    private static RpcException Invalid(string message) => new(RpcStatusCode.InvalidArgument, message);
}
