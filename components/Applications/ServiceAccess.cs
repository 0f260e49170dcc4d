using FogInfra.Model;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Rbac.V1;
using Role = Pulumi.Kubernetes.Rbac.V1.Role;
using RoleBinding = Pulumi.Kubernetes.Rbac.V1.RoleBinding;
using ServiceAccount = Pulumi.Kubernetes.Core.V1.ServiceAccount;

namespace FogInfra.Components;

/// <summary>The arguments of a <see cref="ServiceAccess"/>.</summary>
public sealed class ServiceAccessArgs : ResourceArgs
{
    /// <summary>The workload that the service belongs to.</summary>
    public required ClusterWorkload Workload { get; init; }

    /// <summary>The service.</summary>
    public required ServiceWorkload Service { get; init; }

    /// <summary>The namespace, as it is known once it exists.</summary>
    public required Input<string> Namespace { get; init; }
}

/// <summary>
/// As whom a service's pods come to the Kubernetes API: an account of their own, which may do what the service asks for inside its
/// namespace and nothing else. Without such a wish its pods get no token at all.
/// </summary>
public sealed class ServiceAccess : ComponentResource
{
    /// <summary>The type token.</summary>
    public const string Type = "foginfra:applications:ServiceAccess";

    /// <summary>Makes the component.</summary>
    /// <param name="name">The resource's name; unique in its stack.</param>
    /// <param name="args">Whose access it is.</param>
    /// <param name="options">Its options.</param>
    public ServiceAccess(string name, ServiceAccessArgs args, ComponentResourceOptions? options = null)
        : base(Type, name, options)
    {
        ArgumentNullException.ThrowIfNull(args);
        var rules = args.Service.Settings.Access;
        var account = new ServiceAccount(
            name,
            new ServiceAccountArgs { Metadata = MetadataOf(args), AutomountServiceAccountToken = !rules.IsEmpty },
            new CustomResourceOptions { Parent = this });
        AccountName = account.Metadata.Apply(metadata => metadata.Name);
        if (!rules.IsEmpty)
        {
            var role = new Role(
                name, new RoleArgs { Metadata = MetadataOf(args), Rules = rules.Select(ToArgs).ToArray() }, new CustomResourceOptions { Parent = this });
            _ = new RoleBinding(name, BindingOf(args, role), new CustomResourceOptions { Parent = this });
        }

        RegisterOutputs(new Dictionary<string, object?> { ["accountName"] = AccountName });
    }

    /// <summary>The name of the service account, known once it exists.</summary>
    public Output<string> AccountName { get; }

    private RoleBindingArgs BindingOf(ServiceAccessArgs args, Role role) => new()
    {
        Metadata = MetadataOf(args),
        RoleRef = new RoleRefArgs
        {
            ApiGroup = "rbac.authorization.k8s.io",
            Kind = "Role",
            Name = role.Metadata.Apply(metadata => metadata.Name),
        },
        Subjects = new[] { new SubjectArgs { Kind = "ServiceAccount", Name = AccountName, Namespace = args.Namespace } },
    };

    internal static PolicyRuleArgs ToArgs(AccessRule rule)
    {
        var args = new PolicyRuleArgs
        {
            ApiGroups = rule.ApiGroups.ToArray(),
            Resources = rule.Resources.ToArray(),
            Verbs = rule.Verbs.ToArray(),
        };
        if (!rule.Names.IsEmpty)
        {
            args.ResourceNames = rule.Names.ToArray();
        }

        return args;
    }

    private static Pulumi.Kubernetes.Types.Inputs.Meta.V1.ObjectMetaArgs MetadataOf(ServiceAccessArgs args) =>
        Labels.Stable(args.Workload, args.Service, args.Namespace, args.Service.Name);
}
