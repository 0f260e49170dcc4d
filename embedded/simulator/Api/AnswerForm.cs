using FogInfra.Embedded.Simulator.Errors;
using Microsoft.AspNetCore.Http;

namespace FogInfra.Embedded.Simulator.Api;

/// <summary>The form in which a client wants objects.</summary>
internal enum AnswerForm
{
    /// <summary>As they are.</summary>
    Object,

    /// <summary>As a table for people.</summary>
    Table,

    /// <summary>Their metadata alone.</summary>
    Metadata,
}

/// <summary>Reads what a client accepts.</summary>
internal static class AnswerForms
{
    /// <summary>The first form that the client accepts and that can be given.</summary>
    /// <exception cref="StatusException">There is none.</exception>
    public static AnswerForm Accepted(HttpRequest request)
    {
        var accept = request.Headers.Accept.ToString();
        if (accept.Length == 0) return AnswerForm.Object;
        foreach (var type in accept.Split(','))
        {
            var parts = type.Split(';', StringSplitOptions.TrimEntries);
            if (parts[0] is not ("application/json" or "*/*" or "application/*")) continue;
            var wanted = parts.FirstOrDefault(part => part.StartsWith("as=", StringComparison.Ordinal))?[3..];
            AnswerForm? form = wanted switch
            {
                null => AnswerForm.Object,
                "Table" => AnswerForm.Table,
                "PartialObjectMetadata" or "PartialObjectMetadataList" => AnswerForm.Metadata,
                _ => null,
            };
            if (form is { } found) return found;
        }
        throw ApiErrors.NotAcceptable();
    }
}
