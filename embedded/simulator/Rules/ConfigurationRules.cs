using System.Text;
using FogInfra.Embedded.Simulator.Errors;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Rules;

/// <summary>Rules of ConfigMaps.</summary>
internal sealed class ConfigMapRules : KindRules
{
    public override IEnumerable<FieldError> Validate(JsonMap value) => Configuration.KeyFaults(value, "data").Concat(Configuration.KeyFaults(value, "binaryData"));

    public override IEnumerable<FieldError> ValidateUpdate(JsonMap next, JsonMap current) => Configuration.ImmutableFaults(next, current, "data", "binaryData");
}

/// <summary>Rules of Secrets.</summary>
internal sealed class SecretRules : KindRules
{
    private static readonly Dictionary<string, string[]> KeysOfType = new(StringComparer.Ordinal)
    {
        ["kubernetes.io/dockercfg"] = [".dockercfg"],
        ["kubernetes.io/dockerconfigjson"] = [".dockerconfigjson"],
        ["kubernetes.io/ssh-auth"] = ["ssh-privatekey"],
        ["kubernetes.io/tls"] = ["tls.crt", "tls.key"],
    };

    // Texts given in the clear are only a way of writing.
    public override JsonMap Default(JsonMap value) => value.Map("stringData").Texts()
        .Aggregate(value, (result, text) => result.Set(Convert.ToBase64String(Encoding.UTF8.GetBytes(text.Value)), "data", text.Key))
        .Without("stringData")
        .Default("Opaque", "type");

    public override IEnumerable<FieldError> Validate(JsonMap value) =>
    [
        .. Configuration.KeyFaults(value, "data"),
        .. KeysOfType.GetValueOrDefault(value.Text("type") ?? "", []).Where(key => !value.Map("data").ContainsKey(key)).Select(key => FieldError.Required($"data[{key}]")),
    ];

    public override IEnumerable<FieldError> ValidateUpdate(JsonMap next, JsonMap current) =>
        [.. Immutable(next, current, "type"), .. Configuration.ImmutableFaults(next, current, "data")];
}

/// <summary>What ConfigMaps and Secrets have in common.</summary>
internal static class Configuration
{
    private const int MostBytes = 1024 * 1024;

    /// <summary>The faults of keys, and of what is too much.</summary>
    public static IEnumerable<FieldError> KeyFaults(JsonMap value, string member)
    {
        foreach (var key in value.Map(member).Keys)
        {
            if (Names.ConfigKeyFault(key) is { } fault) yield return FieldError.Invalid($"{member}[{key}]", key, fault);
        }
        if (value.Map(member).Sum(entry => (long)(entry.Value.AsText?.Length ?? 0)) > MostBytes)
        {
            yield return new FieldError("FieldValueTooLong", member, $"Too long: may not be more than {MostBytes} bytes");
        }
    }

    /// <summary>The faults of a change of what was declared immutable.</summary>
    public static IEnumerable<FieldError> ImmutableFaults(JsonMap next, JsonMap current, params string[] members)
    {
        const string why = "field is immutable when `immutable` is set";
        if (!current.Flag("immutable")) yield break;
        if (!next.Flag("immutable")) yield return FieldError.Forbidden("immutable", why);
        foreach (var member in members)
        {
            if (!Equals(next[member], current[member])) yield return FieldError.Forbidden(member, why);
        }
    }
}
