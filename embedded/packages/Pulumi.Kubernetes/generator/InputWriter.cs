namespace FogInfra.Embedded.Kubernetes.SdkGenerator;

/// <summary>Writes the class of an input.</summary>
internal static class InputWriter
{
    public static string Write(SdkClass type, SdkModel model)
    {
        var text = new SourceText("Pulumi.Kubernetes.Types.Inputs." + type.Namespace).Add($$"""
            /// <summary>{{(type.Patch ? "A patch of" : "An input of type")}} <c>{{type.TypeName}}</c>.</summary>
            public class {{type.ArgsName}} : ResourceArgs
            {
            """);
        foreach (var member in model.InputMembers(type))
        {
            var attribute = $"[Input(\"{member.WireName}\"{(member.Required ? ", required: true" : "")})]";
            var csType = CsType.Input(member, NameOf);
            text.AddIndented(member.Type is SdkType.List or SdkType.Map
                ? Collection(member, attribute, csType)
                : Single(member, attribute, csType)).Add("");
        }

        text.AddIndented($"public static new {type.ArgsName} Empty => new();");
        return text.Add("}").ToString();

        string NameOf(SdkClass other) => other.Namespace == type.Namespace ? other.ArgsName : $"{other.Namespace}.{other.ArgsName}";
    }

    private static string Single(SdkMember member, string attribute, string csType)
    {
        var values = string.Join(", ", member.Values.Select(value => $"<c>{value}</c>"));
        var summary = values.Length == 0 ? "" : $"/// <summary>One of {values}.</summary>\n";
        return summary + attribute + "\n" + (member.Required
            ? $"public {csType} {member.Name} {{ get; set; }} = null!;"
            : $"public {csType}? {member.Name} {{ get; set; }}");
    }

    // Never null, so that a program can add to it; null inside until then, so that an empty one is not sent.
    private static string Collection(SdkMember member, string attribute, string csType)
    {
        var field = "_" + member.ParameterName;
        var value = member.Secret ? "Output.CreateSecret(value.ToOutput())" : "value";
        return $$"""
            {{attribute}}
            private {{csType}}? {{field}};

            public {{csType}} {{member.Name}}
            {
                get => {{field}} ??= new();
                set => {{field}} = {{value}};
            }
            """;
    }
}
