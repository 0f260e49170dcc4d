using System.Collections.Immutable;
using FogInfra.Embedded.Engine.Providers;
using FogInfra.Embedded.Engine.State;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.Deploying;

/// <summary>A resource that exists and is to come under management.</summary>
internal sealed record ImportedResource
{
    /// <summary>Its type.</summary>
    public required string Type { get; init; }

    /// <summary>The name that it gets.</summary>
    public required string Name { get; init; }

    /// <summary>The id that its provider knows it by; empty for a component.</summary>
    public string Id { get; init; } = "";

    /// <summary>Its parent; null for the stack.</summary>
    public Urn? Parent { get; init; }

    /// <summary>The provider resource that manages it; null for the default one.</summary>
    public Urn? Provider { get; init; }

    /// <summary>The version of the provider, or empty.</summary>
    public string Version { get; init; } = "";

    /// <summary>Where the provider's plugin can be had, or empty.</summary>
    public string PluginDownloadUrl { get; init; } = "";

    /// <summary>It is a component, of which nothing is read.</summary>
    public bool IsComponent { get; init; }

    /// <summary>It must not be deleted.</summary>
    public bool Protect { get; init; }
}

/// <summary>Takes over resources that exist, as their providers describe them. What the stack has otherwise stays as it is.</summary>
internal sealed class Importer(DeploymentContext context, Registrar registrar, DefaultProviders defaults)
{
    /// <summary>Imports all, one after the other: a parent may be among them. Failures are told as they happen.</summary>
    public async Task RunAsync(ImmutableArray<ImportedResource> resources)
    {
        await registrar.RegisterAsync(new Goal { Type = Urn.StackType, Name = context.RootUrn.Name, Custom = false }).ConfigureAwait(false);
        foreach (var resource in resources)
        {
            if (context.Control.Stopping.IsCancellationRequested)
            {
                return;
            }

            try
            {
                await ImportAsync(resource).ConfigureAwait(false);
            }
            catch (RegistrationException exception)
            {
                if (!exception.IsReported)
                {
                    context.Diagnostics.Error(null, exception.Message);
                }

                context.Control.Fail(context.Options.ContinueOnError);
            }
        }
    }

    private async Task ImportAsync(ImportedResource resource)
    {
        var goal = new Goal
        {
            Type = resource.Type,
            Name = resource.Name,
            Custom = !resource.IsComponent,
            Parent = resource.Parent ?? context.RootUrn,
            Protect = resource.Protect,
            ImportId = resource.Id,
        };
        var urn = Urn.Create(context.Stack, context.Project, goal.Parent, goal.Type, goal.Name);
        if (context.Prior.Find(urn) is { } existing && existing.State.Id != resource.Id)
        {
            throw new RegistrationException($"resource '{urn}' already exists");
        }

        if (resource.IsComponent)
        {
            await registrar.RegisterAsync(goal).ConfigureAwait(false);
            return;
        }

        if (await FindProviderAsync(resource, urn).ConfigureAwait(false) is { } provider)
        {
            await registrar.ImportAsync(goal with { Provider = provider }).ConfigureAwait(false);
        }
    }

    private async Task<ProviderReference?> FindProviderAsync(ImportedResource resource, Urn urn)
    {
        if (resource.Provider is not { } wanted)
        {
            var request = new ProviderRequest(resource.Type.Split(':')[0], resource.Version, resource.PluginDownloadUrl);
            return await defaults.GetAsync(request, urn.ToString()).ConfigureAwait(false);
        }

        return context.Prior.Find(wanted) is { State: { IsProvider: true } state }
            ? DefaultProviders.ToReference(state)
            : throw new RegistrationException($"unknown provider '{wanted}' for resource '{urn}'");
    }
}
