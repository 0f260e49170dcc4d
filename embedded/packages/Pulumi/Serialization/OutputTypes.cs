using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;

namespace Pulumi;

/// <summary>Which types an output of a resource may have, checked once for each type and program.</summary>
internal sealed class OutputTypes
{
    private static readonly ImmutableHashSet<Type> Scalars =
    [
        typeof(bool), typeof(int), typeof(double), typeof(string), typeof(object), typeof(JsonElement),
        typeof(Asset), typeof(Archive), typeof(AssetOrArchive),
    ];

    private static readonly ImmutableHashSet<Type> Containers =
        [typeof(Nullable<>), typeof(Union<,>), typeof(ImmutableArray<>), typeof(ImmutableDictionary<,>), typeof(Output<>)];

    private readonly ConcurrentDictionary<Type, bool> _accepted = [];

    /// <summary>Checks a type and all that it is made of.</summary>
    /// <param name="path">Where the type stands, for errors.</param>
    /// <param name="type">The type.</param>
    /// <exception cref="InvalidOperationException">An output cannot have the type.</exception>
    public void Check(string path, Type type)
    {
        if (!_accepted.ContainsKey(type))
        {
            var met = new HashSet<Type>();
            Check(path, type, met);
            // Only now: a type that was met on the way may have turned out to be faulty.
            foreach (var accepted in met)
            {
                _accepted[accepted] = true;
            }
        }
    }

    /// <summary>The constructor by which an <see cref="OutputTypeAttribute"/> class is made; null when it is not clear which.</summary>
    public static ConstructorInfo? FindConstructor(Type type)
    {
        var constructors = type.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance);
        return constructors.FirstOrDefault(constructor => constructor.IsDefined(typeof(OutputConstructorAttribute)))
            ?? (constructors.Where(constructor => constructor.IsPublic).ToArray() is [var only] ? only : null);
    }

    private void Check(string path, Type type, HashSet<Type> met)
    {
        var isPlain = Scalars.Contains(type) || typeof(Resource).IsAssignableFrom(type) || IsIntEnum(type);
        if (isPlain || _accepted.ContainsKey(type) || !met.Add(type))
        {
            return;
        }

        if (type.IsConstructedGenericType)
        {
            CheckContainer(path, type, met);
        }
        else if (type.IsValueType && type.IsDefined(typeof(EnumTypeAttribute)))
        {
            if (EnumTypes.FindFault(type) is { } fault)
            {
                throw Fault(path, type, fault);
            }
        }
        else if (type.IsInterface && type.IsDefined(typeof(DiscriminatedUnionDiscriminatorAttribute)))
        {
            CheckCases(path, type, met);
        }
        else
        {
            CheckClass(path, type, met);
        }
    }

    private void CheckContainer(string path, Type type, HashSet<Type> met)
    {
        var definition = type.GetGenericTypeDefinition();
        if (!Containers.Contains(definition))
        {
            throw Fault(path, type, "is no type that an output may hold; of generic types only ImmutableArray<T>, "
                + "ImmutableDictionary<string, T>, Union<T0, T1>, Output<T> and Nullable<T> are");
        }

        if (definition == typeof(ImmutableDictionary<,>) && type.GenericTypeArguments[0] != typeof(string))
        {
            throw Fault(path, type, "must have keys of type string");
        }

        foreach (var argument in type.GenericTypeArguments)
        {
            Check(path, argument, met);
        }
    }

    private void CheckCases(string path, Type type, HashSet<Type> met)
    {
        foreach (var unionCase in type.GetCustomAttributes<DiscriminatedUnionCaseAttribute>())
        {
            if (!type.IsAssignableFrom(unionCase.Type))
            {
                throw Fault(path, type, $"names for '{unionCase.Tag}' the type {unionCase.Type.FullName}, which does not implement it");
            }

            Check($"{path}('{unionCase.Tag}')", unionCase.Type, met);
        }
    }

    private void CheckClass(string path, Type type, HashSet<Type> met)
    {
        if (!type.IsDefined(typeof(OutputTypeAttribute)))
        {
            throw Fault(path, type, "is no type that an output may hold; allowed are bool, int, double, string, object, JsonElement, "
                + "assets, resources, enums of int, ImmutableArray<T>, ImmutableDictionary<string, T> "
                + "and classes marked with [OutputType]");
        }

        var constructor = FindConstructor(type)
            ?? throw Fault(path, type, "is marked with [OutputType], so one of its constructors must be marked with [OutputConstructor]");
        foreach (var parameter in constructor.GetParameters())
        {
            Check($"{type.FullName}({parameter.Name})", parameter.ParameterType, met);
        }
    }

    private static bool IsIntEnum(Type type) => type.IsEnum && type.GetEnumUnderlyingType() == typeof(int);

    private static InvalidOperationException Fault(string path, Type type, string fault) =>
        new($"{path}: the type {type.FullName} {fault}.");
}
