using System.Reflection;
using FogInfra.Embedded.Kubernetes.Schema;
using Pulumi;
using Pulumi.Kubernetes;

namespace FogInfra.Tests.PulumiKubernetes;

/// <summary>What holds for every kind of the schema, in the package and in its stand-in.</summary>
public sealed class SdkShapeTests
{
    private static readonly Assembly Assembly = typeof(KubernetesResource).Assembly;

    public static TheoryData<string> Kinds => [.. KubernetesSchema.BuiltIn.Kinds.Select(kind => kind.Token)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Kind_HasAResourceAPatchAndAList(string token)
    {
        var kind = KubernetesSchema.BuiltIn.FindKind(token)!;
        foreach (var suffix in new[] { "", "Patch", "List" })
        {
            var resource = Class($"{kind.CsNamespace}.{kind.Kind}{suffix}");
            var args = Class($"{InputsOf(kind)}.{kind.Kind}{suffix}Args");

            Assert.Equal(typeof(KubernetesResource), resource.BaseType);
            Assert.Equal(token + suffix, resource.GetCustomAttribute<ResourceTypeAttribute>()!.Type);
            var constructor = Assert.Single(resource.GetConstructors());
            Assert.Equal(
                [(typeof(string), "name"), (args, "args"), (typeof(CustomResourceOptions), "options")],
                constructor.GetParameters().Select(parameter => (parameter.ParameterType, parameter.Name)));
            var get = resource.GetMethod("Get", [typeof(string), typeof(Input<string>), typeof(CustomResourceOptions)]);
            Assert.Equal(resource, get?.ReturnType);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Kind_HasItsPropertiesAsOutputsAndAllButTheStatusAsInputs(string token)
    {
        var kind = KubernetesSchema.BuiltIn.FindKind(token)!;
        var type = KubernetesSchema.BuiltIn.TypeOf(kind);

        var outputs = Class($"{kind.CsNamespace}.{kind.Kind}").GetProperties()
            .Select(property => property.GetCustomAttribute<OutputAttribute>()?.Name).Where(name => name is not (null or "id" or "urn"));
        Assert.Subset(outputs.ToHashSet(), type.Properties.Keys.ToHashSet<string?>());

        Assert.Subset(
            InputNames(Class($"{InputsOf(kind)}.{kind.Kind}Args")),
            type.Properties.Keys.Where(name => name != "status").ToHashSet());
        Assert.DoesNotContain("status", InputNames(Class($"{InputsOf(kind)}.{kind.Kind}Args")));
    }

    [Fact]
    public void Types_ThatTheSdkHas_HaveTheInputsAndRequiredFlagsOfTheSchema()
    {
        var compared = 0;
        foreach (var (name, type) in KubernetesSchema.BuiltIn.Types)
        {
            // A kind's own inputs lack its status, and not every other type is one that inputs are made of.
            var isKind = KubernetesSchema.BuiltIn.Kinds.Any(kind => kind.Type == name);
            if (isKind || Find($"Pulumi.Kubernetes.Types.Inputs.{type.Cs}Args") is not { } args)
            {
                continue;
            }

            foreach (var (wireName, property) in type.Properties)
            {
                var input = Assert.Single(Inputs(args), input => NameOf(input) == wireName.Replace('-', '_'));
                Assert.True(RequiredBy(input) == (property.SdkRequired ?? property.Required), $"{args.FullName}: {wireName}");
                compared++;
            }
        }

        Assert.True(compared > 1000, $"Compared only {compared} inputs.");
    }

    [Fact]
    public void Types_OfOutputs_AreReadOnlyFieldsFilledByTheConstructor()
    {
        var types = KubernetesSchema.BuiltIn.Types.Values
            .Select(type => Find("Pulumi.Kubernetes.Types.Outputs." + type.Cs)).OfType<Type>().ToList();

        Assert.True(types.Count > 300, $"Only {types.Count} types.");
        foreach (var type in types)
        {
            var constructor = Assert.Single(type.GetConstructors(BindingFlags.Instance | BindingFlags.NonPublic));
            Assert.NotNull(constructor.GetCustomAttribute<OutputConstructorAttribute>());
            Assert.NotNull(type.GetCustomAttribute<OutputTypeAttribute>());
            Assert.All(type.GetFields(), field => Assert.True(field.IsInitOnly, $"{type.FullName}.{field.Name}"));
            Assert.Equal(
                type.GetFields().Select(field => field.FieldType),
                constructor.GetParameters().Select(parameter => parameter.ParameterType));
        }
    }

    [Fact]
    public void KubernetesResource_CannotBeDerivedOutsideTheSdk() =>
        Assert.All(
            typeof(KubernetesResource).GetConstructors(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public),
            constructor => Assert.True(constructor.IsAssembly));

    private static Type Class(string name) => Find(name) ?? throw new InvalidOperationException($"There is no class {name}.");

    private static Type? Find(string name) => Assembly.GetType(name);

    private static string InputsOf(KubernetesKind kind) =>
        kind.CsNamespace.Replace("Pulumi.Kubernetes.", "Pulumi.Kubernetes.Types.Inputs.", StringComparison.Ordinal);

    private static HashSet<string> InputNames(Type args) => [.. Inputs(args).Select(NameOf)];

    private static IEnumerable<CustomAttributeData> Inputs(Type args) =>
        args.GetMembers(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .SelectMany(member => member.GetCustomAttributesData()).Where(attribute => attribute.AttributeType == typeof(InputAttribute));

    private static string NameOf(CustomAttributeData input) => (string)input.ConstructorArguments[0].Value!;

    private static bool RequiredBy(CustomAttributeData input) => (bool)input.ConstructorArguments[1].Value!;
}
