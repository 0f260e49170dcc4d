using FogInfra.Embedded.Simulator.Errors;
using FogInfra.Embedded.Simulator.Rules;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.CustomResources;

/// <summary>Rules of CustomResourceDefinitions.</summary>
internal sealed class CustomResourceDefinitionRules : KindRules
{
    public override JsonMap Default(JsonMap value) => value.Edit("spec", spec =>
    {
        var kind = spec.Text("names", "kind") ?? "";
        return spec
            .Default("None", "conversion", "strategy")
            .Default(kind.ToLowerInvariant(), "names", "singular")
            .Default(kind + "List", "names", "listKind");
    });

    public override JsonMap PrepareForCreate(JsonMap value) => value.With("status", JsonMap.Of(("storedVersions", JsonList.FromTexts(
        value.Maps("spec", "versions").Where(version => version.Flag("storage")).Select(version => version.Text("name") ?? "")))));

    public override IEnumerable<FieldError> Validate(JsonMap value)
    {
        var spec = value.Map("spec");
        var expected = $"{spec.Text("names", "plural")}.{spec.Text("group")}";
        if (value.Name != expected) yield return FieldError.Invalid("metadata.name", value.Name, "must be spec.names.plural+\".\"+spec.group");
        if (spec.Text("scope") is { } scope and not ("Namespaced" or "Cluster")) yield return FieldError.NotSupported("spec.scope", scope, ["Cluster", "Namespaced"]);
        var versions = spec.Maps("versions").ToList();
        if (versions.Count(version => version.Flag("storage")) != 1 && versions.Count > 0)
        {
            yield return FieldError.Invalid("spec.versions", spec["versions"], "must have exactly one version marked as storage version");
        }
        for (var i = 0; i < versions.Count; i++)
        {
            var at = $"spec.versions[{i}]";
            if (versions[i].At("schema", "openAPIV3Schema") is not JsonMap schema) yield return FieldError.Required($"{at}.schema.openAPIV3Schema", "schemas are required");
            else if (schema.Text("type") != "object") yield return FieldError.Invalid($"{at}.schema.openAPIV3Schema.type", schema["type"] ?? "", "must be object at the root");
        }
    }

    public override IEnumerable<FieldError> ValidateUpdate(JsonMap next, JsonMap current) =>
        Immutable(next, current, "spec.group", "spec.scope", "spec.names.plural", "spec.names.kind");
}
