using System.Text.Json.Nodes;
using Pulumi;

namespace FogInfra.Components;

/// <summary>Who is told of alerts. What is null is not told. All of it goes into a Secret only.</summary>
public sealed record AlertReceivers
{
    /// <summary>The address of a Slack channel's incoming webhook.</summary>
    public Input<string>? SlackWebhook { get; init; }

    /// <summary>The integration key of a PagerDuty service (Events API v2). It is told of critical alerts only.</summary>
    public Input<string>? PagerDutyKey { get; init; }

    /// <summary>The address of a server that takes Alertmanager's own notifications.</summary>
    public Input<string>? Webhook { get; init; }

    /// <summary>Whether anybody is told.</summary>
    internal bool IsEmpty => SlackWebhook is null && PagerDutyKey is null && Webhook is null;

    /// <summary>The configuration of Alertmanager.</summary>
    internal Output<string> Configuration()
    {
        Input<string> none = "";
        return Output.Tuple(SlackWebhook ?? none, PagerDutyKey ?? none, Webhook ?? none)
            .Apply(known => Text(known.Item1, known.Item2, known.Item3));
    }

    /// <summary>The configuration's text. It is JSON, which is YAML too.</summary>
    internal static string Text(string slack, string pagerDuty, string webhook)
    {
        var all = new JsonObject { ["name"] = "all" };
        if (slack.Length > 0)
        {
            all["slack_configs"] = new JsonArray(new JsonObject { ["api_url"] = slack, ["send_resolved"] = true });
        }

        if (webhook.Length > 0)
        {
            all["webhook_configs"] = new JsonArray(new JsonObject { ["url"] = webhook, ["send_resolved"] = true });
        }

        var receivers = new JsonArray(all);
        var routes = new JsonArray();
        if (pagerDuty.Length > 0)
        {
            receivers.Add(new JsonObject
            {
                ["name"] = "critical",
                ["pagerduty_configs"] = new JsonArray(new JsonObject { ["routing_key"] = pagerDuty }),
            });
            routes.Add(new JsonObject { ["receiver"] = "critical", ["matchers"] = new JsonArray("severity=\"critical\""), ["continue"] = true });
            routes.Add(new JsonObject { ["receiver"] = "all" });
        }

        return Json.Text(new JsonObject
        {
            ["route"] = new JsonObject
            {
                ["receiver"] = "all",
                ["group_by"] = new JsonArray("application", "service", "alertname"),
                ["routes"] = routes,
            },
            ["receivers"] = receivers,

            // While nothing of a service answers, that some of it is missing is no news.
            ["inhibit_rules"] = new JsonArray(new JsonObject
            {
                ["source_matchers"] = new JsonArray("severity=\"critical\""),
                ["target_matchers"] = new JsonArray("severity=\"warning\""),
                ["equal"] = new JsonArray("application", "service"),
            }),
        });
    }
}
