using System.Reflection;

namespace Pulumi;

/// <summary>How structs with <see cref="EnumTypeAttribute"/> are made from their text or number, and turned back into it.</summary>
internal static class EnumTypes
{
    /// <summary>The text or number that the value stands for.</summary>
    /// <exception cref="InvalidOperationException">The type has no such conversion.</exception>
    public static object? ToPlain(object value)
    {
        var type = value.GetType();
        var conversion = FindConversion(type);
        return conversion?.ReturnType == typeof(string) || conversion?.ReturnType == typeof(double)
            ? conversion.Invoke(null, [value])
            : throw new InvalidOperationException(
                $"{type.FullName} is marked with [EnumType], so it must have an explicit conversion to string or double.");
    }

    /// <summary>The constructor that takes a text or number; null when there is none for it.</summary>
    public static ConstructorInfo? FindConstructor(Type type, Type plainType) =>
        type.GetConstructor(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance, [plainType]);

    /// <summary>Why the type cannot be used; null when it can.</summary>
    public static string? FindFault(Type type)
    {
        var plainType = new[] { typeof(string), typeof(double) }.FirstOrDefault(plain => FindConstructor(type, plain) is not null);
        if (plainType is null)
        {
            return "is marked with [EnumType], so it must have a constructor from string or double";
        }

        return FindConversion(type)?.ReturnType == plainType
            ? null
            : $"is marked with [EnumType], so it must have an explicit conversion to {plainType.Name}";
    }

    private static MethodInfo? FindConversion(Type type) =>
        type.GetMethod("op_Explicit", BindingFlags.Public | BindingFlags.Static, [type]);
}
