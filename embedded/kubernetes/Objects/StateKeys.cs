namespace FogInfra.Embedded.Kubernetes.Objects;

/// <summary>What the outputs of a resource hold beside the object itself.</summary>
internal static class StateKeys
{
    /// <summary>The inputs of the last update.</summary>
    public const string Inputs = "__inputs";

    /// <summary>The API version that the object was created in.</summary>
    public const string InitialApiVersion = "__initialApiVersion";

    /// <summary>The name of the field manager.</summary>
    public const string FieldManager = "__fieldManager";
}
