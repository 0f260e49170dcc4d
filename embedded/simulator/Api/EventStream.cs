using System.Buffers;
using System.Globalization;
using System.Text;
using FogInfra.Embedded.Simulator.Errors;
using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Objects;
using FogInfra.Embedded.Simulator.Storage;
using FogInfra.Embedded.Simulator.Values;
using Microsoft.AspNetCore.Http;

namespace FogInfra.Embedded.Simulator.Api;

/// <summary>Writes the events of one watch.</summary>
internal sealed class EventStream(HttpContext context, ResourceKind kind, ObjectFilter filter, AnswerForm form, TimeProvider time)
{
    private readonly HttpResponse _response = context.Response;
    private bool _hasHeadings;

    /// <summary>Adds a change, as the filter sees it: what no longer matches is deleted for this watcher.</summary>
    public void Add(ObjectChange change)
    {
        var was = change.Previous is { } previous && filter.Matches(previous.Value);
        var isNow = change.Type != ChangeType.Deleted && filter.Matches(change.Object.Value);
        if (!was && !isNow) return;
        var type = isNow ? was ? "MODIFIED" : "ADDED" : "DELETED";
        if (form == AnswerForm.Object && kind.Version == kind.StorageVersion)
        {
            Write(type, change.Object.Utf8.Span);
            return;
        }
        var value = Answers.InForm(context.Request, kind, form, ObjectVersions.FromStorage(change.Object.Value, kind), withHeadings: !_hasHeadings, time);
        _hasHeadings = true;
        Write(type, JsonWriting.ToUtf8(value));
    }

    /// <summary>Adds a bookmark: all changes up to a revision have been sent.</summary>
    public void AddBookmark(long revision, JsonMap? annotations)
    {
        var value = JsonMap.Of(("kind", kind.Kind), ("apiVersion", kind.ApiVersion), ("metadata", JsonMap.Of(
            ("resourceVersion", revision.ToString(CultureInfo.InvariantCulture)), ("annotations", annotations))));
        Write("BOOKMARK", JsonWriting.ToUtf8(form == AnswerForm.Object ? value : Answers.InForm(context.Request, kind, form, value, withHeadings: false, time)));
    }

    /// <summary>Adds an error, after which the stream ends.</summary>
    public void AddError(StatusException error) => Write("ERROR", JsonWriting.ToUtf8(error.ToStatus()));

    /// <summary>Sends what was added.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken) => await _response.BodyWriter.FlushAsync(cancellationToken).ConfigureAwait(false);

    private void Write(string type, ReadOnlySpan<byte> value)
    {
        var output = _response.BodyWriter;
        output.Write(Encoding.UTF8.GetBytes($"{{\"type\":\"{type}\",\"object\":"));
        output.Write(value);
        output.Write("}\n"u8);
    }
}
