using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Preview;
using FogInfra.Rollout.Show;
using Pulumi.Automation;
using Pulumi.Automation.Events;

namespace FogInfra.Rollout.Commands;

/// <summary><c>fog drift</c>: what in the clusters is not as the last rollout left it. Changes nothing; <c>fog up --refresh</c> puts it right.</summary>
internal static class DriftCommand
{
    public static Command Create(CommandContext context)
    {
        var fleet = new FleetOptions();
        var engine = RolloutSession.EngineOption();
        var json = JsonOption.Create();
        var command = new Command("drift", "Show what in the clusters is not as the last rollout left it: changed or removed by others. Exits with 1 when there is any.");
        fleet.AddFleetTo(command);
        command.Add(engine);
        command.Add(json);
        command.SetAction(async (arguments, cancellationToken) =>
        {
            if (fleet.Load(arguments, context) is not { } loaded
                || RolloutSession.Open(arguments.GetRequiredValue(engine), loaded.Project, context) is not { } session)
            {
                return ExitCode.Invalid;
            }

            var stacks = session.Workspaces.Known();
            var found = new StackDrift[stacks.Count];
            var options = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, loaded.Fleet.Policy.MaxConcurrent.Of(stacks.Count)), CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(stacks.Index(), options, async (stack, cancellation) =>
                found[stack.Index] = await LookAsync(session, stack.Item, cancellation).ConfigureAwait(false)).ConfigureAwait(false);
            Write(context, found, arguments.GetValue(json));
            return Array.TrueForAll(found, stack => stack.Resources.IsEmpty && stack.Problem is null) ? ExitCode.Success : ExitCode.Failed;
        });
        return command;
    }

    private static async Task<StackDrift> LookAsync(RolloutSession session, StackId stack, CancellationToken cancellationToken)
    {
        var (events, found) = (new StepEvents(), new ConcurrentQueue<StepEventMetadata>());
        using var workspace = await session.Workspaces.OpenAsync(stack, cancellationToken).ConfigureAwait(false);
        try
        {
            using var opened = await WorkspaceStack.SelectAsync(stack.Cluster, workspace, cancellationToken).ConfigureAwait(false);
            await opened.RefreshAsync(new RefreshOptions { PreviewOnly = true, OnEvent = Take }, cancellationToken).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever keeps one stack from being looked at is told of it; the others are looked at all the same.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return new StackDrift(stack, [], events.Errors.FirstOrDefault() ?? exception.Message);
        }

        return new StackDrift(stack, [.. found.Select(Changed).OfType<ResourceDrift>()], null);

        // What a refresh has found is told at the end of its step.
        void Take(EngineEvent @event)
        {
            events.Take(@event);
            if (@event.ResourceOutputsEvent?.Metadata is { } step)
            {
                found.Enqueue(step);
            }
        }
    }

    private static ResourceDrift? Changed(StepEventMetadata step) => step.Op switch
    {
        OperationType.Update => Of(step, "changed", step.DetailedDiff?.Keys ?? step.Diffs ?? Enumerable.Empty<string>()),
        OperationType.Delete => Of(step, "gone", []),
        _ => null,
    };

    private static ResourceDrift Of(StepEventMetadata step, string change, IEnumerable<string> paths) =>
        new($"{step.Type[(step.Type.LastIndexOf(':') + 1)..]} {step.Urn[(step.Urn.LastIndexOf(':') + 1)..]}", change, [.. paths.Order(StringComparer.Ordinal)]);

    private static void Write(CommandContext context, IReadOnlyList<StackDrift> stacks, bool json)
    {
        if (json)
        {
            context.Out.WriteJson(new JsonArray([.. stacks.Select(stack => new JsonObject
            {
                ["application"] = stack.Stack.Application,
                ["cluster"] = stack.Stack.Cluster,
                ["problem"] = stack.Problem,
                ["resources"] = new JsonArray([.. stack.Resources.Select(resource => new JsonObject
                {
                    ["resource"] = resource.Resource,
                    ["change"] = resource.Change,
                    ["fields"] = new JsonArray([.. resource.Fields.Select(field => (JsonNode?)field)]),
                })]),
            })]));
            return;
        }

        var columns = new TextColumns("CLUSTER", "APPLICATION", "RESOURCE", "CHANGE", "FIELDS");
        foreach (var stack in stacks)
        {
            foreach (var resource in stack.Resources)
            {
                columns.Add(stack.Stack.Cluster, stack.Stack.Application, resource.Resource, resource.Change, resource.Fields.IsEmpty ? "-" : string.Join(", ", resource.Fields));
            }

            if (stack.Problem is { } problem)
            {
                columns.Add(stack.Stack.Cluster, stack.Stack.Application, "-", $"not looked at: {problem}", "-");
            }
        }

        columns.Write(context.Out);
        context.Out.Profile.Out.Writer.WriteLine($"{Wording.Count(stacks.Sum(stack => stack.Resources.Length), "resource")} of {Wording.Count(stacks.Count, "stack")} drifted.");
    }

    private sealed record StackDrift(StackId Stack, ImmutableArray<ResourceDrift> Resources, string? Problem);

    private sealed record ResourceDrift(string Resource, string Change, ImmutableArray<string> Fields);
}
