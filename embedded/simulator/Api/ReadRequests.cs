using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using FogInfra.Embedded.Simulator.Errors;
using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Objects;
using FogInfra.Embedded.Simulator.Storage;
using FogInfra.Embedded.Simulator.Tables;
using FogInfra.Embedded.Simulator.Values;
using Microsoft.AspNetCore.Http;

namespace FogInfra.Embedded.Simulator.Api;

/// <summary>Answers requests for one object and for lists.</summary>
internal sealed class ReadRequests(ObjectStore store, TimeProvider time)
{
    /// <summary>Answers with one object.</summary>
    public Task GetAsync(HttpContext context, RequestPath path)
    {
        var stored = store.Find(path.Kind.Resource, path.Key) ?? throw ApiErrors.NotFound(path.Kind.Resource, path.Key.Name);
        var isPlain = path.Kind.Version == path.Kind.StorageVersion && AnswerForms.Accepted(context.Request) == AnswerForm.Object;
        return isPlain
            ? Answers.WriteAsync(context.Response, StatusCodes.Status200OK, stored.Utf8)
            : Answers.WriteAsync(context, path.Kind, StatusCodes.Status200OK, ObjectVersions.FromStorage(stored.Value, path.Kind), time);
    }

    /// <summary>Answers with a list.</summary>
    public Task ListAsync(HttpContext context, RequestPath path)
    {
        var request = context.Request;
        var filter = request.Filter(path);
        var (objects, revision, after) = Snapshot(request, path.Kind.Resource);
        var candidates = filter.Namespace.Length > 0 ? objects.In(filter.Namespace) : objects.All;
        if (after is { } last) candidates = candidates.Where(stored => stored.Key.CompareTo(last) > 0);
        var selected = filter.IsWhole ? candidates : candidates.Where(stored => filter.Matches(stored.Value));

        var limit = request.Number("limit") ?? 0;
        var all = selected.ToList();
        var page = limit > 0 && all.Count > limit ? all[..(int)limit] : all;
        var left = all.Count - page.Count;
        var metadata = JsonMap.Of(
            ("resourceVersion", revision.ToString(CultureInfo.InvariantCulture)),
            ("continue", left == 0 ? null : ContinueToken(revision, page[^1].Key)),
            ("remainingItemCount", left > 0 && filter.IsWhole ? left : null));
        return WriteListAsync(context, path.Kind, metadata, page);
    }

    private static string ContinueToken(long revision, ObjectKey last) => Base64Url.EncodeToString(JsonWriting.ToUtf8(JsonMap.Of(
        ("v", "meta.k8s.io/v1"), ("rv", revision), ("namespace", last.Namespace), ("name", last.Name))));

    private (ObjectSet Objects, long Revision, ObjectKey? After) Snapshot(HttpRequest request, GroupResource resource)
    {
        var token = request.Parameter("continue");
        if (token.Length > 0)
        {
            var (started, last) = ReadToken(token);
            var paged = store.ReadPaged(resource, started) ?? throw ApiErrors.Expired(
                "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter.");
            return (paged, started, last);
        }
        var (objects, revision) = request.Number("limit") > 0 ? store.ReadForPages(resource) : store.Read(resource);
        var wanted = request.Number("resourceVersion") ?? 0;
        if (wanted > revision) throw ApiErrors.TooLargeVersion(wanted, revision);
        if (request.Parameter("resourceVersionMatch") == "Exact" && wanted < revision)
        {
            throw ApiErrors.Expired("The resourceVersion for the provided list is too old.");
        }
        return (objects, revision, null);
    }

    private static (long Revision, ObjectKey Last) ReadToken(string token)
    {
        try
        {
            var value = JsonReading.Parse(Base64Url.DecodeFromChars(token));
            return (value.Long("rv") ?? 0, new ObjectKey(value.Text("namespace") ?? "", value.Text("name") ?? ""));
        }
        catch (Exception error) when (error is FormatException or System.Text.Json.JsonException)
        {
            throw ApiErrors.BadRequest($"continue key is not valid: {error.Message}");
        }
    }

    private Task WriteListAsync(HttpContext context, ResourceKind kind, JsonMap metadata, List<StoredObject> page)
    {
        var values = page.Select(stored => ObjectVersions.FromStorage(stored.Value, kind));
        switch (AnswerForms.Accepted(context.Request))
        {
            case AnswerForm.Table:
                return Answers.WriteAsync(context.Response, StatusCodes.Status200OK,
                    Table.Of(ColumnsOfKinds.Of(kind), values, metadata, context.Request.Parameter("includeObject"), withHeadings: true, time.GetUtcNow()));
            case AnswerForm.Metadata:
                return Answers.WriteAsync(context.Response, StatusCodes.Status200OK, JsonMap.Of(
                    ("kind", "PartialObjectMetadataList"), ("apiVersion", "meta.k8s.io/v1"), ("metadata", metadata), ("items", JsonList.From(values.Select(Table.PartialMetadata)))));
            default:
                return Answers.WriteAsync(context.Response, StatusCodes.Status200OK, WriteList(kind, metadata, page));
        }
    }

    // Stored objects are bytes already; a list only strings them together.
    private static ReadOnlyMemory<byte> WriteList(ResourceKind kind, JsonMap metadata, List<StoredObject> page)
    {
        var output = new ArrayBufferWriter<byte>(256 + page.Sum(stored => stored.Utf8.Length + 1));
        output.Write(Encoding.UTF8.GetBytes($$"""{"kind":"{{kind.ListKind}}","apiVersion":"{{kind.ApiVersion}}","metadata":{{metadata}},"items":["""));
        for (var i = 0; i < page.Count; i++)
        {
            if (i > 0) output.Write(","u8);
            if (kind.Version == kind.StorageVersion) output.Write(page[i].Utf8.Span);
            else JsonWriting.Write(output, ObjectVersions.FromStorage(page[i].Value, kind));
        }
        output.Write("]}\n"u8);
        return output.WrittenMemory;
    }
}
