using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.CustomResources;

/// <summary>The kinds that custom resource definitions add.</summary>
internal static class CustomKinds
{
    private static readonly PrinterColumn Age = new("Age", "date", ".metadata.creationTimestamp", 0);

    /// <summary>The kinds of some definitions. Where two claim the same name, the older definition has it.</summary>
    public static IReadOnlyList<ResourceKind> Of(IEnumerable<JsonMap> definitions) =>
    [
        .. definitions.OrderBy(definition => definition.CreatedAt).ThenBy(definition => definition.Name, StringComparer.Ordinal)
            .SelectMany(KindsOf).DistinctBy(kind => (kind.ApiVersion, kind.Kind)).DistinctBy(kind => (kind.ApiVersion, kind.Plural)),
    ];

    private static IEnumerable<ResourceKind> KindsOf(JsonMap definition)
    {
        var spec = definition.Map("spec");
        var storage = spec.Maps("versions").FirstOrDefault(version => version.Flag("storage"))?.Text("name") ?? "";
        return spec.Maps("versions").Select(version => KindOf(spec, version, storage));
    }

    private static ResourceKind KindOf(JsonMap spec, JsonMap version, string storage)
    {
        var (group, name, names) = (spec.Text("group") ?? "", version.Text("name") ?? "", spec.Map("names"));
        var kind = names.Text("kind") ?? "";
        var schema = version.Map("schema", "openAPIV3Schema");
        return new ResourceKind
        {
            Group = group,
            Version = name,
            Kind = kind,
            ListKind = names.Text("listKind") ?? kind + "List",
            Plural = names.Text("plural") ?? "",
            Singular = names.Text("singular") ?? kind.ToLowerInvariant(),
            Namespaced = spec.Text("scope") == "Namespaced",
            Schema = CustomSchemas.Root($"{string.Join('.', group.Split('.').Reverse())}.{name}.{kind}", schema),
            StorageVersion = storage,
            IsServed = version.Flag("served"),
            ShortNames = [.. names.List("shortNames").Texts()],
            Categories = [.. names.List("categories").Texts()],
            Subresources = [.. new[] { "status", "scale" }.Where(version.Map("subresources").ContainsKey)],
            HasGeneration = true,
            Custom = new CustomKind(Columns(version), Scale(version), schema),
        };
    }

    private static List<PrinterColumn> Columns(JsonMap version)
    {
        var columns = version.Maps("additionalPrinterColumns").Select(column => new PrinterColumn(
            column.Text("name") ?? "", column.Text("type") ?? "string", column.Text("jsonPath") ?? "", (int)(column.Long("priority") ?? 0))).ToList();
        return columns.Count == 0 ? [Age] : columns;
    }

    private static ScalePaths? Scale(JsonMap version) => version.At("subresources", "scale") is not { } scale ? null : new ScalePaths(
        scale.Text("specReplicasPath") ?? ".spec.replicas", scale.Text("statusReplicasPath") ?? ".status.replicas", scale.Text("labelSelectorPath"));
}
