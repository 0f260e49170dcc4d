namespace FogInfra.Embedded.Kubernetes.SdkGenerator;

/// <summary>Writes an enum: a struct over a string, so that values that a later release adds fit in.</summary>
internal static class EnumWriter
{
    public static string Write(string fullName, IReadOnlyList<string> values)
    {
        var dot = fullName.LastIndexOf('.');
        var name = fullName[(dot + 1)..];
        var text = new SourceText("Pulumi.Kubernetes." + fullName[..dot]).Add($$"""
            /// <summary>One of the values that the API takes.</summary>
            [EnumType]
            public readonly struct {{name}} : IEquatable<{{name}}>
            {
                private readonly string _value;

                private {{name}}(string value) => _value = value;

            """);
        foreach (var value in values)
        {
            text.AddIndented($$"""public static {{name}} {{value}} { get; } = new("{{value}}");""");
        }

        return text.Add("").AddIndented($$"""
            public static bool operator ==({{name}} left, {{name}} right) => left.Equals(right);

            public static bool operator !=({{name}} left, {{name}} right) => !left.Equals(right);

            public static explicit operator string({{name}} value) => value._value;

            public bool Equals({{name}} other) => string.Equals(_value, other._value, StringComparison.Ordinal);

            [EditorBrowsable(EditorBrowsableState.Never)]
            public override bool Equals(object? obj) => obj is {{name}} other && Equals(other);

            [EditorBrowsable(EditorBrowsableState.Never)]
            public override int GetHashCode() => _value is null ? 0 : StringComparer.Ordinal.GetHashCode(_value);

            public override string ToString() => _value;
            """).Add("}").ToString();
    }
}
