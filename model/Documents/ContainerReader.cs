using System.Collections.Immutable;

namespace FogInfra.Model.Documents;

/// <summary>Reads lists of containers as Kubernetes writes them.</summary>
internal static class ContainerReader
{
    private static readonly string[] PullPolicies = ["Always", "IfNotPresent", "Never"];
    internal static readonly string[] Protocols = ["TCP", "UDP", "SCTP"];

    /// <summary>The containers of a field; at least one is demanded.</summary>
    /// <param name="owner">The mapping that has the field.</param>
    /// <param name="field">The field.</param>
    /// <param name="known">Containers that the ones of the same name are laid over, so that they need no image of their own.</param>
    public static ImmutableArray<Container> Read(YamlMap owner, string field, ImmutableArray<Container> known)
    {
        var containers = owner.Maps(field).Select(map => ReadContainer(map, known)).ToImmutableArray();
        if (containers.IsEmpty && owner.Has(field) && owner.IsList(field))
        {
            owner.Fault(field, "The list is empty; expected at least one container.");
        }

        foreach (var (name, index) in Repeated(containers.Select(container => container.Name)))
        {
            owner.FaultItem(field, index, $"The name '{name}' is taken by another container.");
        }

        return containers;
    }

    private static Container ReadContainer(YamlMap map, ImmutableArray<Container> known)
    {
        var name = ReadName(map);
        var container = new Container
        {
            Name = name,
            Image = ReadImage(map, required: known.All(other => other.Name != name)),
            ImagePullPolicy = map.Choice("imagePullPolicy", PullPolicies),
            Command = [.. map.Texts("command")],
            Args = [.. map.Texts("args")],
            WorkingDir = map.Text("workingDir"),
            Ports = [.. map.Maps("ports").Select(ReadPort)],
            Env = [.. map.Maps("env").Select(ReadVariable)],
            EnvFrom = [.. map.Maps("envFrom").Select(ReadEnvironmentSource).OfType<EnvironmentSource>()],
            VolumeMounts = [.. map.Maps("volumeMounts").Select(VolumeReader.ReadMount)],
            SecurityContext = ReadSecurity(map),
            Resources = ReadResources(map),
            LivenessProbe = ProbeReader.Read(map, "livenessProbe"),
            ReadinessProbe = ProbeReader.Read(map, "readinessProbe"),
            StartupProbe = ProbeReader.Read(map, "startupProbe"),
        };
        foreach (var (number, index) in Repeated(container.Ports.Select(port => $"{port.Number}/{port.Protocol}")))
        {
            map.FaultItem("ports", index, $"The port {number} is listed twice.");
        }

        map.Close();
        return container;
    }

    private static string ReadName(YamlMap map)
    {
        var name = map.RequiredText("name");
        if (name.Length > 0 && !Names.IsLabel(name))
        {
            map.Fault("name", $"'{name}' is no name of a container; expected {Names.LabelRule}.");
        }

        return name;
    }

    private static string ReadImage(YamlMap map, bool required)
    {
        var image = required || map.Has("image") ? map.RequiredText("image") : "";
        if (image.Length > 0 && !Names.IsImage(image))
        {
            map.Fault("image", $"'{image}' is no reference to an image; expected [HOST[:PORT]/]PATH[:TAG][@DIGEST].");
        }

        return image;
    }

    private static ContainerPort ReadPort(YamlMap map)
    {
        var port = new ContainerPort(
            map.RequiredWholeNumber("containerPort", 1, 65535), ReadPortName(map), map.Choice("protocol", Protocols) ?? "TCP");
        map.Close();
        return port;
    }

    public static string? ReadPortName(YamlMap map)
    {
        var name = map.Text("name");
        if (name is not null && (!Names.IsLabel(name) || name.Length > 15))
        {
            map.Fault("name", $"'{name}' is no name of a port; expected {Names.LabelRule.Replace("63", "15", StringComparison.Ordinal)}.");
        }

        return name;
    }

    private static EnvironmentVariable ReadVariable(YamlMap map)
    {
        var name = map.RequiredText("name");
        if (name.Length > 0 && !Names.IsEnvironmentVariable(name))
        {
            map.Fault("name", $"'{name}' is no name of an environment variable.");
        }

        var value = map.Text("value");
        var from = map.Map("valueFrom") is { } source ? ReadSource(source) : null;
        if (value is not null && from is not null)
        {
            map.Fault("valueFrom", "A variable has either 'value' or 'valueFrom', not both.");
        }

        map.Close();
        return new EnvironmentVariable(name, value ?? (from is null ? "" : null), from);
    }

    private static ValueSource? ReadSource(YamlMap map)
    {
        ValueSource? Key(string field, ValueSourceKind kind)
        {
            if (map.Map(field) is not { } reference)
            {
                return null;
            }

            var source = new ValueSource(kind, reference.RequiredText("name"), reference.RequiredText("key"));
            reference.Close();
            return source;
        }

        ValueSource? Field()
        {
            if (map.Map("fieldRef") is not { } reference)
            {
                return null;
            }

            var source = new ValueSource(ValueSourceKind.Field, "", reference.RequiredText("fieldPath"));
            reference.Close();
            return source;
        }

        var sources = new[] { Key("configMapKeyRef", ValueSourceKind.ConfigMap), Key("secretKeyRef", ValueSourceKind.Secret), Field() }
            .OfType<ValueSource>().ToList();
        map.Close();
        if (sources.Count != 1)
        {
            map.FaultHere("Expected exactly one of: configMapKeyRef, secretKeyRef, fieldRef.");
        }

        return sources.FirstOrDefault();
    }

    private static EnvironmentSource? ReadEnvironmentSource(YamlMap map)
    {
        EnvironmentSource? Of(string field, ValueSourceKind kind)
        {
            if (map.Map(field) is not { } reference)
            {
                return null;
            }

            var source = new EnvironmentSource(kind, reference.RequiredText("name"), map.Text("prefix"));
            reference.Close();
            return source;
        }

        var sources = new[] { Of("configMapRef", ValueSourceKind.ConfigMap), Of("secretRef", ValueSourceKind.Secret) }.OfType<EnvironmentSource>().ToList();
        map.Has("prefix");
        map.Close();
        if (sources.Count != 1)
        {
            map.FaultHere("Expected exactly one of: configMapRef, secretRef.");
        }

        return sources.FirstOrDefault();
    }

    private static ContainerSecurity? ReadSecurity(YamlMap owner)
    {
        if (owner.Map("securityContext") is not { } map)
        {
            return null;
        }

        var capabilities = map.Map("capabilities");
        var security = new ContainerSecurity
        {
            RunAsUser = map.WholeNumber("runAsUser", 0),
            RunAsGroup = map.WholeNumber("runAsGroup", 0),
            RunAsNonRoot = map.Truth("runAsNonRoot"),
            ReadOnlyRootFilesystem = map.Truth("readOnlyRootFilesystem"),
            AllowPrivilegeEscalation = map.Truth("allowPrivilegeEscalation"),
            Privileged = map.Truth("privileged"),
            AddCapabilities = [.. capabilities?.Texts("add") ?? []],
            DropCapabilities = [.. capabilities?.Texts("drop") ?? []],
        };
        capabilities?.Close();
        map.Close();
        return security;
    }

    private static Resources ReadResources(YamlMap owner)
    {
        if (owner.Map("resources") is not { } map)
        {
            return new Resources();
        }

        var resources = new Resources { Requests = ReadQuantities(map, "requests"), Limits = ReadQuantities(map, "limits") };
        map.Close();
        return resources;
    }

    public static ImmutableSortedDictionary<string, string> ReadQuantities(YamlMap map, string field)
    {
        var quantities = map.TextEntries(field);
        foreach (var (name, quantity) in quantities.Where(pair => !Names.IsQuantity(pair.Value)))
        {
            map.Map(field)!.Fault(name, $"'{quantity}' is no quantity; expected {Names.QuantityRule}.");
        }

        return quantities.ToImmutableSortedDictionary(StringComparer.Ordinal);
    }

    public static IEnumerable<(string Value, int Index)> Repeated(IEnumerable<string> values)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return values.Select((value, index) => (value, index)).Where(item => item.value.Length > 0 && !seen.Add(item.value));
    }
}
