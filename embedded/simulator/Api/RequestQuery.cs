using System.Globalization;
using FogInfra.Embedded.Simulator.Errors;
using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Objects;
using FogInfra.Embedded.Simulator.Selectors;
using FogInfra.Embedded.Simulator.Values;
using Microsoft.AspNetCore.Http;

namespace FogInfra.Embedded.Simulator.Api;

/// <summary>Reads the query of a request.</summary>
internal static class RequestQuery
{
    private const int LongestManager = 128;

    /// <summary>A parameter; empty when it is not given.</summary>
    public static string Parameter(this HttpRequest request, string name) => request.Query[name].ToString();

    /// <summary>Whether a parameter is given as true.</summary>
    public static bool IsSet(this HttpRequest request, string name) => request.Parameter(name) is "true" or "1";

    /// <summary>A parameter that is a whole number; null when it is not given.</summary>
    public static long? Number(this HttpRequest request, string name)
    {
        var text = request.Parameter(name);
        if (text.Length == 0) return null;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw ApiErrors.BadRequest($"{name}: Invalid value: \"{text}\": must be a whole number");
    }

    /// <summary>How to write, from the query and the client's name.</summary>
    public static WriteOptions WriteOptions(this HttpRequest request, string subresource)
    {
        var validation = request.Parameter("fieldValidation") switch
        {
            "Ignore" => FieldValidation.Ignore,
            "" or "Warn" => FieldValidation.Warn,
            "Strict" => FieldValidation.Strict,
            var other => throw ApiErrors.BadRequest($"fieldValidation: Unsupported value: \"{other}\": supported values: \"Ignore\", \"Strict\", \"Warn\""),
        };
        return new WriteOptions(Manager(request)) { Subresource = subresource, DryRun = IsDryRun(request), Validation = validation };
    }

    /// <summary>Whether only to say what would come of it.</summary>
    public static bool IsDryRun(this HttpRequest request) => request.Parameter("dryRun") switch
    {
        "" => false,
        "All" => true,
        var other => throw ApiErrors.BadRequest($"dryRun: Unsupported value: \"{other}\": supported values: \"All\""),
    };

    /// <summary>Which objects of a resource are meant.</summary>
    public static ObjectFilter Filter(this HttpRequest request, RequestPath path)
    {
        var (labels, fields) = (request.Parameter("labelSelector"), request.Parameter("fieldSelector"));
        try
        {
            var selector = labels.Length == 0 ? LabelSelector.Everything : LabelQuery.Parse(labels);
            var fieldSelector = fields.Length == 0 ? FieldSelector.Everything : FieldSelector.Parse(fields, path.Kind.Resource);
            return new ObjectFilter(path.Namespace, selector, fieldSelector);
        }
        catch (FormatException error)
        {
            throw ApiErrors.BadRequest($"Unable to find \"{path.Kind.ApiVersion}, Resource={path.Kind.Plural}\" that match label selector \"{labels}\", field selector \"{fields}\": {error.Message}");
        }
    }

    private static string Manager(HttpRequest request)
    {
        var given = request.Parameter("fieldManager");
        if (given.Length > LongestManager) throw ApiErrors.BadRequest($"fieldManager: Too long: may not be more than {LongestManager} bytes");
        if (given.Length > 0) return given;
        var agent = request.Headers.UserAgent.ToString().Split('/')[0];
        return agent.Length is 0 ? "unknown" : agent.Length > LongestManager ? agent[..LongestManager] : agent;
    }
}

/// <summary>Which objects of a resource are meant.</summary>
/// <param name="Namespace">Their namespace; empty for all.</param>
/// <param name="Labels">Their labels.</param>
/// <param name="Fields">Their fields.</param>
internal sealed record ObjectFilter(string Namespace, LabelSelector Labels, FieldSelector Fields)
{
    /// <summary>Whether nothing but the namespace limits them.</summary>
    public bool IsWhole => Labels.IsEmpty && Fields.IsEmpty;

    /// <summary>Whether an object is meant.</summary>
    public bool Matches(JsonMap value) =>
        (Namespace.Length == 0 || value.Namespace == Namespace) && (Labels.IsEmpty || Labels.Matches(value.Labels)) && (Fields.IsEmpty || Fields.Matches(value));
}
