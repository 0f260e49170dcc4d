using System.Globalization;
using System.Numerics;

namespace FogInfra.Embedded.Kubernetes.Objects;

/// <summary>
/// Kubernetes quantities such as <c>100m</c>, <c>0.1</c> and <c>1Gi</c>, of which the API server keeps a spelling of its own.
/// See <see href="https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/"/>.
/// </summary>
internal static class Quantity
{
    private static readonly (string Suffix, BigInteger Nanos)[] Suffixes =
    [
        ("Ki", Scaled(BigInteger.Pow(1024, 1))), ("Mi", Scaled(BigInteger.Pow(1024, 2))), ("Gi", Scaled(BigInteger.Pow(1024, 3))),
        ("Ti", Scaled(BigInteger.Pow(1024, 4))), ("Pi", Scaled(BigInteger.Pow(1024, 5))), ("Ei", Scaled(BigInteger.Pow(1024, 6))),
        ("n", 1), ("u", 1_000), ("m", 1_000_000),
        ("k", Scaled(1_000)), ("M", Scaled(1_000_000)), ("G", Scaled(1_000_000_000)),
        ("T", Scaled(BigInteger.Pow(10, 12))), ("P", Scaled(BigInteger.Pow(10, 15))), ("E", Scaled(BigInteger.Pow(10, 18))),
    ];

    /// <summary>Whether two texts mean the same amount.</summary>
    public static bool AreEqual(string first, string second) =>
        first == second || (ToNanos(first) is { } amount && ToNanos(second) is { } other && amount == other);

    /// <summary>Whether a text is a quantity.</summary>
    public static bool IsValid(string text) => ToNanos(text) is not null;

    // The API keeps nothing smaller than a billionth.
    private static BigInteger? ToNanos(string text)
    {
        var (number, unit) = (text, Scaled(1));
        foreach (var (suffix, nanos) in Suffixes)
        {
            if (text.EndsWith(suffix, StringComparison.Ordinal))
            {
                (number, unit) = (text[..^suffix.Length], nanos);
                break;
            }
        }

        const NumberStyles Plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        var style = number.Length == text.Length ? Plain | NumberStyles.AllowExponent : Plain;
        return decimal.TryParse(number, style, CultureInfo.InvariantCulture, out var amount) ? Multiply(amount, unit) : null;
    }

    private static BigInteger Multiply(decimal amount, BigInteger unit)
    {
        var bits = decimal.GetBits(amount);
        var digits = new BigInteger((uint)bits[0]) + (new BigInteger((uint)bits[1]) << 32) + (new BigInteger((uint)bits[2]) << 64);
        return Math.Sign(amount) * digits * unit / BigInteger.Pow(10, amount.Scale);
    }

    private static BigInteger Scaled(BigInteger amount) => amount * 1_000_000_000;
}
