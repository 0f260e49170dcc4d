namespace FogInfra.Embedded.Kubernetes.SdkGenerator;

/// <summary>Writes the class of a resource.</summary>
internal static class ResourceWriter
{
    public static string Write(SdkResource resource, SdkModel model)
    {
        var name = resource.Class.Name;
        var args = $"Types.Inputs.{resource.Class.Namespace}.{resource.Class.ArgsName}";
        var text = new SourceText("Pulumi.Kubernetes." + resource.Class.Namespace).Add($$"""
            /// <summary>The resource <c>{{resource.Token}}</c>.</summary>
            [KubernetesResourceType(Token)]
            public partial class {{name}} : KubernetesResource
            {
                private const string Token = "{{resource.Token}}";

            """);
        foreach (var member in model.OutputMembers(resource.Class))
        {
            text.AddIndented($$"""
                [Output("{{member.WireName}}")]
                public Output<{{CsType.Value(member.Type, NameOf)}}> {{member.Name}} { get; private set; } = null!;

                """);
        }

        return text.AddIndented($$"""
            public {{name}}(string name, {{args}}? args = null, CustomResourceOptions? options = null)
                : base(Token, name, WithKind(args), WithDefaults(options, id: ""))
            {
            }

            private {{name}}(string name, Input<string> id, CustomResourceOptions? options)
                : base(Token, name, args: null, WithDefaults(options, id))
            {
            }

            /// <summary>Reads the state of an existing object.</summary>
            /// <param name="name">The name of the resource in the program.</param>
            /// <param name="id">The object: <c>namespace/name</c>, or its name where the kind has no namespaces.</param>
            /// <param name="options">How the engine handles the resource.</param>
            public static {{name}} Get(string name, Input<string> id, CustomResourceOptions? options = null) => new(name, id, options);

            private static {{args}} WithKind({{args}}? args)
            {
                args ??= new();
                args.ApiVersion = "{{resource.ApiVersion}}";
                args.Kind = "{{resource.Kind}}";
                return args;
            }

            private static CustomResourceOptions WithDefaults(CustomResourceOptions? options, Input<string> id) =>
                SdkOptions.Merge(options, id, aliases: [{{Strings(resource.Aliases)}}], secrets: [{{Strings(Secrets(resource, model))}}]);
            """).Add("}").ToString();

        static string NameOf(SdkClass type) => $"Types.Outputs.{type.Namespace}.{type.Name}";
    }

    private static IEnumerable<string> Secrets(SdkResource resource, SdkModel model) =>
        model.OutputMembers(resource.Class).Where(member => member.Secret).Select(member => member.WireName);

    private static string Strings(IEnumerable<string> values) => string.Join(", ", values.Select(value => $"\"{value}\""));
}
