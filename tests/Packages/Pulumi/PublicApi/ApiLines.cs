using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace FogInfra.Tests;

/// <summary>
/// The public and protected members of an assembly, one line for each, in the form of Roslyn's public-API files (PublicAPI.Shipped.txt)
/// without nullability: <c>static Pulumi.Output.Create&lt;T&gt;(T value) -> Pulumi.Output&lt;T&gt;</c>.
/// </summary>
internal static partial class ApiLines
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void", [typeof(object)] = "object", [typeof(string)] = "string", [typeof(bool)] = "bool", [typeof(byte)] = "byte",
        [typeof(char)] = "char", [typeof(short)] = "short", [typeof(int)] = "int", [typeof(uint)] = "uint", [typeof(long)] = "long",
        [typeof(ulong)] = "ulong", [typeof(float)] = "float", [typeof(double)] = "double", [typeof(decimal)] = "decimal",
    };

    /// <summary>The lines of all types that other assemblies can see.</summary>
    public static IEnumerable<string> Of(Assembly assembly) => assembly.GetExportedTypes().SelectMany(Of);

    /// <summary>A line with its type parameters numbered: their names are no part of what a program can rely on.</summary>
    public static string Normalize(string line)
    {
        var declaration = line[..(line.IndexOf('(', StringComparison.Ordinal) is var end and >= 0 ? end : line.Length)];
        var names = TypeParameters().Matches(declaration).SelectMany(match => match.Groups[1].Value.Split(", ")).Distinct().ToList();
        return Identifier().Replace(line, word => names.IndexOf(word.Value) is var index and >= 0 ? $"!{index}" : word.Value);
    }

    /// <summary>The lines of a type.</summary>
    public static IEnumerable<string> Of(Type type)
    {
        var name = NameOf(type);
        yield return name;
        if (type.IsEnum)
        {
            foreach (var member in type.GetFields(BindingFlags.Public | BindingFlags.Static))
            {
                yield return $"{name}.{member.Name} = {member.GetRawConstantValue()} -> {name}";
            }

            yield break;
        }

        if (typeof(Delegate).IsAssignableFrom(type))
        {
            yield return Line(name, type.GetMethod("Invoke")!);
            yield break;
        }

        foreach (var field in type.GetFields(Declared).Where(field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly))
        {
            var modifiers = field.IsLiteral ? "const " : $"{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}";
            yield return $"{modifiers}{name}.{field.Name} -> {NameOf(field.FieldType, Names(field.CustomAttributes))}";
        }

        foreach (var constructor in type.GetConstructors(Declared).Where(IsVisible))
        {
            yield return $"{name}.{SimpleName(type)}({Parameters(constructor)}) -> void";
        }

        foreach (var property in type.GetProperties(Declared))
        {
            foreach (var accessor in property.GetAccessors(nonPublic: true).Where(IsVisible))
            {
                yield return Line(name, property, accessor);
            }
        }

        foreach (var method in type.GetMethods(Declared).Where(IsVisible))
        {
            // Special names are those of accessors, which are told with their properties, and of operators.
            if (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal))
            {
                yield return Line(name, method);
            }
        }
    }

    private static string Line(string type, PropertyInfo property, MethodInfo accessor)
    {
        var index = property.GetIndexParameters() is { Length: > 0 } parameters
            ? $"this[{string.Join(", ", parameters.Select(Parameter))}]"
            : property.Name;
        var isGet = accessor == property.GetMethod;
        var kind = isGet ? "get"
            : accessor.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init"
            : "set";
        var result = isGet ? NameOf(property.PropertyType, Names(property.CustomAttributes)) : "void";
        return $"{Modifiers(accessor)}{type}.{index}.{kind} -> {result}";
    }

    private static string Line(string type, MethodInfo method)
    {
        var result = NameOf(method.ReturnType, Names(method.ReturnParameter.CustomAttributes));
        var name = method.Name switch
        {
            "op_Implicit" => $"implicit operator {result}",
            "op_Explicit" => $"explicit operator {result}",
            "op_Equality" => "operator ==",
            "op_Inequality" => "operator !=",
            "op_BitwiseOr" => "operator |",
            _ => method.Name,
        };
        var typeParameters = TypeArguments([.. method.GetGenericArguments()]);
        var extension = method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "";
        return $"{Modifiers(method)}{type}.{name}{typeParameters}({extension}{Parameters(method)}) -> {result}";
    }

    private static string Modifiers(MethodInfo method) =>
        method.IsStatic ? "static "
        : method.DeclaringType!.IsInterface || typeof(Delegate).IsAssignableFrom(method.DeclaringType) ? ""
        : method.IsAbstract ? "abstract "
        : !method.IsVirtual ? ""
        : method.GetBaseDefinition() != method ? "override "
        : method.IsFinal ? ""
        : "virtual ";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var prefix = parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params "
            : parameter.IsOut ? "out "
            : parameter.ParameterType.IsByRef ? "ref "
            : "";
        var value = !parameter.HasDefaultValue ? "" : $" = {Default(parameter.RawDefaultValue, parameter.ParameterType)}";
        return $"{prefix}{NameOf(parameter.ParameterType, Names(parameter.CustomAttributes))} {parameter.Name}{value}";
    }

    private static string Default(object? value, Type type) => value switch
    {
        null when type.IsValueType && Nullable.GetUnderlyingType(type) is null => $"default({NameOf(type)})",
        null => "null",
        bool flag => flag ? "true" : "false",
        string text => $"\"{text}\"",
        _ when type.IsEnum => $"{NameOf(type)}.{Enum.ToObject(type, value)}",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static Queue<string?>? Names(IEnumerable<CustomAttributeData> attributes) =>
        attributes.FirstOrDefault(attribute => attribute.AttributeType == typeof(TupleElementNamesAttribute))?.ConstructorArguments[0].Value
            is IEnumerable<CustomAttributeTypedArgument> names ? new(names.Select(name => (string?)name.Value)) : null;

    /// <summary>A type as C# writes it.</summary>
    /// <param name="type">The type.</param>
    /// <param name="tupleNames">The names of the elements of the tuples in it, in order.</param>
    private static string NameOf(Type type, Queue<string?>? tupleNames = null)
    {
        if (type.IsByRef || type.IsArray)
        {
            return NameOf(type.GetElementType()!, tupleNames) + (type.IsArray ? "[]" : "");
        }

        if (type.IsGenericParameter || Keywords.ContainsKey(type))
        {
            return Keywords.GetValueOrDefault(type) ?? type.Name;
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return $"{NameOf(underlying, tupleNames)}?";
        }

        if (type.IsConstructedGenericType && typeof(ITuple).IsAssignableFrom(type) && type.IsValueType)
        {
            return $"({string.Join(", ", Elements(type, tupleNames))})";
        }

        var prefix = type.IsNested ? $"{NameOf(type.DeclaringType!)}." : type.Namespace is { Length: > 0 } space ? $"{space}." : "";
        var own = type.GetGenericArguments().Skip(type.DeclaringType?.GetGenericArguments().Length ?? 0).ToList();
        return $"{prefix}{SimpleName(type)}{TypeArguments(own, tupleNames)}";
    }

    private static string TypeArguments(IReadOnlyCollection<Type> arguments, Queue<string?>? tupleNames = null) =>
        arguments.Count == 0 ? "" : $"<{string.Join(", ", arguments.Select(argument => NameOf(argument, tupleNames)))}>";

    // A tuple of more than seven keeps the rest in a tuple of its own. All its elements' names come before those of tuples in them.
    private static IEnumerable<string> Elements(Type tuple, Queue<string?>? tupleNames)
    {
        var types = new List<Type>();
        for (var rest = tuple; rest is not null;)
        {
            var arguments = rest.GetGenericArguments();
            types.AddRange(arguments.Take(7));
            rest = arguments.Length > 7 ? arguments[7] : null;
        }

        var names = types.Select(_ => tupleNames?.Count > 0 ? tupleNames.Dequeue() : null).ToList();
        return types.Zip(names, (type, name) => name is null ? NameOf(type, tupleNames) : $"{NameOf(type, tupleNames)} {name}");
    }

    private static string SimpleName(Type type) => type.Name.Split('`')[0];

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    [GeneratedRegex(@"<(\w+(?:, \w+)*)>")]
    private static partial Regex TypeParameters();

    [GeneratedRegex(@"(?<![\w.])\w+(?!\w)")]
    private static partial Regex Identifier();
}
