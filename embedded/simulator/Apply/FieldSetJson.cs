using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Apply;

/// <summary>The form <c>FieldsV1</c> of field sets in <c>metadata.managedFields</c>.</summary>
internal static class FieldSetJson
{
    private const string Itself = ".";

    /// <summary>Reads a set; null when it is not in this form.</summary>
    public static FieldSet? Read(JsonData? value)
    {
        if (value is not JsonMap map) return null;
        if (map.Count == 0) return FieldSet.Member;
        var children = new List<KeyValuePair<string, FieldSet>>(map.Count);
        foreach (var (element, below) in map)
        {
            if (element == Itself) continue;
            if (element.Length < 2 || element[1] != ':' || Read(below) is not { } child) return null;
            children.Add(KeyValuePair.Create(element, child));
        }
        return FieldSet.Of(map.ContainsKey(Itself), children);
    }

    /// <summary>Writes a set.</summary>
    public static JsonMap Write(FieldSet set)
    {
        var members = set.Children.Select(child => KeyValuePair.Create(child.Key, (JsonData)Write(child.Value)));
        return JsonMap.From(set is { IsMember: true, Children.Count: > 0 } ? members.Prepend(KeyValuePair.Create(Itself, (JsonData)JsonMap.Empty)) : members);
    }
}
