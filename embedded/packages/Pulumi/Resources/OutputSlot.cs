using System.Collections.Immutable;
using System.Reflection;

namespace Pulumi;

/// <summary>An output of a resource that waits for the engine's answer.</summary>
internal interface IOutputSlot
{
    /// <summary>The type of the value.</summary>
    Type ValueType { get; }

    /// <summary>The output to give to the program.</summary>
    object Output { get; }

    /// <summary>Settles the output, unless it has settled already.</summary>
    void TrySettle(OutputState<object?> state);

    /// <summary>Settles the output with the default of its type, unless it has settled already.</summary>
    void TrySettleWithDefault(bool isKnown);

    /// <summary>Lets the output fail, unless it has settled already.</summary>
    void TryFail(Exception exception);
}

/// <inheritdoc cref="IOutputSlot"/>
internal sealed class OutputSlot<T> : IOutputSlot
{
    private readonly ImmutableHashSet<Resource> _resources;
    private readonly TaskCompletionSource<OutputState<T>> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public OutputSlot(Resource resource)
    {
        _resources = [resource];
        Output = new Output<T>(_source.Task);
    }

    public Type ValueType => typeof(T);

    public object Output { get; }

    public void TrySettle(OutputState<object?> state) =>
        _source.TrySetResult(new OutputState<T>((T)state.Value!, state.IsKnown, state.IsSecret, _resources.Union(state.Resources)));

    public void TrySettleWithDefault(bool isKnown) =>
        _source.TrySetResult(new OutputState<T>(default!, isKnown, isSecret: false, _resources));

    public void TryFail(Exception exception) => _source.TrySetException(exception);
}

/// <summary>Finds the properties of a resource that the engine fills.</summary>
internal static class OutputSlots
{
    public const string Urn = "urn";
    public const string Id = "id";

    /// <summary>Gives each such property an output that waits, by the output's name.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="filledByEngine">False for a component that the program itself makes: only its URN comes from the engine.</param>
    /// <param name="outputTypes">The check of the types.</param>
    /// <exception cref="RunException">A property is no output.</exception>
    /// <exception cref="InvalidOperationException">A property cannot be set, or has a type that an output cannot have.</exception>
    public static ImmutableDictionary<string, IOutputSlot> Fill(Resource resource, bool filledByEngine, OutputTypes outputTypes)
    {
        var slots = ImmutableDictionary.CreateBuilder<string, IOutputSlot>();
        foreach (var property in resource.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetCustomAttribute<OutputAttribute>() is not { } mark
                || (!filledByEngine && property.DeclaringType != typeof(Resource)))
            {
                continue;
            }

            var name = mark.Name ?? property.Name;
            var path = $"{resource.GetType().FullName}.{property.Name}";
            if (!property.PropertyType.IsConstructedGenericType || property.PropertyType.GetGenericTypeDefinition() != typeof(Output<>))
            {
                throw RunException.OutputsHaveIncorrectType([name]);
            }

            var valueType = property.PropertyType.GenericTypeArguments[0];
            outputTypes.Check(path, valueType);
            // The setter may be private to the class that declares the property.
            var declared = property.DeclaringType!.GetProperty(
                property.Name, BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly)!;
            if (!declared.CanWrite)
            {
                throw new InvalidOperationException($"{path} is marked with [Output], so it must have a setter, which may be private.");
            }

            var slot = (IOutputSlot)Activator.CreateInstance(typeof(OutputSlot<>).MakeGenericType(valueType), resource)!;
            declared.SetValue(resource, slot.Output);
            slots.Add(name, slot);
        }

        return slots.ToImmutable();
    }
}
