namespace FogInfra.Embedded.Kubernetes.SdkGenerator;

/// <summary>How the type of a member is written in C#.</summary>
internal static class CsType
{
    /// <summary>The type of a value: of an output, or of what an input holds.</summary>
    /// <param name="type">The type of the member.</param>
    /// <param name="nameOf">The name of a class where the text stands.</param>
    public static string Value(SdkType type, Func<SdkClass, string> nameOf) => type switch
    {
        SdkType.Plain { CsName: var name } => name,
        SdkType.Json => "JsonElement",
        SdkType.Object { Class: var named } => nameOf(named),
        SdkType.List { Items: var items } => $"ImmutableArray<{Value(items, nameOf)}>",
        SdkType.Map { Values: var values } => $"ImmutableDictionary<string, {Value(values, nameOf)}>",
        SdkType.Union { First: var first, Second: var second } => $"Union<{Value(first, nameOf)}, {Value(second, nameOf)}>",
        _ => throw new ArgumentException($"Not a type of a member: {type}.", nameof(type)),
    };

    /// <summary>The type of an input, without the question mark of the optional ones.</summary>
    /// <param name="member">The member.</param>
    /// <param name="nameOf">The name of a class where the text stands.</param>
    public static string Input(SdkMember member, Func<SdkClass, string> nameOf) => member switch
    {
        { EnumName: { } name } => $"InputUnion<string, Kubernetes.{name}>",
        { Type: SdkType.Json } => "InputJson",
        { Type: SdkType.List { Items: var items } } => $"InputList<{Value(items, nameOf)}>",
        { Type: SdkType.Map { Values: var values } } => $"InputMap<{Value(values, nameOf)}>",
        { Type: SdkType.Union { First: var first, Second: var second } } => $"InputUnion<{Value(first, nameOf)}, {Value(second, nameOf)}>",
        _ => $"Input<{Value(member.Type, nameOf)}>",
    };
}
