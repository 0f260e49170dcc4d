using FogInfra.Model;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace FogInfra.Components;

/// <summary>Containers of the model as arguments of Pulumi's Kubernetes types. Plain functions over plain values.</summary>
internal static class PodContainers
{
    /// <summary>A container of a service.</summary>
    /// <param name="container">The container.</param>
    /// <param name="service">The service.</param>
    /// <param name="given">What its pods take from objects around them.</param>
    /// <param name="security">What pods of the namespace may do on their nodes.</param>
    /// <param name="defaults">What holds on the layer.</param>
    public static ContainerArgs ToArgs(
        Container container, ServiceWorkload service, PodSurroundings given, PodSecurity security, LayerDefaults defaults)
    {
        var args = new ContainerArgs
        {
            Name = container.Name,
            Image = container.Image,
            Ports = container.Ports.Select(ToArgs).ToArray(),
            Env = EnvironmentOf(container, service, given).ToArray(),
            EnvFrom = EnvironmentSourcesOf(container, given).ToArray(),
            VolumeMounts = PodVolumes.MountsOf(container, service).ToArray(),
            Resources = ToArgs(WithDefaults(container.Resources, defaults)),
        };
        if (container.ImagePullPolicy is { } policy)
        {
            args.ImagePullPolicy = policy;
        }

        if (container.WorkingDir is { } directory)
        {
            args.WorkingDir = directory;
        }

        if (!container.Command.IsEmpty)
        {
            args.Command = container.Command.ToArray();
        }

        if (!container.Args.IsEmpty)
        {
            args.Args = container.Args.ToArray();
        }

        if (SecurityOf(container.SecurityContext, security) is { } context)
        {
            args.SecurityContext = context;
        }

        args.LivenessProbe = ToInput(container.LivenessProbe);
        args.ReadinessProbe = ToInput(container.ReadinessProbe);
        args.StartupProbe = ToInput(container.StartupProbe);
        return args;
    }

    /// <summary>A port by number or by name.</summary>
    public static InputUnion<int, string> ToPort(string port) => int.TryParse(port, out var number) ? number : port;

    private static ContainerPortArgs ToArgs(ContainerPort port)
    {
        // The protocol is spelled out: it is a key of the list, and old API servers refuse an apply that omits it.
        var args = new ContainerPortArgs { ContainerPortValue = port.Number, Protocol = port.Protocol };
        if (port.Name is { } name)
        {
            args.Name = name;
        }

        return args;
    }

    // What a container says itself comes first; of what is given by the service, only what it does not.
    private static IEnumerable<EnvVarArgs> EnvironmentOf(Container container, ServiceWorkload service, PodSurroundings given)
    {
        var own = container.Env.Select(variable => variable.Name).ToHashSet(StringComparer.Ordinal);
        var endpoints = given.Endpoints
            .Where(endpoint => !own.Contains(endpoint.Key) && !service.Settings.Config.ContainsKey(endpoint.Key))
            .Select(endpoint => new EnvVarArgs { Name = endpoint.Key, Value = endpoint.Value });
        var secrets = service.Settings.Secrets
            .Where(secret => secret.Value.Path is null && !own.Contains(secret.Key) && given.Secrets is not null)
            .Select(secret => new EnvVarArgs
            {
                Name = secret.Key,
                ValueFrom = new EnvVarSourceArgs { SecretKeyRef = new SecretKeySelectorArgs { Name = given.Secrets!, Key = secret.Key } },
            });
        return [.. container.Env.Select(ToArgs), .. endpoints, .. secrets];
    }

    private static IEnumerable<EnvFromSourceArgs> EnvironmentSourcesOf(Container container, PodSurroundings given)
    {
        if (given.Configuration is { } configuration)
        {
            yield return new EnvFromSourceArgs { ConfigMapRef = new ConfigMapEnvSourceArgs { Name = configuration } };
        }

        foreach (var source in container.EnvFrom)
        {
            var args = source.Kind == ValueSourceKind.Secret
                ? new EnvFromSourceArgs { SecretRef = new SecretEnvSourceArgs { Name = source.Name } }
                : new EnvFromSourceArgs { ConfigMapRef = new ConfigMapEnvSourceArgs { Name = source.Name } };
            if (source.Prefix is { } prefix)
            {
                args.Prefix = prefix;
            }

            yield return args;
        }
    }

    // A container that says nothing of a resource gets what is usual on its layer; one that says something is taken at its word.
    private static Resources WithDefaults(Resources resources, LayerDefaults defaults)
    {
        bool Said(string name) => resources.Requests.ContainsKey(name) || resources.Limits.ContainsKey(name);
        return new Resources
        {
            Requests = resources.Requests.AddRange(defaults.Requests.Where(request => !Said(request.Key))),
            Limits = resources.Limits.AddRange(defaults.Limits.Where(limit => !Said(limit.Key))),
        };
    }

    private static SecurityContextArgs? SecurityOf(ContainerSecurity? own, PodSecurity security)
    {
        if (own is null && security == PodSecurity.Privileged)
        {
            return null;
        }

        var args = new SecurityContextArgs
        {
            RunAsUser = ToInput(own?.RunAsUser),
            RunAsGroup = ToInput(own?.RunAsGroup),
            RunAsNonRoot = ToInput(own?.RunAsNonRoot),
            ReadOnlyRootFilesystem = ToInput(own?.ReadOnlyRootFilesystem),
            Privileged = ToInput(own?.Privileged),

            // Kubernetes refuses a privileged container that may not escalate.
            AllowPrivilegeEscalation = ToInput(own?.AllowPrivilegeEscalation ?? (security == PodSecurity.Privileged || own?.Privileged == true ? null : false)),
        };
        var drop = own is { DropCapabilities.IsEmpty: false } ? own.DropCapabilities : security == PodSecurity.Restricted ? ["ALL"] : [];
        if (!drop.IsEmpty || own is { AddCapabilities.IsEmpty: false })
        {
            args.Capabilities = new CapabilitiesArgs { Add = own?.AddCapabilities.ToArray() ?? [], Drop = drop.ToArray() };
        }

        return args;
    }

    private static EnvVarArgs ToArgs(EnvironmentVariable variable)
    {
        var args = new EnvVarArgs { Name = variable.Name };
        if (variable.From is { } source)
        {
            args.ValueFrom = ToArgs(source);
        }
        else
        {
            args.Value = variable.Value ?? "";
        }

        return args;
    }

    private static EnvVarSourceArgs ToArgs(ValueSource source) => source.Kind switch
    {
        ValueSourceKind.ConfigMap => new EnvVarSourceArgs
        {
            ConfigMapKeyRef = new ConfigMapKeySelectorArgs { Name = source.Name, Key = source.Key },
        },
        ValueSourceKind.Secret => new EnvVarSourceArgs { SecretKeyRef = new SecretKeySelectorArgs { Name = source.Name, Key = source.Key } },
        ValueSourceKind.Field => new EnvVarSourceArgs { FieldRef = new ObjectFieldSelectorArgs { FieldPath = source.Key } },
        _ => throw new ArgumentOutOfRangeException(nameof(source), source.Kind, null),
    };

    private static ResourceRequirementsArgs ToArgs(Resources resources) => new()
    {
        Requests = resources.Requests.ToDictionary(),
        Limits = resources.Limits.ToDictionary(),
    };

    private static Input<ProbeArgs>? ToInput(Probe? probe)
    {
        if (probe is null)
        {
            return null;
        }

        return ToArgs(probe);
    }

    private static ProbeArgs ToArgs(Probe probe)
    {
        var args = new ProbeArgs
        {
            InitialDelaySeconds = ToInput(probe.InitialDelaySeconds),
            PeriodSeconds = ToInput(probe.PeriodSeconds),
            TimeoutSeconds = ToInput(probe.TimeoutSeconds),
            SuccessThreshold = ToInput(probe.SuccessThreshold),
            FailureThreshold = ToInput(probe.FailureThreshold),
        };
        if (probe.Http is { } http)
        {
            args.HttpGet = new HTTPGetActionArgs { Path = http.Path, Port = ToPort(http.Port), Scheme = http.Scheme };
        }
        else if (probe.TcpPort is { } port)
        {
            args.TcpSocket = new TCPSocketActionArgs { Port = ToPort(port) };
        }
        else
        {
            args.Exec = new ExecActionArgs { Command = probe.Command.ToArray() };
        }

        return args;
    }

    private static Input<int>? ToInput(int? number) => number is { } value ? (Input<int>)value : null;

    private static Input<bool>? ToInput(bool? truth) => truth is { } value ? (Input<bool>)value : null;
}
