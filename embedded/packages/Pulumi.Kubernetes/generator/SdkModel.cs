using FogInfra.Embedded.Kubernetes.Schema;

namespace FogInfra.Embedded.Kubernetes.SdkGenerator;

/// <summary>What the SDK consists of: the resources, and the types that a program can reach from them.</summary>
internal sealed class SdkModel
{
    private readonly MemberReader _members;
    private readonly HashSet<string> _resourceTypes;

    private SdkModel(IReadOnlyDictionary<string, KubernetesType> types, IReadOnlyList<SdkResource> resources)
    {
        _members = new MemberReader(types);
        _resourceTypes = [.. resources.Select(resource => resource.Class.TypeName)];
        Resources = resources;
        Inputs = Reach(resources.Select(resource => resource.Class), InputMembers);

        // The class of a resource is not an output type by itself; it becomes one where a list or another type holds it.
        Outputs = Reach(resources.SelectMany(resource => Nested(resource.Class, OutputMembers)), OutputMembers);
        Enums = Inputs.SelectMany(InputMembers).Where(member => member.EnumName is not null).DistinctBy(member => member.EnumName)
            .ToDictionary(member => member.EnumName!, member => member.Values);
    }

    /// <summary>The model of a schema.</summary>
    public static SdkModel Of(KubernetesSchema schema)
    {
        var types = schema.Types.Concat(RetiredApi.Types).ToDictionary(StringComparer.Ordinal);
        types.Add(ListType.MetaName, ListType.Meta);
        foreach (var kind in schema.Kinds)
        {
            types.Add(ListType.NameOf(kind), ListType.Of(kind, schema.TypeOf(kind)));
        }

        return new SdkModel(types, [.. schema.Kinds.SelectMany(kind => SdkResource.FormsOf(kind, types))]);
    }

    /// <summary>The resources: per kind an object, a patch and a list.</summary>
    public IReadOnlyList<SdkResource> Resources { get; }

    /// <summary>The types that inputs are made of, the resources' own included.</summary>
    public IReadOnlyList<SdkClass> Inputs { get; }

    /// <summary>The types that outputs are made of.</summary>
    public IReadOnlyList<SdkClass> Outputs { get; }

    /// <summary>The values of each enum, by its name, for example <c>Core.V1.ServiceSpecType</c>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Enums { get; }

    /// <summary>What a program can set. The status of an object is the cluster's to write.</summary>
    public IEnumerable<SdkMember> InputMembers(SdkClass type) =>
        _members.Read(type).Where(member => member.WireName != "status" || !_resourceTypes.Contains(type.TypeName));

    /// <summary>What a program can read.</summary>
    public IEnumerable<SdkMember> OutputMembers(SdkClass type) => _members.Read(type);

    private static List<SdkClass> Reach(IEnumerable<SdkClass> start, Func<SdkClass, IEnumerable<SdkMember>> members)
    {
        var reached = new HashSet<SdkClass>();
        var open = new Stack<SdkClass>(start);
        while (open.TryPop(out var next))
        {
            if (reached.Add(next))
            {
                foreach (var nested in Nested(next, members)) open.Push(nested);
            }
        }

        return [.. reached];
    }

    private static IEnumerable<SdkClass> Nested(SdkClass type, Func<SdkClass, IEnumerable<SdkMember>> members) =>
        members(type).SelectMany(member => member.Type.Classes);
}
