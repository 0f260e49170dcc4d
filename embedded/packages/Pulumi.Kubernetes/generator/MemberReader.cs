using FogInfra.Embedded.Kubernetes.Schema;

namespace FogInfra.Embedded.Kubernetes.SdkGenerator;

/// <summary>Reads the members of a class out of the schema.</summary>
internal sealed class MemberReader(IReadOnlyDictionary<string, KubernetesType> types)
{
    /// <summary>The members, in the order of their names on the wire.</summary>
    public IReadOnlyList<SdkMember> Read(SdkClass owner) =>
        [.. owner.Type.Properties.Select(property => Read(owner, property.Key, property.Value))
            .Concat(owner.Type.SdkOnly.Select(property => Read(owner, property.Key, RetiredApi.PropertyOf(property.Value))))
            .OrderBy(member => member.WireName, StringComparer.Ordinal)];

    private SdkMember Read(SdkClass owner, string name, KubernetesProperty property) => new()
    {
        // Names in Pulumi's schema have no hyphens.
        WireName = name.Replace('-', '_'),
        Name = NameOf(owner, name, property),
        Type = TypeOf(property, owner.Patch),
        Required = (property.SdkRequired ?? property.Required) && !owner.Patch,
        Secret = property.Secret,
        EnumName = property.CsEnum,
        Values = property.Enum,
    };

    private static string NameOf(SdkClass owner, string name, KubernetesProperty property)
    {
        var plain = char.ToUpperInvariant(name[0]) + name[1..];

        // A member cannot have the name of its class; with another name on the class, as patches have, there is no need for another.
        var avoidsClass = property.CsName == plain + "Value" && owner.Name != plain;
        return avoidsClass ? plain : property.CsName ?? plain;
    }

    // Patches reach through lists only: what is in maps and unions is given whole.
    private SdkType TypeOf(KubernetesProperty property, bool patch) => property switch
    {
        { Ref: { } name } => new SdkType.Object(new SdkClass(name, types[name], patch)),
        { IntOrString: true } => new SdkType.Union(new SdkType.Plain("int"), new SdkType.Plain("string")),
        { OneOf: [var first, var second] } => new SdkType.Union(TypeOf(first, patch: false), TypeOf(second, patch: false)),
        { Type: "array", Items: { } items } => new SdkType.List(TypeOf(items, patch)),
        { Type: "object", AdditionalProperties: { } values } => new SdkType.Map(TypeOf(values, patch: false)),
        { Type: "object" or "any" } => new SdkType.Json(),
        { Type: "string" } => new SdkType.Plain("string"),
        { Type: "integer" } => new SdkType.Plain("int"), // Pulumi has one kind of whole number, for int64 too.
        { Type: "number" } => new SdkType.Plain("double"),
        { Type: "boolean" } => new SdkType.Plain("bool"),
        _ => throw new InvalidOperationException($"The schema has a property of a form that the generator does not know: {property}."),
    };
}
