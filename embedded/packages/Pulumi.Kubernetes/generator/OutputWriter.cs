namespace FogInfra.Embedded.Kubernetes.SdkGenerator;

/// <summary>
/// Writes the class of an output: read-only fields, filled by the constructor, whose parameters have the names on the wire.
/// </summary>
internal static class OutputWriter
{
    public static string Write(SdkClass type, SdkModel model)
    {
        var members = model.OutputMembers(type)
            .Select(member => (member.Name, Parameter: "@" + member.ParameterName, CsType: CsType.Value(member.Type, NameOf))).ToList();
        var text = new SourceText("Pulumi.Kubernetes.Types.Outputs." + type.Namespace).Add($$"""
            /// <summary>{{(type.Patch ? "A patch of" : "An output of type")}} <c>{{type.TypeName}}</c>.</summary>
            [OutputType]
            public sealed class {{type.Name}}
            {
            """);
        foreach (var (name, _, csType) in members)
        {
            text.AddIndented($"public readonly {csType} {name};");
        }

        text.Add("").AddIndented("[OutputConstructor]").AddIndented($"private {type.Name}(");
        text.AddIndented(string.Join(",\n", members.Select(member => $"    {member.CsType} {member.Parameter}")) + ")");
        text.AddIndented("{");
        foreach (var (name, parameter, _) in members)
        {
            text.AddIndented($"    this.{name} = {parameter};");
        }

        return text.AddIndented("}").Add("}").ToString();

        string NameOf(SdkClass other) => other.Namespace == type.Namespace ? other.Name : $"{other.Namespace}.{other.Name}";
    }
}
