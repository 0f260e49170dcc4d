using FogInfra.Model;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace FogInfra.Components;

/// <summary>Containers of the model as arguments of Pulumi's Kubernetes types. Plain functions over plain values.</summary>
internal static class PodContainers
{
    public static ContainerArgs ToArgs(Container container)
    {
        var args = new ContainerArgs
        {
            Name = container.Name,
            Image = container.Image,
            Ports = container.Ports.Select(ToArgs).ToArray(),
            Env = container.Env.Select(ToArgs).ToArray(),
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

        if (!container.Resources.Requests.IsEmpty || !container.Resources.Limits.IsEmpty)
        {
            args.Resources = ToArgs(container.Resources);
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
}
