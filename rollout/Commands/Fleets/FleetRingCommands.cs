using System.CommandLine;
using System.Text.Json.Nodes;
using FogInfra.Model;
using FogInfra.Rollout.Show;

namespace FogInfra.Rollout.Commands;

/// <summary><c>fog fleet ring</c>.</summary>
internal static class FleetRingCommands
{
    public static Command Create(CommandContext context) => new("ring", "The rings of the fleet.") { List(context) };

    private static Command List(CommandContext context) => FleetCommand.Show<Fleet>(
        "list",
        "List the rings, in the order in which a rollout takes them.",
        [],
        context,
        (_, loaded) => loaded.Fleet,
        fleet => new JsonArray([.. fleet.Rings.Select(ring => new JsonObject
        {
            ["name"] = ring.Name,
            ["clusters"] = new JsonArray([.. fleet.ClustersOf(ring).Select(cluster => JsonValue.Create(cluster.Name))]),
        })]),
        fleet =>
        {
            var columns = new TextColumns("RING", "CLUSTERS");
            foreach (var ring in fleet.Rings)
            {
                columns.Add(ring.Name, string.Join(", ", fleet.ClustersOf(ring).Select(cluster => cluster.Name).DefaultIfEmpty("-")));
            }

            columns.Write(context.Out);
        });
}
