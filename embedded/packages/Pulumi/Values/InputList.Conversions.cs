using System.Collections.Immutable;

namespace Pulumi;

// What may be assigned to a list.
public sealed partial class InputList<T>
{
    /// <summary>A list of one item.</summary>
    /// <param name="value">The item.</param>
    public static implicit operator InputList<T>(T value) => (Input<T>)value;

    /// <summary>A list of one item.</summary>
    /// <param name="value">The item.</param>
    public static implicit operator InputList<T>(Output<T> value) => (Input<T>)value;

    /// <summary>A list of one item.</summary>
    /// <param name="value">The item.</param>
    public static implicit operator InputList<T>(Input<T> value) => Of([value]);

    /// <summary>A list of these items.</summary>
    /// <param name="values">The items.</param>
    public static implicit operator InputList<T>(T[] values) => Of([.. values]);

    /// <summary>A list of these items.</summary>
    /// <param name="values">The items.</param>
    public static implicit operator InputList<T>(Output<T>[] values) => Of([.. values]);

    /// <summary>A list of these items.</summary>
    /// <param name="values">The items.</param>
    public static implicit operator InputList<T>(Input<T>[] values) => Of([.. values]);

    /// <summary>A list of these items.</summary>
    /// <param name="values">The items.</param>
    public static implicit operator InputList<T>(List<T> values) => Of([.. values]);

    /// <summary>A list of these items.</summary>
    /// <param name="values">The items.</param>
    public static implicit operator InputList<T>(List<Output<T>> values) => Of([.. values]);

    /// <summary>A list of these items.</summary>
    /// <param name="values">The items.</param>
    public static implicit operator InputList<T>(List<Input<T>> values) => Of([.. values]);

    /// <summary>A list of these items.</summary>
    /// <param name="values">The items.</param>
    public static implicit operator InputList<T>(ImmutableArray<T> values) => Of(AsInputs(values));

    /// <summary>A list of these items.</summary>
    /// <param name="values">The items.</param>
    public static implicit operator InputList<T>(ImmutableArray<Output<T>> values) => Of(values.IsDefault ? default : [.. values]);

    /// <summary>A list of these items.</summary>
    /// <param name="values">The items.</param>
    public static implicit operator InputList<T>(ImmutableArray<Input<T>> values) => Of(values);

    /// <summary>A list that is there later.</summary>
    /// <param name="values">The list.</param>
    public static implicit operator InputList<T>(Output<T[]> values) => Later(values.Apply(items => AsInputs([.. items])));

    /// <summary>A list that is there later.</summary>
    /// <param name="values">The list.</param>
    public static implicit operator InputList<T>(Output<List<T>> values) => Later(values.Apply(items => AsInputs([.. items])));

    /// <summary>A list that is there later.</summary>
    /// <param name="values">The list.</param>
    public static implicit operator InputList<T>(Output<IEnumerable<T>> values) => Later(values.Apply(items => AsInputs([.. items])));

    /// <summary>A list that is there later.</summary>
    /// <param name="values">The list.</param>
    public static implicit operator InputList<T>(Output<ImmutableArray<T>> values) => Later(values.Apply(AsInputs));

    private static InputList<T> Of(ImmutableArray<Input<T>> items) => Later(Output.Create(items));

    private static InputList<T> Later(Output<ImmutableArray<Input<T>>> items) => new([items]);

    private static ImmutableArray<Input<T>> AsInputs(ImmutableArray<T> values) =>
        values.IsDefault ? default : ImmutableArray.CreateRange(values, value => (Input<T>)value);
}
