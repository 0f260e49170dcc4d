using System.Text.Json.Serialization;

namespace FogInfra.Model;

/// <summary>A number of clusters, absolute or as a share.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "amount")]
[JsonDerivedType(typeof(Count), "count")]
[JsonDerivedType(typeof(Percent), "percent")]
public abstract record Amount
{
    private Amount()
    {
    }

    /// <summary>How many of a total this allows to be worked on: at least 1; shares are rounded down.</summary>
    public int Of(int total) => Math.Max(1, Budget(total));

    /// <summary>How many of a total this allows to be lost: perhaps none; shares are rounded down.</summary>
    public abstract int Budget(int total);

    /// <summary>How many of a total this demands: shares are rounded up.</summary>
    public abstract int Demand(int total);

    /// <summary>So many.</summary>
    public sealed record Count(int Value) : Amount
    {
        /// <inheritdoc/>
        public override int Budget(int total) => Math.Min(Value, total);

        /// <inheritdoc/>
        public override int Demand(int total) => Math.Min(Value, total);

        /// <inheritdoc/>
        public override string ToString() => $"{Value}";
    }

    /// <summary>So many of a hundred.</summary>
    public sealed record Percent(int Value) : Amount
    {
        /// <inheritdoc/>
        public override int Budget(int total) => (int)((long)total * Value / 100);

        /// <inheritdoc/>
        public override int Demand(int total) => (int)((((long)total * Value) + 99) / 100);

        /// <inheritdoc/>
        public override string ToString() => $"{Value}%";
    }
}
