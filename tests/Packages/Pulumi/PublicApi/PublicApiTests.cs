using System.Reflection;

namespace FogInfra.Tests;

/// <summary>A stand-in has no member that the real package lacks, so that what compiles against it compiles against the real one.</summary>
public sealed class PublicApiTests
{
    private const string Variable = "FOG_PUBLIC_API";

    // Beside the checkout, where it is not said.
    private static readonly string[] UsualPlace = ["..", "shared", "reference", "public-api"];

    [Theory]
    [InlineData("Pulumi")]
    [InlineData("Pulumi.Automation")]
    public void StandIn_EveryMember_IsOneOfTheRealPackage(string assemblyName)
    {
        var list = Path.Combine(ListsFolder(), $"{assemblyName}.txt");
        Assert.SkipUnless(
            File.Exists(list),
            $"There is no {list}. {Variable} must name a folder with the public-API lists of the real packages, a signature in each line.");
        var real = ReadList(list)
            .Concat(ReadList(Path.Combine(AppContext.BaseDirectory, "PublicApi", $"{assemblyName}.newer.txt")))
            .Select(ApiLines.Normalize)
            .ToHashSet(StringComparer.Ordinal);

        // A stand-in may hold types of other packages that its own members need; the lists are of Pulumi's.
        var types = Assembly.Load(assemblyName).GetExportedTypes().Where(type => type.Namespace!.Split('.')[0] == "Pulumi");
        var members = types.SelectMany(ApiLines.Of).ToList();

        Assert.True(members.Count > 100, "The stand-in has hardly any members; the comparison would say nothing.");
        Assert.Equal([], members.Where(member => !real.Contains(ApiLines.Normalize(member))));
    }

    [Theory]
    [InlineData("Pulumi")]
    [InlineData("Pulumi.Automation")]
    public void StandIn_TypesInItsMembers_AreOfPulumiOrOfDotnet(string assemblyName)
    {
        var lines = ApiLines.Of(Assembly.Load(assemblyName)).ToList();

        Assert.DoesNotContain(lines, line => line.Contains("FogInfra", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("Google", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("A.Map<V>.Add(string key, A.Input<V> value) -> void", "A.Map<TValue>.Add(string key, A.Input<TValue> value) -> void", true)]
    [InlineData("static A.B<T, U>(this A.C<T> c, U d) -> U", "static A.B<X, Y>(this A.C<X> c, Y d) -> Y", true)]
    [InlineData("static A.B<T, U>(this A.C<T> c, U d) -> U", "static A.B<X, Y>(this A.C<Y> c, X d) -> X", false)]
    [InlineData("A.B(string name) -> void", "A.B(string other) -> void", false)]
    [InlineData("A.B<T>.C(T value) -> void", "A.B<T>.C(T value = null) -> void", false)]
    public void Normalize_TwoLines_AreTheSameButForNamesOfTypeParameters(string one, string other, bool same) =>
        Assert.Equal(same, ApiLines.Normalize(one) == ApiLines.Normalize(other));

    [Fact]
    public void Lines_OfASampleType_HaveTheFormOfThePublicApiFiles()
    {
        var lines = ApiLines.Of(typeof(PublicApiTests).Assembly).Where(line => line.Contains("ApiSample", StringComparison.Ordinal));

        Assert.Equal(
            [
                "ApiSample<T>",
                "ApiSample<T>.ApiSample(int count = 3) -> void",
                "ApiSample<T>.Kind",
                "ApiSample<T>.Kind.None = 0 -> ApiSample<T>.Kind",
                "ApiSample<T>.Name.get -> string",
                "ApiSample<T>.Name.init -> void",
                "ApiSample<T>.Pair<U>(U[][] list, out T value, params string[] more) -> (T First, int? Second)",
                "ApiSample<T>.this[string key].set -> void",
                "const ApiSample<T>.Limit -> int",
                "override ApiSample<T>.ToString() -> string",
                "static ApiSample<T>.implicit operator ApiSample<T>(T value) -> ApiSample<T>",
                "virtual ApiSample<T>.Wait(System.Threading.CancellationToken token = default(System.Threading.CancellationToken)) -> void",
            ],
            lines.Select(line => line.Replace("FogInfra.Tests.", "", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    private static string ListsFolder()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder)
        {
            return folder;
        }

        var checkout = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(checkout.FullName, "FogInfra.sln")))
        {
            checkout = checkout.Parent ?? throw new InvalidOperationException($"{AppContext.BaseDirectory} is not in a checkout.");
        }

        return Path.GetFullPath(Path.Combine([checkout.FullName, .. UsualPlace]));
    }

    private static IEnumerable<string> ReadList(string path) => File.ReadLines(path).Where(line => line.Length > 0 && line[0] != '#');
}

/// <summary>Members of many forms.</summary>
public class ApiSample<T>
{
    public const int Limit = 1;

    protected ApiSample(int count = 3) => Count = count;

    public enum Kind
    {
        None,
    }

    public string Name { get; init; } = "";

    private protected int Count { get; }

    public T this[string key]
    {
        set => _ = value;
    }

    public static implicit operator ApiSample<T>(T value) => new();

    public (T First, int? Second) Pair<U>(U[][] list, out T value, params string[] more)
    {
        value = default!;
        return (value, list.Length + more.Length);
    }

    public virtual void Wait(CancellationToken token = default) => token.ThrowIfCancellationRequested();

    public override string ToString() => Name;
}
