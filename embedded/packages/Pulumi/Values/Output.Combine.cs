using System.Collections.Immutable;

namespace Pulumi;

// Combining: the result is known when all parts are, secret when one is, and comes from the resources of all.
public static partial class Output
{
    /// <summary>Waits for all values.</summary>
    /// <param name="inputs">The values.</param>
    public static Output<ImmutableArray<T>> All<T>(params Input<T>[] inputs) => new(AllAsync([.. inputs.Select(ToOutput)]));

    /// <summary>Waits for all values.</summary>
    /// <param name="inputs">The values.</param>
    public static Output<ImmutableArray<T>> All<T>(IEnumerable<Input<T>> inputs) => new(AllAsync([.. inputs.Select(ToOutput)]));

    /// <summary>Waits for all values.</summary>
    /// <param name="outputs">The values.</param>
    public static Output<ImmutableArray<T>> All<T>(params Output<T>[] outputs) => new(AllAsync([.. outputs]));

    /// <summary>Waits for all values.</summary>
    /// <param name="outputs">The values.</param>
    public static Output<ImmutableArray<T>> All<T>(IEnumerable<Output<T>> outputs) => new(AllAsync([.. outputs]));

    /// <summary>Waits for two values.</summary>
    public static Output<(T1, T2)> Tuple<T1, T2>(
        Input<T1> item1, Input<T2> item2) =>
        Tuple(ToOutput(item1), ToOutput(item2));

    /// <summary>Waits for three values.</summary>
    public static Output<(T1, T2, T3)> Tuple<T1, T2, T3>(
        Input<T1> item1, Input<T2> item2, Input<T3> item3) =>
        Tuple(ToOutput(item1), ToOutput(item2), ToOutput(item3));

    /// <summary>Waits for four values.</summary>
    public static Output<(T1, T2, T3, T4)> Tuple<T1, T2, T3, T4>(
        Input<T1> item1, Input<T2> item2, Input<T3> item3, Input<T4> item4) =>
        Tuple(ToOutput(item1), ToOutput(item2), ToOutput(item3), ToOutput(item4));

    /// <summary>Waits for five values.</summary>
    public static Output<(T1, T2, T3, T4, T5)> Tuple<T1, T2, T3, T4, T5>(
        Input<T1> item1, Input<T2> item2, Input<T3> item3, Input<T4> item4, Input<T5> item5) =>
        Tuple(ToOutput(item1), ToOutput(item2), ToOutput(item3), ToOutput(item4), ToOutput(item5));

    /// <summary>Waits for six values.</summary>
    public static Output<(T1, T2, T3, T4, T5, T6)> Tuple<T1, T2, T3, T4, T5, T6>(
        Input<T1> item1, Input<T2> item2, Input<T3> item3, Input<T4> item4, Input<T5> item5, Input<T6> item6) =>
        Tuple(ToOutput(item1), ToOutput(item2), ToOutput(item3), ToOutput(item4), ToOutput(item5), ToOutput(item6));

    /// <summary>Waits for seven values.</summary>
    public static Output<(T1, T2, T3, T4, T5, T6, T7)> Tuple<T1, T2, T3, T4, T5, T6, T7>(
        Input<T1> item1, Input<T2> item2, Input<T3> item3, Input<T4> item4, Input<T5> item5, Input<T6> item6,
        Input<T7> item7) =>
        Tuple(ToOutput(item1), ToOutput(item2), ToOutput(item3), ToOutput(item4), ToOutput(item5), ToOutput(item6), ToOutput(item7));

    /// <summary>Waits for eight values.</summary>
    public static Output<(T1, T2, T3, T4, T5, T6, T7, T8)> Tuple<T1, T2, T3, T4, T5, T6, T7, T8>(
        Input<T1> item1, Input<T2> item2, Input<T3> item3, Input<T4> item4, Input<T5> item5, Input<T6> item6,
        Input<T7> item7, Input<T8> item8) =>
        Tuple(
            ToOutput(item1), ToOutput(item2), ToOutput(item3), ToOutput(item4),
            ToOutput(item5), ToOutput(item6), ToOutput(item7), ToOutput(item8));

    /// <summary>Waits for two values.</summary>
    public static Output<(T1, T2)> Tuple<T1, T2>(
        Output<T1> item1, Output<T2> item2) =>
        Join(item1, item2, (first, second) => (first, second));

    /// <summary>Waits for three values.</summary>
    public static Output<(T1, T2, T3)> Tuple<T1, T2, T3>(
        Output<T1> item1, Output<T2> item2, Output<T3> item3) =>
        Join(Tuple(item1, item2), item3, (all, last) => (all.Item1, all.Item2, last));

    /// <summary>Waits for four values.</summary>
    public static Output<(T1, T2, T3, T4)> Tuple<T1, T2, T3, T4>(
        Output<T1> item1, Output<T2> item2, Output<T3> item3, Output<T4> item4) =>
        Join(Tuple(item1, item2, item3), item4, (all, last) => (all.Item1, all.Item2, all.Item3, last));

    /// <summary>Waits for five values.</summary>
    public static Output<(T1, T2, T3, T4, T5)> Tuple<T1, T2, T3, T4, T5>(
        Output<T1> item1, Output<T2> item2, Output<T3> item3, Output<T4> item4, Output<T5> item5) =>
        Join(Tuple(item1, item2, item3, item4), item5, (all, last) => (all.Item1, all.Item2, all.Item3, all.Item4, last));

    /// <summary>Waits for six values.</summary>
    public static Output<(T1, T2, T3, T4, T5, T6)> Tuple<T1, T2, T3, T4, T5, T6>(
        Output<T1> item1, Output<T2> item2, Output<T3> item3, Output<T4> item4, Output<T5> item5, Output<T6> item6) =>
        Join(Tuple(item1, item2, item3, item4, item5), item6, (all, last) => (all.Item1, all.Item2, all.Item3, all.Item4, all.Item5, last));

    /// <summary>Waits for seven values.</summary>
    public static Output<(T1, T2, T3, T4, T5, T6, T7)> Tuple<T1, T2, T3, T4, T5, T6, T7>(
        Output<T1> item1, Output<T2> item2, Output<T3> item3, Output<T4> item4, Output<T5> item5, Output<T6> item6,
        Output<T7> item7) =>
        Join(
            Tuple(item1, item2, item3, item4, item5, item6),
            item7,
            (all, last) => (all.Item1, all.Item2, all.Item3, all.Item4, all.Item5, all.Item6, last));

    /// <summary>Waits for eight values.</summary>
    public static Output<(T1, T2, T3, T4, T5, T6, T7, T8)> Tuple<T1, T2, T3, T4, T5, T6, T7, T8>(
        Output<T1> item1, Output<T2> item2, Output<T3> item3, Output<T4> item4, Output<T5> item5, Output<T6> item6,
        Output<T7> item7, Output<T8> item8) =>
        Join(
            Tuple(item1, item2, item3, item4, item5, item6, item7),
            item8,
            (all, last) => (all.Item1, all.Item2, all.Item3, all.Item4, all.Item5, all.Item6, all.Item7, last));

    private static Output<TResult> Join<T1, T2, TResult>(Output<T1> first, Output<T2> second, Func<T1, T2, TResult> join)
    {
        return new(JoinAsync());

        async Task<OutputState<TResult>> JoinAsync()
        {
            var all = new StateMerge();
            var value = all.Add(await first.State.ConfigureAwait(false));
            return all.Of(join(value, all.Add(await second.State.ConfigureAwait(false))));
        }
    }

    private static Output<T> ToOutput<T>(Input<T> input) => input;

    private static async Task<OutputState<ImmutableArray<T>>> AllAsync<T>(ImmutableArray<Output<T>> outputs)
    {
        var all = new StateMerge();
        var values = ImmutableArray.CreateBuilder<T>(outputs.Length);
        foreach (var output in outputs)
        {
            values.Add(all.Add(await output.State.ConfigureAwait(false)));
        }

        return all.Of(values.MoveToImmutable());
    }
}
