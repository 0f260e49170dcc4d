using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using FogInfra.Embedded.Protocol.Values;

namespace Pulumi;

/// <summary>
/// Turns a property value that the engine sent into an object of the type that the program expects. A value of another kind is not an
/// error of the program: it is told by a warning and replaced by the type's default.
/// </summary>
/// <param name="warn">Where warnings go.</param>
/// <param name="outputTypes">The check of the types that are read into.</param>
internal sealed class ValueReader(Action<string> warn, OutputTypes outputTypes)
{
    /// <summary>Reads a value.</summary>
    /// <param name="path">Where the value stands, for errors and warnings.</param>
    /// <param name="value">The value.</param>
    /// <param name="type">The type that the program expects.</param>
    /// <exception cref="InvalidOperationException">An output cannot have the type.</exception>
    public OutputState<object?> Read(string path, PropertyValue value, Type type)
    {
        outputTypes.Check(path, type);
        var state = PlainValues.Read(value);
        return state.With(ConvertOrWarn(path, state.Value, type));
    }

    private object? ConvertOrWarn(string path, object? value, Type type)
    {
        try
        {
            return Convert(path, value, type);
        }
        catch (MismatchException mismatch)
        {
            warn(mismatch.Message);
            return DefaultOf(type);
        }
    }

    private object? Convert(string path, object? value, Type type)
    {
        if (value is null)
        {
            return DefaultOf(type);
        }

        if (type == typeof(object))
        {
            return value;
        }

        if (type == typeof(int))
        {
            return (int)Expect<double>(path, value);
        }

        if (type == typeof(System.Text.Json.JsonElement))
        {
            return PlainValues.ToJson(value) ?? throw new MismatchException(path, "a JSON value", value);
        }

        if (type.IsEnum)
        {
            return Enum.ToObject(type, (int)Expect<double>(path, value));
        }

        if (type.IsValueType && type.IsDefined(typeof(EnumTypeAttribute)))
        {
            return value is string or double && EnumTypes.FindConstructor(type, value.GetType()) is { } constructor
                ? constructor.Invoke([value])
                : throw new MismatchException(path, $"a value of {type.FullName}", value);
        }

        return type.IsConstructedGenericType ? ConvertGeneric(path, value, type) : ConvertClass(path, value, type);
    }

    private object? ConvertGeneric(string path, object value, Type type)
    {
        var definition = type.GetGenericTypeDefinition();
        var arguments = type.GenericTypeArguments;
        if (definition == typeof(Nullable<>))
        {
            return Convert(path, value, arguments[0]);
        }

        if (definition == typeof(Union<,>))
        {
            return ConvertUnion(path, value, type);
        }

        // The rest is made of typed parts, so typed code must make it.
        var name = definition == typeof(ImmutableArray<>) ? nameof(ToArray)
            : definition == typeof(ImmutableDictionary<,>) ? nameof(ToDictionary)
            : nameof(ToOutput);
        var method = typeof(ValueReader).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Instance)!.MakeGenericMethod(arguments[^1]);
        return method.Invoke(this, BindingFlags.DoNotWrapExceptions, binder: null, [path, value], culture: null);
    }

    private object ConvertUnion(string path, object value, Type type)
    {
        for (var index = 0; index < 2; index++)
        {
            try
            {
                var held = Convert(path, value, type.GenericTypeArguments[index]);
                return type.GetMethod($"FromT{index}", BindingFlags.Public | BindingFlags.Static)!.Invoke(null, [held])!;
            }
            catch (MismatchException)
            {
                // The value is not of this case; the other may fit.
            }
        }

        throw new MismatchException(path, $"{type.GenericTypeArguments[0].FullName} or {type.GenericTypeArguments[1].FullName}", value);
    }

    private object ConvertClass(string path, object value, Type type)
    {
        if (type == typeof(Asset) || type == typeof(AssetOrArchive))
        {
            return type.IsInstanceOfType(value) ? value : new InvalidAsset();
        }

        if (type == typeof(Archive))
        {
            return value as Archive ?? new InvalidArchive();
        }

        if (type.IsInstanceOfType(value))
        {
            return value;
        }

        if (typeof(Resource).IsAssignableFrom(type) || type == typeof(string) || type == typeof(bool) || type == typeof(double))
        {
            throw new MismatchException(path, type.FullName!, value);
        }

        var properties = Expect<ImmutableDictionary<string, object?>>(path, value);
        return Construct(type.IsInterface ? FindCase(path, properties, type) : type, properties);
    }

    private object Construct(Type type, ImmutableDictionary<string, object?> properties)
    {
        var constructor = OutputTypes.FindConstructor(type)!; // The check of the type has seen to it.
        var arguments = constructor.GetParameters().Select(parameter =>
        {
            var name = parameter.GetCustomAttribute<OutputConstructorParameterAttribute>()?.Name ?? parameter.Name!;
            return ConvertOrWarn($"{type.FullName}({parameter.Name})", properties.GetValueOrDefault(name), parameter.ParameterType);
        });
        return constructor.Invoke(BindingFlags.DoNotWrapExceptions, binder: null, [.. arguments], culture: null);
    }

    private static Type FindCase(string path, ImmutableDictionary<string, object?> properties, Type union)
    {
        var name = union.GetCustomAttribute<DiscriminatedUnionDiscriminatorAttribute>()!.PropertyName;
        var cases = union.GetCustomAttributes<DiscriminatedUnionCaseAttribute>().ToArray();
        var tag = properties.GetValueOrDefault(name) as string;
        return cases.FirstOrDefault(unionCase => unionCase.Tag == tag)?.Type
            ?? throw new MismatchException(
                $"{path}: the property '{name}' must be one of {string.Join(", ", cases.Select(unionCase => $"'{unionCase.Tag}'"))}, "
                + (tag is null ? "but is missing." : $"but is '{tag}'."));
    }

    private ImmutableArray<T> ToArray<T>(string path, object value) =>
        [.. Expect<ImmutableArray<object?>>(path, value).Select((item, index) => (T)ConvertOrWarn($"{path}[{index}]", item, typeof(T))!)];

    private ImmutableDictionary<string, T> ToDictionary<T>(string path, object value) =>
        Expect<ImmutableDictionary<string, object?>>(path, value)
            .ToImmutableDictionary(pair => pair.Key, pair => (T)ConvertOrWarn($"{path}.{pair.Key}", pair.Value, typeof(T))!);

    private Output<T> ToOutput<T>(string path, object value) => Output.Create((T)Convert(path, value, typeof(T))!);

    private static T Expect<T>(string path, object value) =>
        value is T expected ? expected : throw new MismatchException(path, typeof(T).Name, value);

    private static object? DefaultOf(Type type) => type.IsValueType ? Activator.CreateInstance(type) : null;

    /// <summary>The value is not of the kind that the type asks for. Its message never has the value itself, which may be secret.</summary>
    private sealed class MismatchException(string message) : Exception(message)
    {
        public MismatchException(string path, string expected, object actual)
            : this($"{path}: expected {expected}, but the engine gave {NameOf(actual)}.")
        {
        }

        private static string NameOf(object value) => value switch
        {
            string => "a text",
            double => "a number",
            bool => "a truth value",
            IDictionary => "an object",
            IList => "a list",
            _ => $"a value of {value.GetType().Name}",
        };
    }
}
