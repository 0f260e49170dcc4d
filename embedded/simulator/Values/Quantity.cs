using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace FogInfra.Embedded.Simulator.Values;

/// <summary>
/// A Kubernetes quantity such as <c>500m</c>, <c>1.5Gi</c> or <c>2e3</c>: exact to a billionth, and written back in the canonical form of
/// https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/.
/// </summary>
internal readonly partial record struct Quantity : IComparable<Quantity>
{
    private const int Scale = 9;
    private static readonly BigInteger One = BigInteger.Pow(10, Scale);
    private static readonly string[] BinarySuffixes = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
    private static readonly (string Suffix, int Exponent)[] DecimalSuffixes =
        [("n", -9), ("u", -6), ("m", -3), ("", 0), ("k", 3), ("M", 6), ("G", 9), ("T", 12), ("P", 15), ("E", 18)];

    private readonly BigInteger _billionths;
    private readonly Notation _notation;

    private Quantity(BigInteger billionths, Notation notation) => (_billionths, _notation) = (billionths, notation);

    private enum Notation
    {
        Decimal,
        Binary,
        Exponent,
    }

    /// <summary>Nothing.</summary>
    public static Quantity Zero { get; }

    /// <summary>The value in thousandths, rounded up: the unit in which CPU is counted.</summary>
    public long Thousandths => (long)Divide(_billionths, BigInteger.Pow(10, Scale - 3));

    /// <summary>The value in whole units, rounded up.</summary>
    public long Whole => (long)Divide(_billionths, One);

    public static Quantity operator +(Quantity left, Quantity right) => new(left._billionths + right._billionths, left._billionths.IsZero ? right._notation : left._notation);

    public static Quantity operator -(Quantity left, Quantity right) => new(left._billionths - right._billionths, left._notation);

    public static bool operator <(Quantity left, Quantity right) => left._billionths < right._billionths;

    public static bool operator >(Quantity left, Quantity right) => left._billionths > right._billionths;

    /// <summary>A number of whole units.</summary>
    public static Quantity Of(long units) => new(units * One, Notation.Decimal);

    /// <summary>The quantity in JSON: a text, or a plain number; null when it is none.</summary>
    public static Quantity? Read(JsonData? value) => value switch
    {
        JsonText text => Parse(text.Value),
        JsonNumber number => Parse(number.ToString()),
        _ => null,
    };

    /// <summary>Reads a quantity; null when the text is none.</summary>
    public static Quantity? Parse(string text)
    {
        var match = Pattern().Match(text.Trim());
        if (!match.Success) return null;
        var digits = match.Groups["whole"].Value;
        var fraction = match.Groups["fraction"].Value;
        if (digits.Length + fraction.Length == 0) return null;
        var mantissa = BigInteger.Parse(digits + fraction, CultureInfo.InvariantCulture);
        var suffix = match.Groups["suffix"].Value;
        var (notation, ten, two) = (Notation.Decimal, 0, 0);
        if (suffix.Length == 2)
        {
            (notation, two) = (Notation.Binary, 10 * Array.IndexOf(BinarySuffixes, suffix));
        }
        else if (match.Groups["exponent"].Success)
        {
            (notation, ten) = (Notation.Exponent, int.Parse(match.Groups["exponent"].Value, CultureInfo.InvariantCulture));
        }
        else
        {
            ten = DecimalSuffixes.First(known => known.Suffix == suffix).Exponent;
        }
        var exponent = Scale + ten - fraction.Length;
        if (Math.Abs(exponent) > 1000) return null;
        mantissa <<= two;
        var billionths = exponent >= 0 ? mantissa * BigInteger.Pow(10, exponent) : Divide(mantissa, BigInteger.Pow(10, -exponent));
        return new Quantity(match.Groups["sign"].Value == "-" ? -billionths : billionths, notation);
    }

    /// <inheritdoc/>
    public int CompareTo(Quantity other) => _billionths.CompareTo(other._billionths);

    /// <summary>The canonical form: a whole number with the largest suffix that allows it.</summary>
    public override string ToString()
    {
        if (_billionths.IsZero) return "0";
        // Less than a Ki, or with a fraction, the binary suffixes say nothing.
        if (_notation == Notation.Binary && BigInteger.Abs(_billionths) >= 1024 * One && (_billionths % One).IsZero)
        {
            var (value, step) = (_billionths / One, 0);
            while (step < BinarySuffixes.Length - 1 && (value % 1024).IsZero) (value, step) = (value / 1024, step + 1);
            return value.ToString(CultureInfo.InvariantCulture) + BinarySuffixes[step];
        }
        var (number, exponent) = (_billionths, -Scale);
        while (exponent < 18 && (number % 1000).IsZero) (number, exponent) = (number / 1000, exponent + 3);
        var text = number.ToString(CultureInfo.InvariantCulture);
        if (_notation == Notation.Exponent) return exponent == 0 ? text : $"{text}e{exponent}";
        var power = exponent;
        return text + DecimalSuffixes.First(known => known.Exponent == power).Suffix;
    }

    // Away from zero, as Kubernetes rounds: nobody gets less than asked for.
    private static BigInteger Divide(BigInteger value, BigInteger divisor)
    {
        var quotient = BigInteger.DivRem(value, divisor, out var rest);
        return rest.IsZero ? quotient : quotient + value.Sign;
    }

    [GeneratedRegex(@"^(?<sign>[+-]?)(?<whole>[0-9]*)(\.(?<fraction>[0-9]*))?((?<suffix>[KMGTPE]i|[numkMGTPE]?)|[eE](?<exponent>[+-]?[0-9]{1,3}))$", RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
