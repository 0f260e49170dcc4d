namespace FogInfra.Model.Documents;

/// <summary>Reads probes as Kubernetes writes them.</summary>
internal static class ProbeReader
{
    private static readonly string[] Schemes = ["HTTP", "HTTPS"];

    public static Probe? Read(YamlMap owner, string field)
    {
        if (owner.Map(field) is not { } map)
        {
            return null;
        }

        var probe = new Probe
        {
            Http = ReadHttp(map),
            TcpPort = ReadTcpPort(map),
            Command = ReadCommand(map),
            InitialDelaySeconds = map.WholeNumber("initialDelaySeconds", 0),
            PeriodSeconds = map.WholeNumber("periodSeconds", 1),
            TimeoutSeconds = map.WholeNumber("timeoutSeconds", 1),
            SuccessThreshold = map.WholeNumber("successThreshold", 1),
            FailureThreshold = map.WholeNumber("failureThreshold", 1),
        };
        map.Close();
        if (new[] { "httpGet", "tcpSocket", "exec" }.Count(map.Has) != 1)
        {
            map.FaultHere("Expected exactly one of: httpGet, tcpSocket, exec.");
        }

        return probe;
    }

    private static HttpProbe? ReadHttp(YamlMap owner)
    {
        if (owner.Map("httpGet") is not { } map)
        {
            return null;
        }

        var probe = new HttpProbe(map.Text("path") ?? "/", ReadPort(map, "port"), map.Choice("scheme", Schemes) ?? "HTTP");
        map.Close();
        return probe;
    }

    private static string? ReadTcpPort(YamlMap owner)
    {
        if (owner.Map("tcpSocket") is not { } map)
        {
            return null;
        }

        var port = ReadPort(map, "port");
        map.Close();
        return port;
    }

    private static System.Collections.Immutable.ImmutableArray<string> ReadCommand(YamlMap owner)
    {
        if (owner.Map("exec") is not { } map)
        {
            return [];
        }

        var command = map.Texts("command");
        if (command.Count == 0)
        {
            map.FaultHere("The field 'command' is missing or empty.");
        }

        map.Close();
        return [.. command];
    }

    // Kubernetes' IntOrString: a number is a port, a text the name of one.
    public static string ReadPort(YamlMap map, string field)
    {
        if (map.IsNumber(field))
        {
            return $"{map.RequiredWholeNumber(field, 1, 65535)}";
        }

        var name = map.RequiredText(field);
        if (name.Length > 0 && !Names.IsLabel(name))
        {
            map.Fault(field, $"'{name}' is neither a number nor a name of a port.");
        }

        return name;
    }
}
