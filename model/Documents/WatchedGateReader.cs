using System.Globalization;

namespace FogInfra.Model.Documents;

/// <summary>Reads the gates that look at the world beside what updates brought back.</summary>
internal static class WatchedGateReader
{
    private static readonly Comparison[] Bounds = [Comparison.AtLeast, Comparison.AtMost];

    public static Gate? ReadReady(YamlMap map)
    {
        if (map.Truth("ready") != false)
        {
            return new Gate.Ready();
        }

        map.Fault("ready", "It can only be true; leave the gate out instead.");
        return null;
    }

    public static Gate? ReadHttp(YamlMap map)
    {
        var (address, status, contains) = (ReadAddress(map, "http"), map.WholeNumber("status", 100, 599), map.Text("contains"));
        return address is null ? null : new Gate.Http(address) { Status = status ?? 200, Contains = contains };
    }

    public static Gate? ReadMetric(YamlMap map)
    {
        var (server, query) = (ReadAddress(map, "prometheus"), map.RequiredText("query"));
        var bounds = Bounds.Select(comparison => (Comparison: comparison, Bound: ReadNumber(map, comparison.Name()))).ToList();
        var given = Bounds.Where(comparison => map.Has(comparison.Name())).ToList();
        if (given.Count != 1)
        {
            map.FaultHere($"Expected exactly one of: {string.Join(", ", Bounds.Select(ComparisonNames.Name))}.");
        }

        var (baseline, samples, least) = (map.Text("baseline"), map.Text("samples"), ReadNumber(map, "minSamples"));
        if (baseline is not null && (samples is null || least is null))
        {
            map.FaultHere("A comparison with a baseline needs 'samples', a query for how many samples there are, and 'minSamples', how many there must be.");
        }

        return server is null || given.Count != 1 || bounds.Find(each => each.Comparison == given[0]).Bound is not { } bound
            ? null
            : new Gate.Metric(server, query, given[0], bound) { Baseline = baseline, Samples = samples, MinSamples = least ?? 0 };
    }

    public static Gate? ReadJob(YamlMap map)
    {
        var (image, command, @namespace, limit) = (map.RequiredText("image"), map.Texts("command"), map.Text("namespace"), map.Duration("timeLimit"));
        map.Close();
        var gate = new Gate.ClusterJob(image, [.. command]) { Namespace = @namespace };
        return image.Length == 0 ? null : limit is { } given ? gate with { TimeLimit = given } : gate;
    }

    public static Gate? ReadCommand(YamlMap map)
    {
        var arguments = map.Texts("command");
        if (arguments.Count > 0 && arguments[0].Length > 0)
        {
            return new Gate.LocalCommand([.. arguments]);
        }

        map.Fault("command", "It names no program; expected a list of the program and its arguments.");
        return null;
    }

    private static string? ReadAddress(YamlMap map, string field)
    {
        var text = map.RequiredText(field);
        if (Uri.TryCreate(text.Replace('{', 'x').Replace('}', 'x'), UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
        {
            return text;
        }

        if (text.Length > 0)
        {
            map.Fault(field, $"'{text}' is no address; expected one that begins with http:// or https://.");
        }

        return null;
    }

    private static double? ReadNumber(YamlMap map, string field)
    {
        if (map.Text(field) is not { } text)
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
        {
            return number;
        }

        map.Fault(field, $"'{text}' is no number.");
        return null;
    }
}
