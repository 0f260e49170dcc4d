using FogInfra.Embedded.Simulator.Errors;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Rules;

/// <summary>What the API server does with objects of one kind beyond what their schema says. The base is a kind with no rules of its own.</summary>
internal class KindRules
{
    /// <summary>For kinds without rules of their own.</summary>
    public static KindRules None { get; } = new();

    /// <summary>The object with the values that it leaves out.</summary>
    public virtual JsonMap Default(JsonMap value) => value;

    /// <summary>A new object with what the server decides about it, such as its first status. No field manager owns that.</summary>
    public virtual JsonMap PrepareForCreate(JsonMap value) => value;

    /// <summary>A changed object with what the server decides about it.</summary>
    public virtual JsonMap PrepareForUpdate(JsonMap next, JsonMap current) => next;

    /// <summary>The object with what must be unique in the cluster, such as an address; what is given is taken. Called last, when nothing else can fail.</summary>
    /// <param name="value">The object.</param>
    /// <param name="current">The object before; null when it is new.</param>
    /// <param name="errors">Takes what cannot be had.</param>
    public virtual JsonMap Allocate(JsonMap value, JsonMap? current, ICollection<FieldError> errors) => value;

    /// <summary>The faults of an object.</summary>
    public virtual IEnumerable<FieldError> Validate(JsonMap value) => [];

    /// <summary>The faults of a change.</summary>
    public virtual IEnumerable<FieldError> ValidateUpdate(JsonMap next, JsonMap current) => [];

    /// <summary>What is wrong with a name; null when nothing is.</summary>
    public virtual string? NameFault(string name) => Names.SubdomainFault(name);

    /// <summary>The object with a finalizer that keeps it while it is in use.</summary>
    protected static JsonMap Protected(JsonMap value, string finalizer) => value.Finalizers.Contains(finalizer)
        ? value
        : value.Set(JsonList.FromTexts(value.Finalizers.Append(finalizer)), "metadata", "finalizers");

    /// <summary>The error for each path whose value differs and must not.</summary>
    protected static IEnumerable<FieldError> Immutable(JsonMap next, JsonMap current, params IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            var names = path.Split('.');
            var value = next.At(names);
            if (!Equals(value, current.At(names))) yield return FieldError.Immutable(path, value);
        }
    }
}
