using System.Globalization;
using FogInfra.Embedded.Engine.State;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.Commands;

/// <summary>Describes a stack for people: what <c>pulumi stack</c> prints.</summary>
internal static class StackDescription
{
    /// <summary>Writes it.</summary>
    public static async Task WriteAsync(CommandContext context, OpenedStack opened, bool showUrns, bool showIds)
    {
        var snapshot = await opened.ReadMaskedSnapshotAsync().ConfigureAwait(false);
        await context.Out.WriteLineAsync($"Current stack is {opened.DisplayName}:").ConfigureAwait(false);
        await context.Out.WriteLineAsync($"    Managed by {System.Environment.MachineName}").ConfigureAwait(false);
        if (snapshot is null)
        {
            await context.Out.WriteLineAsync("    No updates yet; run `pulumi up`").ConfigureAwait(false);
            return;
        }

        await context.Out.WriteLineAsync($"    Last updated: {CommandJson.ToText(snapshot.Manifest.Time)}").ConfigureAwait(false);
        await context.Out.WriteLineAsync($"    Pulumi version used: {snapshot.Manifest.Version}").ConfigureAwait(false);
        await context.Out.WriteLineAsync(
            string.Create(CultureInfo.InvariantCulture, $"Current stack resources ({snapshot.Resources.Length}):")).ConfigureAwait(false);
        await new TextTable("    TYPE", "NAME").WriteAsync(context.Out, snapshot.Resources.Select(resource => new[]
        {
            "    " + new string(' ', 2 * Depth(resource, snapshot)) + resource.Type,
            resource.Urn.Name + (showUrns ? $"  URN: {resource.Urn}" : "") + (showIds && resource.Id.Length > 0 ? $"  ID: {resource.Id}" : ""),
        })).ConfigureAwait(false);
        await context.Out.WriteLineAsync().ConfigureAwait(false);
        await OutputText.WriteAllAsync(context.Out, snapshot.Root?.Outputs ?? PropertyMap.Empty, showSecrets: false).ConfigureAwait(false);
    }

    private static int Depth(ResourceState resource, Snapshot snapshot)
    {
        var depth = 0;
        for (var parent = resource.Parent; parent is not null && depth < snapshot.Resources.Length; depth++)
        {
            parent = snapshot.Resources.FirstOrDefault(other => other.Urn == parent)?.Parent;
        }

        return depth;
    }
}
