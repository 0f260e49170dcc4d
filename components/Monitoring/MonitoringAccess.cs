using System.Collections.Immutable;
using FogInfra.Model;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Kubernetes.Types.Inputs.Rbac.V1;
using ClusterRole = Pulumi.Kubernetes.Rbac.V1.ClusterRole;
using ClusterRoleBinding = Pulumi.Kubernetes.Rbac.V1.ClusterRoleBinding;
using Role = Pulumi.Kubernetes.Rbac.V1.Role;
using RoleBinding = Pulumi.Kubernetes.Rbac.V1.RoleBinding;

namespace FogInfra.Components;

/// <summary>The arguments of a <see cref="MonitoringAccess"/>.</summary>
public sealed class MonitoringAccessArgs : ResourceArgs
{
    /// <summary>The monitoring.</summary>
    public required ClusterWorkload Monitoring { get; init; }

    /// <summary>What is monitored.</summary>
    public required ImmutableArray<MonitoredApplication> Applications { get; init; }

    /// <summary>Whether nodes are asked for metrics.</summary>
    public required bool NodeMetrics { get; init; }
}

/// <summary>
/// What the monitoring may see at the Kubernetes API: in the namespace of each application which pods and Deployments there are, and, if it is
/// to look at nodes, their metrics. Nothing that it may change, and no Secrets.
/// </summary>
public sealed class MonitoringAccess : ComponentResource
{
    /// <summary>The type token.</summary>
    public const string Type = "foginfra:monitoring:MonitoringAccess";

    private const string Group = "rbac.authorization.k8s.io";

    /// <summary>Makes the component.</summary>
    /// <param name="name">The resource's name; unique in its stack.</param>
    /// <param name="args">Who sees what.</param>
    /// <param name="options">Its options.</param>
    public MonitoringAccess(string name, MonitoringAccessArgs args, ComponentResourceOptions? options = null)
        : base(Type, name, options)
    {
        ArgumentNullException.ThrowIfNull(args);
        var child = new CustomResourceOptions { Parent = this };
        foreach (var application in args.Applications.DistinctBy(application => application.Workload.Namespace))
        {
            foreach (var (service, rules) in new[] { (MonitoringParts.Prometheus, MonitoringParts.FindsPods), (MonitoringParts.State, MonitoringParts.SeesWorkloads) })
            {
                var resource = $"{name}-{application.Workload.Application}-{service}";
                ObjectMetaArgs Metadata() => new() { Name = $"{args.Monitoring.Namespace}-{service}", Namespace = application.Namespace, Labels = Labels.OfApplication(args.Monitoring) };
                var role = new Role(resource, new RoleArgs { Metadata = Metadata(), Rules = rules.Select(ServiceAccess.ToArgs).ToArray() }, child);
                _ = new RoleBinding(
                    resource,
                    new RoleBindingArgs
                    {
                        Metadata = Metadata(),
                        RoleRef = new RoleRefArgs { ApiGroup = Group, Kind = "Role", Name = role.Metadata.Apply(metadata => metadata.Name) },
                        Subjects = new[] { Account(args, service) },
                    },
                    child);
            }
        }

        if (args.NodeMetrics)
        {
            ObjectMetaArgs Metadata() => new() { Name = $"foginfra-{args.Monitoring.Namespace}-nodes", Labels = Labels.OfApplication(args.Monitoring) };
            var role = new ClusterRole(
                $"{name}-nodes",
                new ClusterRoleArgs
                {
                    Metadata = Metadata(),
                    Rules = new[]
                    {
                        new PolicyRuleArgs { ApiGroups = new[] { "" }, Resources = new[] { "nodes" }, Verbs = new[] { "get", "list", "watch" } },
                        new PolicyRuleArgs { ApiGroups = new[] { "" }, Resources = new[] { "nodes/proxy" }, Verbs = new[] { "get" } },
                    },
                },
                child);
            _ = new ClusterRoleBinding(
                $"{name}-nodes",
                new ClusterRoleBindingArgs
                {
                    Metadata = Metadata(),
                    RoleRef = new RoleRefArgs { ApiGroup = Group, Kind = "ClusterRole", Name = role.Metadata.Apply(metadata => metadata.Name) },
                    Subjects = new[] { Account(args, MonitoringParts.Prometheus) },
                },
                child);
        }

        RegisterOutputs();
    }

    // A binding may name an account that is not there yet.
    private static SubjectArgs Account(MonitoringAccessArgs args, string service) =>
        new() { Kind = "ServiceAccount", Name = service, Namespace = args.Monitoring.Namespace };
}
