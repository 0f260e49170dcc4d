namespace FogInfra.Embedded.Kubernetes.SdkGenerator;

/// <summary>The type of a member.</summary>
internal abstract record SdkType
{
    /// <summary>A text, a number or a truth value, by its name in C#.</summary>
    public sealed record Plain(string CsName) : SdkType;

    /// <summary>Any JSON.</summary>
    public sealed record Json : SdkType;

    /// <summary>An object with a class of its own.</summary>
    public sealed record Object(SdkClass Class) : SdkType;

    /// <summary>A list.</summary>
    public sealed record List(SdkType Items) : SdkType;

    /// <summary>A map from texts.</summary>
    public sealed record Map(SdkType Values) : SdkType;

    /// <summary>One of two.</summary>
    public sealed record Union(SdkType First, SdkType Second) : SdkType;

    private SdkType()
    {
    }

    /// <summary>The classes that it names.</summary>
    public IEnumerable<SdkClass> Classes => this switch
    {
        Object { Class: var named } => [named],
        List { Items: var items } => items.Classes,
        Map { Values: var values } => values.Classes,
        Union { First: var first, Second: var second } => first.Classes.Concat(second.Classes),
        _ => [],
    };
}
